import { describe, expect, it } from "vitest";
import { measure, modelOf, type Network, person, script, service, step, storage } from "./network.js";

function limited(rps: number, burst: number, workload: Network["workload"]): Network {
  return {
    components: [person("crowd"), step("gate", { behavior: { mode: "ratelimit", rps, burst } }), storage("shelf")],
    connections: ["crowd→gate", "gate→shelf"],
    workload,
  };
}

describe("ratelimit", () => {
  it.each([
    [20, 5, 100],
    [50, 1, 400],
    [7.5, 30, 60],
  ])("admits at most b + r·t in any window t: r %s, b %s under %s a second", (rps, burst, ratePerS) => {
    const run = script(limited(rps, burst, { arrivals: "poisson", ratePerS, durationMs: 20_000 }));
    const admitted = run.visits("shelf").map(({ atMs }) => atMs);
    expect(admitted.length).toBeGreaterThan(100);
    let tightest = Number.POSITIVE_INFINITY;
    for (let from = 0; from < admitted.length; from++) {
      for (let to = from; to < admitted.length; to++) {
        const allowed = burst + (rps * (admitted[to]! - admitted[from]!)) / 1000;
        tightest = Math.min(tightest, allowed - (to - from + 1));
      }
    }
    // The bound is met somewhere to within one token, and passed nowhere.
    expect(tightest).toBeGreaterThanOrEqual(-1e-6);
    expect(tightest).toBeLessThan(1);
  });

  it.each([
    [100, 40, 40],
    [30, 40, 30],
  ])("admits min(λ, r) in the long run: λ %s, r %s", (ratePerS, rps, admittedPerS) => {
    const deep = measure(limited(rps, 100, { arrivals: "poisson", ratePerS, durationMs: 200_000 }));
    expect(Math.abs(deep.of("shelf").arrivals / 200 / admittedPerS - 1)).toBeLessThan(0.03);
  });

  it.each([
    [100, 40],
    [30, 40],
  ])("admits 1/(1/r + 1/λ) with a bucket of one token: λ %s, r %s", (ratePerS, rps) => {
    // After each admission the token takes 1/r to come back, and then the next of a Poisson stream is 1/λ away.
    const run = measure(limited(rps, 1, { arrivals: "poisson", ratePerS, durationMs: 200_000 }));
    expect(Math.abs((run.of("shelf").arrivals / 200) * (1 / rps + 1 / ratePerS) - 1)).toBeLessThan(0.03);
  });

  it("lets a burst through at once, and refuses the rest as rejected, before any waiting room", () => {
    const network = limited(1, 10, { ratePerS: 1_000, durationMs: 50.5 });
    const run = measure(network);
    expect(run.of("shelf").arrivals).toBe(10);
    expect(run.of("gate").failures).toMatchObject({ rejected: 40, full: 0 });
    expect(run.metrics.dropRate).toBe(0.8);
  });

  it("refuses without taking a slot", () => {
    const network = limited(1, 1, { ratePerS: 1_000, durationMs: 50.5 });
    const components = network.components.map((component) =>
      component.id === "gate" ? { ...component, service: service(5, 1, 1_000) } : component,
    );
    const run = measure({ ...network, components });
    expect([run.of("gate").completed, run.of("gate").sojournMs.mean, run.of("gate").queueLength.max]).toEqual([
      1, 5, 0,
    ]);
  });

  it("refills evenly and never above its burst", () => {
    const profile = [
      { atMs: 0, ratePerS: 1_000 },
      { atMs: 10, ratePerS: 1_000 },
      { atMs: 10, ratePerS: 0 },
      { atMs: 60_000, ratePerS: 0 },
      { atMs: 60_000, ratePerS: 1_000 },
    ];
    const run = script(limited(2, 4, { profile, durationMs: 61_000 }));
    const admitted = run.visits("shelf").map(({ atMs }) => atMs);
    const second = admitted.filter((atMs) => atMs > 30_000);
    // One minute at two a second would be 120 tokens; the bucket holds four, and then one comes each 500 ms.
    expect(admitted.length - second.length).toBe(4);
    expect(second.length).toBe(5);
    expect(second[4]! - second[0]!).toBeCloseTo(500, -1);
  });

  // 1000/r · r/1000 can be an ulp below one token.
  it.each([3, 10, 60, 300])("admits all of an even stream at its own rate of %s, with a burst of one", (rate) => {
    const run = measure(limited(rate, 1, { ratePerS: rate, durationMs: 60_000 }));
    expect(run.of("gate").failures.rejected).toBeLessThanOrEqual(1);
  });

  it("is sized by λ when the canvas says nothing: 6 λ, and two seconds of it", () => {
    const network: Network = {
      components: [person("crowd"), step("gate", { behavior: { mode: "ratelimit" } }), storage("shelf")],
      connections: ["crowd→gate", "gate→shelf"],
      workload: { ratePerS: 25, durationMs: 1_000 },
    };
    const model = modelOf(network);
    expect(model.components[1]!.parameters).toEqual({ rps: 150, burst: 300 });
    const fields = model.assumptions.filter(({ component }) => component === "gate").map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(["behavior.rps", "behavior.burst"]));
  });
});
