import { describe, expect, it } from "vitest";
import { simulate } from "../../src/scenarios/simulate.js";
import { Tracer } from "../../src/sim/tracer.js";
import {
  channel,
  measure,
  modelOf,
  type Network,
  person,
  script,
  service,
  step,
  storage,
} from "../components/network.js";

const plain: Network = {
  components: [
    person("crowd"),
    step("api", { service: service(30, 50) }),
    storage("shelf", { service: service(20, 50) }),
  ],
  connections: ["crowd→api", "api→shelf"],
  workload: { arrivals: "poisson", ratePerS: 40, durationMs: 20_000 },
};

describe("the end of a run", () => {
  it("comes when arrivals have stopped and nothing is left to happen", () => {
    const run = measure({ ...plain, workload: { ratePerS: 10, durationMs: 1_050 } });
    expect([run.endMs, run.truncated, run.metrics.delivered]).toEqual([1_050, false, 10]);
  });

  it("comes when the drain time is over, with the rest pending", () => {
    const network = { ...plain, components: [person("crowd"), storage("shelf", { service: service(1_000, 1) })] };
    const workload = { ratePerS: 10, durationMs: 1_050, drainMs: 3_000 };
    const run = measure({ ...network, connections: ["crowd→shelf"], workload });
    // The first is served from 100 to 1100, and so on: 1100, 2100 and 3100 are within 4050 ms.
    expect([run.endMs, run.metrics.delivered, run.metrics.pending]).toEqual([4_050, 3, 7]);
  });

  it.each([
    ["events", { maxEvents: 1_000, maxCalls: 1_000_000 }],
    ["calls in flight", { maxEvents: 1_000_000_000, maxCalls: 100 }],
  ])("is said to be early when a limit on %s is met", (_, limits) => {
    const network = { ...plain, components: [person("crowd"), storage("shelf", { service: service(10_000, 1) })] };
    const model = modelOf({
      ...network,
      connections: ["crowd→shelf"],
      workload: { ratePerS: 100, durationMs: 60_000 },
    });
    const [run] = simulate(model, { seed: 1, limits });
    expect(run!.truncated).toBe(true);
    expect(run!.endMs).toBeLessThan(60_000);
    if (limits.maxEvents === 1_000) expect(run!.events).toBe(1_000);
  });

  it("does not count the messages that a queue holds as calls in flight, and limits them to twice as many", () => {
    const held = (ratePerS: number) => {
      const network: Network = {
        components: [
          person("crowd"),
          channel("jobs", { behavior: { mode: "queue", concurrency: 1, maxDeliveries: 1 } }),
          storage("shelf", { service: service(1e9, 1) }),
        ],
        connections: ["crowd→jobs", "jobs→shelf"],
        workload: { ratePerS, durationMs: 10_000, drainMs: 0 },
      };
      return simulate(modelOf(network), { seed: 1, limits: { maxEvents: 1_000_000, maxCalls: 100 } })[0]!;
    };
    const many = held(16);
    expect([many.truncated, many.metrics.pending]).toEqual([false, 159]);
    // The call that finds 201 messages there is the 202nd.
    const tooMany = held(30);
    expect([tooMany.truncated, tooMany.metrics.offered]).toEqual([true, 202]);
  });

  it("comes by the limit on events where a message goes round a queue without any time passing", () => {
    const loop: Network = {
      components: [person("crowd"), channel("jobs", { behavior: { mode: "queue", concurrency: 1 } }), step("worker")],
      connections: ["crowd→jobs", "jobs→worker", { from: "worker", to: "jobs", on: "success" }],
      workload: { ratePerS: 10, durationMs: 150 },
    };
    const [run] = simulate(modelOf(loop), { seed: 1, limits: { maxEvents: 20_000, maxCalls: 1_000 } });
    expect([run!.truncated, run!.endMs]).toEqual([true, 100]);
  });
});

describe("common random numbers", () => {
  it("send two designs the same buyers at the same instants", () => {
    const sold = (network: Network) =>
      script(network)
        .visits("api")
        .map(({ atMs }) => atMs);
    const first = sold(plain);
    expect(first.length).toBeGreaterThan(700);
    const slow = plain.components.map((component) =>
      component.id === "shelf"
        ? storage("shelf", { service: { timeMs: { dist: "lognormal", medianMs: 90, sigma: 1 }, concurrency: 9 } })
        : component,
    );
    expect(sold({ ...plain, components: [...slow, storage("extra")] })).toEqual(first);
    expect(sold({ ...plain, seed: 2 })).not.toEqual(first);
  });

  it("let a service time keep its numbers when another component changes", () => {
    const timed = (errorRate: number): Network => ({
      ...plain,
      components: [
        person("crowd"),
        step("api", { service: { timeMs: 1, concurrency: 1_000, errorRate } }),
        storage("shelf", { service: { timeMs: { dist: "exponential", meanMs: 20 }, concurrency: 1_000 } }),
      ],
      connections: ["crowd→shelf", "shelf→api"],
    });
    const mean = (errorRate: number) => measure(timed(errorRate)).of("shelf").serviceMs.mean;
    expect(mean(0.5)).toBe(mean(0));
  });

  it("do not tie a component's errors to its service times: what succeeds takes as long as what fails", () => {
    const run = measure({
      ...plain,
      components: [
        person("crowd"),
        storage("shelf", {
          service: { timeMs: { dist: "exponential", meanMs: 20 }, concurrency: 1_000, errorRate: 0.5 },
        }),
      ],
      connections: ["crowd→shelf"],
      // Five a second and 20 ms each: hardly any overlap, so that a call's two numbers would be drawn in step.
      workload: { ratePerS: 5, durationMs: 2_000_000 },
    });
    const { count, mean } = run.metrics.acceptMs;
    expect(Math.abs(count - run.metrics.offered / 2)).toBeLessThan(4 * Math.sqrt(run.metrics.offered / 4));
    expect(Math.abs(mean! - 20)).toBeLessThan((4 * 20) / Math.sqrt(count));
  });
});

describe("arrivals", () => {
  it("follow a Poisson process at the rate: counts per second have mean and variance λ", () => {
    const run = measure({ ...plain, workload: { arrivals: "poisson", ratePerS: 40, durationMs: 1_000_000 } });
    const counts = run.timeline.offered;
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(counts.length).toBe(1_000);
    expect(Math.abs(mean / 40 - 1)).toBeLessThan(0.02);
    expect(Math.abs(variance / 40 - 1)).toBeLessThan(0.15);
  });

  it("follow a profile between its points", () => {
    const profile = [
      { atMs: 0, ratePerS: 0 },
      { atMs: 100_000, ratePerS: 100 },
    ];
    const run = measure({ ...plain, workload: { arrivals: "poisson", profile, durationMs: 100_000 } });
    const quarters = [0, 25, 50, 75].map((from) =>
      run.timeline.offered.slice(from, from + 25).reduce((sum, count) => sum + count, 0),
    );
    // The integral over each quarter: 312.5, 937.5, 1562.5, 2187.5; four standard deviations.
    for (const [i, expected] of [312.5, 937.5, 1_562.5, 2_187.5].entries()) {
      expect(Math.abs(quarters[i]! - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it("are shared equally by several entries", () => {
    const run = measure({
      components: [person("a"), person("b"), person("c"), storage("shelf")],
      connections: ["a→shelf", "b→shelf", "c→shelf"],
      workload: { ratePerS: 100, durationMs: 3_005 },
    });
    expect(["a", "b", "c"].map((id) => run.of(id).arrivals)).toEqual([100, 100, 100]);
  });
});

describe("Tracer", () => {
  it("keeps notes of the intents it was given, in order, and of no others", () => {
    const tracer = new Tracer([3, 5]);
    tracer.note(3, { atMs: 10, where: "api", what: "arrived" });
    tracer.note(4, { atMs: 11, where: "api", what: "arrived" });
    tracer.note(3, { atMs: 12, where: "shelf", what: "taken" });
    expect(tracer.of(3)).toEqual([
      { atMs: 10, where: "api", what: "arrived" },
      { atMs: 12, where: "shelf", what: "taken" },
    ]);
    expect([tracer.of(4), tracer.of(5)]).toEqual([[], []]);
  });

  it("changes nothing about a run", () => {
    const traced = script(plain).run;
    const untraced = measure({ ...plain, scenario: { id: "scripted", kind: "baseline" } });
    expect([traced.recorder.counts.delivered, traced.engine.now, traced.engine.events]).toEqual([
      untraced.metrics.delivered,
      untraced.endMs,
      untraced.events,
    ]);
  });
});
