import { describe, expect, it } from "vitest";
import type { TimeSpec } from "../../src/canvas/canvas.js";
import { type Measured, measure, type Network, person, type Rest, step, storage } from "../components/network.js";

/**
 * Plain queueing networks against the closed forms. Poisson arrivals; 20 replications with the seeds 1 to 20, warm-up
 * cut; the theory must lie inside the Student-t interval of 99.9 % over the replications' means, and within 3 %.
 */
const replications = 20;
/** Student's t with 19 degrees of freedom, two-sided 99.9 %. */
const studentT = 3.883;

interface Queueing {
  readonly ratePerS: number;
  readonly stations: readonly {
    readonly timeMs: TimeSpec;
    readonly concurrency: number;
    readonly queueLimit?: number;
  }[];
  readonly durationMs: number;
}

function replicate({ ratePerS, stations, durationMs }: Queueing): readonly Measured[] {
  const components = stations.map((service, i) =>
    step(`s${i}`, { service: { queueLimit: 1_000_000_000, ...service } }),
  );
  // Connections are asynchronous, so that an active step's slot is its server and nothing else.
  const connections = components.map(({ id }, i) => ({ from: i === 0 ? "crowd" : `s${i - 1}`, to: id, async: i > 0 }));
  const workload = { arrivals: "poisson" as const, ratePerS, durationMs, warmupMs: durationMs / 10 };
  const network = { components: [person("crowd"), ...components], connections, workload };
  return Array.from({ length: replications }, (_, i) => measure({ ...network, seed: i + 1 }));
}

function expectTheory(values: readonly number[], theory: number, relative = 0.03): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const half = studentT * Math.sqrt(variance / values.length);
  expect(Math.abs(mean / theory - 1)).toBeLessThan(relative);
  expect(Math.abs(mean - theory)).toBeLessThanOrEqual(half);
}

/** Erlang B: the share lost by c servers without a waiting room under the load a. */
function erlangB(servers: number, load: number): number {
  let loss = 1;
  for (let k = 1; k <= servers; k++) loss = (load * loss) / (k + load * loss);
  return loss;
}

const exponential = (meanMs: number): TimeSpec => ({ dist: "exponential", meanMs });

describe("M/M/1, λ 0.8 and μ 1 per 10 ms", () => {
  const runs = replicate({
    ratePerS: 80,
    stations: [{ timeMs: exponential(10), concurrency: 1 }],
    durationMs: 400_000,
  });
  const desk = runs.map((run) => run.of("s0"));

  it("waits ρ/(μ − λ) = 4 services", () => {
    expectTheory(
      desk.map(({ waitMs }) => waitMs.mean!),
      40,
    );
  });

  it("holds 4 customers: a line of 3.2 and a busy share of 0.8", () => {
    expectTheory(
      desk.map(({ queueLength }) => queueLength.mean),
      3.2,
    );
    expectTheory(
      desk.map(({ utilization }) => utilization),
      0.8,
      0.01,
    );
  });

  it("has the sojourn's p95 at 14.9787 services and p99 of the wait at ln(ρ/0.01)/(μ − λ)", () => {
    expectTheory(
      desk.map(({ sojournMs }) => sojournMs.p95!),
      149.787,
    );
    expectTheory(
      desk.map(({ waitMs }) => waitMs.p99!),
      (Math.log(80) / 0.2) * 10,
    );
  });

  it("serves in 10 ms on average, and gives the client the sojourn time", () => {
    expectTheory(
      desk.map(({ serviceMs }) => serviceMs.mean!),
      10,
      0.01,
    );
    for (const run of runs) expect(run.metrics.acceptMs.mean).toBeCloseTo(run.of("s0").sojournMs.mean!, 0);
  });
});

describe("M/M/c (Erlang C)", () => {
  it("c 3, λ 2, μ 1: waits 0.444444 services", () => {
    const runs = replicate({
      ratePerS: 200,
      stations: [{ timeMs: exponential(10), concurrency: 3 }],
      durationMs: 150_000,
    });
    expectTheory(
      runs.map((run) => run.of("s0").waitMs.mean!),
      4.44444,
    );
  });

  it("c 3, λ 2, μ 1: each server is busy for 2/3 of the time", () => {
    const runs = replicate({
      ratePerS: 200,
      stations: [{ timeMs: exponential(10), concurrency: 3 }],
      durationMs: 30_000,
    });
    expectTheory(
      runs.map((run) => run.of("s0").utilization),
      2 / 3,
      0.01,
    );
  });

  it("c 10, λ 8, μ 1: waits 0.20459008 services", () => {
    const runs = replicate({
      ratePerS: 800,
      stations: [{ timeMs: exponential(10), concurrency: 10 }],
      durationMs: 60_000,
    });
    expectTheory(
      runs.map((run) => run.of("s0").waitMs.mean!),
      2.0459008,
      0.05,
    );
  });
});

describe("M/G/c/c (Erlang B): the loss without a waiting room", () => {
  it("agrees with the table: c 5 and a 3 lose 0.11005435", () => {
    expect(erlangB(5, 3)).toBeCloseTo(0.11005435, 8);
  });

  it.each([
    ["exponential", exponential(10)],
    ["constant", 10],
    ["hyperexponential, cv² 4", { dist: "hyperexponential", meanMs: 10, cv2: 4 }],
  ] as [string, TimeSpec][])("c 5, a 3, %s service", (_, timeMs) => {
    const runs = replicate({
      ratePerS: 300,
      stations: [{ timeMs, concurrency: 5, queueLimit: 0 }],
      durationMs: 20_000,
    });
    expectTheory(
      runs.map((run) => run.of("s0").failures.full / run.of("s0").arrivals),
      0.11005435,
    );
    expectTheory(
      runs.map((run) => run.metrics.dropRate),
      0.11005435,
    );
  });
});

describe("M/M/1/K: the loss with a short waiting room", () => {
  it.each([
    [0.8, 0.0888195],
    [1, 1 / 6],
    [1.25, (0.25 * 1.25 ** 5) / (1.25 ** 6 - 1)],
  ])("ρ = %s and room for 5 in all", (load, loss) => {
    const runs = replicate({
      ratePerS: 100 * load,
      stations: [{ timeMs: exponential(10), concurrency: 1, queueLimit: 4 }],
      durationMs: 60_000,
    });
    expectTheory(
      runs.map((run) => run.of("s0").failures.full / run.of("s0").arrivals),
      loss,
    );
    for (const run of runs) expect(run.of("s0").queueLength.max).toBe(4);
  });
});

describe("M/G/1 (Pollaczek–Khinchine), λ 0.8 and a mean service of 10 ms", () => {
  it.each([
    ["constant", 10, 20, 200_000],
    ["Erlang-2", { dist: "erlang", meanMs: 10, k: 2 }, 30, 200_000],
    ["hyperexponential, cv² 4", { dist: "hyperexponential", meanMs: 10, cv2: 4 }, 100, 800_000],
  ] as [string, TimeSpec, number, number][])("%s service", (_, timeMs, waitMs, durationMs) => {
    const runs = replicate({ ratePerS: 80, stations: [{ timeMs, concurrency: 1 }], durationMs });
    expectTheory(
      runs.map((run) => run.of("s0").waitMs.mean!),
      waitMs,
      0.05,
    );
  });
});

describe("open network with feedback (Jackson): γ 0.3, a quarter goes round again, μ 1 and 0.9", () => {
  it("takes 4.88889 services in all, with each node at its total rate of 0.4", () => {
    const node = (id: string, meanMs: number, rest: Rest = {}) =>
      storage(id, { service: { timeMs: exponential(meanMs), concurrency: 1, queueLimit: 1_000_000 }, ...rest });
    const network: Network = {
      components: [
        person("crowd"),
        node("first", 10),
        node("second", 10 / 0.9, { behavior: { mode: "split" } }),
        storage("exit"),
      ],
      connections: [
        "crowd→first",
        "first→second",
        { from: "second", to: "exit", weight: 3 },
        { from: "second", to: "first", weight: 1, on: "success" },
      ],
      workload: { arrivals: "poisson", ratePerS: 30, durationMs: 150_000, warmupMs: 15_000 },
    };
    const runs = Array.from({ length: replications }, (_, i) => measure({ ...network, seed: i + 1 }));
    expectTheory(
      runs.map((run) => run.metrics.acceptMs.mean!),
      48.8889,
    );
    expectTheory(
      runs.map((run) => run.of("first").arrivals / 135),
      40,
      0.02,
    );
  });
});

describe("tandem (Jackson), λ 0.5, μ 1 and 0.8", () => {
  it("takes 5.3333 services in all, each node as its own M/M/1", () => {
    const runs = replicate({
      ratePerS: 50,
      stations: [
        { timeMs: exponential(10), concurrency: 1 },
        { timeMs: exponential(12.5), concurrency: 1 },
      ],
      durationMs: 200_000,
    });
    const sojourns = (id: string) => runs.map((run) => run.of(id).sojournMs.mean!);
    expectTheory(sojourns("s0"), 20);
    expectTheory(sojourns("s1"), 33.3333);
    expectTheory(
      sojourns("s0").map((first, i) => first + sojourns("s1")[i]!),
      53.3333,
    );
  });
});
