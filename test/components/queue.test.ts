import { describe, expect, it } from "vitest";
import { Outcome } from "../../src/sim/outcome.js";
import { channel, measure, modelOf, type Network, person, script, service, step, storage, tool } from "./network.js";

type Parameters = Readonly<Record<string, number | string | boolean>>;

/** Calls through a queue to a shelf that takes `serviceMs`; one each 100 ms unless the workload says otherwise. */
function queueing(parameters: Parameters, serviceMs: number, workload: Network["workload"]): Network {
  return {
    components: [
      person("crowd"),
      step("api"),
      channel("jobs", { behavior: { mode: "queue", concurrency: 1, redeliverMs: 10, ...parameters } }),
      storage("shelf", { service: service(serviceMs, 1_000) }),
    ],
    connections: ["crowd→api", "api→jobs", "jobs→shelf"],
    workload: { ratePerS: 10, ...workload },
  };
}

/** `count` calls within a few milliseconds from `atMs` on. */
function burst(count: number, atMs = 0): Network["workload"] {
  return {
    profile: [
      { atMs: 0, ratePerS: atMs === 0 ? 1_000 : 0 },
      { atMs, ratePerS: atMs === 0 ? 1_000 : 0 },
      { atMs, ratePerS: 1_000 },
    ],
    durationMs: atMs + count + 0.5,
  };
}

const order = (run: ReturnType<typeof script>) => run.visits("shelf").map(({ serial }) => serial);
const times = (run: ReturnType<typeof script>) => run.visits("shelf").map(({ atMs }) => atMs);

describe("queue: accepting", () => {
  it("acknowledges its caller at once; what follows confirms", () => {
    const run = measure(queueing({}, 80, { durationMs: 1_050 }));
    expect(run.metrics.acceptMs).toMatchObject({ count: 10, max: 0 });
    expect(run.metrics.confirmMs).toMatchObject({ count: 10, mean: 80 });
  });

  it("starts a delivery with a fresh stack: frames above see nothing of it", () => {
    const network = queueing({ maxDeliveries: 1 }, 0, { durationMs: 150 });
    const components = network.components.map((component) =>
      component.id === "api" ? step("api", { behavior: { mode: "retry", maxAttempts: 5, timeoutMs: 20 } }) : component,
    );
    const run = script(
      { ...network, components },
      { answers: { shelf: () => ({ outcome: Outcome.error, afterMs: 500 }) } },
    );
    expect([run.visits("shelf").length, run.told("ok"), run.told("error")]).toEqual([1, 1, 0]);
  });

  it("counts hops anew: a queue makes a cycle legal", () => {
    // A message goes round until the run ends, through two components and the queue each time.
    const network = queueing({}, 50, { durationMs: 150, drainMs: 10_000 });
    const connections = [...network.connections, { from: "shelf", to: "jobs", on: "success" as const }];
    const run = script({ ...network, connections });
    expect(run.visits("shelf").length).toBeGreaterThan(190);
    expect(run.station("shelf").failures[Outcome.error]).toBe(0);
  });

  it("delivers first in, first out, with as many consumers as it has", () => {
    const run = script(queueing({ concurrency: 3 }, 100, burst(9)));
    expect(order(run)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(times(run).map(Math.round)).toEqual([1, 2, 3, 101, 102, 103, 201, 202, 203]);
  });

  it("reports its messages as its line and its consumers as its servers", () => {
    const run = measure(queueing({ concurrency: 2 }, 1_000, { ...burst(4), warmupMs: 0 }));
    // Two are delivered at 1 and 2 ms and take a second; two wait 998 ms each.
    const jobs = run.of("jobs");
    expect([jobs.slots, jobs.queueLength.max, jobs.queueLimit]).toEqual([2, 2, 20_000]);
    expect(jobs.waitMs.mean).toBeCloseTo((998 + 998) / 4, 6);
    expect(jobs.sojournMs.mean).toBeCloseTo((1_000 + 1_000 + 1_998 + 1_998) / 4, 6);
    expect(jobs.meanHoldMs).toBeCloseTo(1_000, 6);
  });
});

describe("queue: capacity", () => {
  it("refuses what it has no room for: those that wait count, deliveries do not", () => {
    const run = measure(queueing({ capacity: 3 }, 10_000, burst(10)));
    expect(run.of("jobs").failures.full).toBe(6);
    expect(run.metrics).toMatchObject({ offered: 10, accepted: 4, delivered: 4, dropped: 6 });
    expect(run.of("jobs").firstFullMs).toBeCloseTo(5, 6);
  });

  it("with drop-oldest keeps the newest, and what it drops is lost after all", () => {
    const run = script(queueing({ capacity: 3, overflow: "drop-oldest" }, 1_000, burst(10)));
    expect(order(run)).toEqual([0, 7, 8, 9]);
    expect(run.told("ok")).toBe(10);
    expect(run.run.recorder.counts).toMatchObject({ accepted: 10, delivered: 4, dropped: 6 });
    expect([run.station("jobs").completed, run.station("jobs").failures[Outcome.full]]).toEqual([4, 6]);
  });

  it("counts messages that wait for their redelivery, and does not drop these", () => {
    for (const overflow of ["reject", "drop-oldest"]) {
      const run = script(queueing({ capacity: 2, concurrency: 10, overflow, redeliverMs: 5_000 }, 0, burst(6)), {
        answers: { shelf: (visit) => (visit < 2 ? Outcome.error : Outcome.ok) },
      });
      // The first two fail at once and fill the queue until they come back.
      expect([run.told("ok"), run.told("full")]).toEqual([2, 4]);
      expect(run.run.recorder.counts.delivered).toBe(2);
    }
  });

  it("rejects the row of an order that it refuses, so that nothing is stuck and the next try is a new claim", () => {
    const run = measure({
      components: [
        person("shopper"),
        step("api"),
        storage("orders", { role: "order-store", idempotency: { key: "request" } }),
        channel("jobs", { behavior: { mode: "queue", capacity: 5, concurrency: 1 } }),
        tool("psp", { role: "payment-provider" }),
      ],
      connections: ["shopper→api", "api→orders", "api→jobs", "jobs→psp"],
      workload: {
        ratePerS: 20,
        durationMs: 10_000,
        client: { timeoutMs: 10_000, retries: 5, backoffMs: 2_000, backoffFactor: 1 },
      },
      roles: { "payment-provider": { ratePerS: 1_000, timeMs: 100 }, "order-store": {} },
      goal: { role: "payment-provider", operation: "charge" },
      invariants: ["nothing-stuck", "no-double-charge", "no-duplicate-order"],
    });
    // 20 a second come and one consumer serves 10: many are refused, try again, and some of them get in then.
    expect(run.of("jobs").failures.full).toBeGreaterThan(200);
    expect(run.violations("nothing-stuck")).toBe(0);
    expect(run.exposure("nothing-stuck")).toBeGreaterThan(50);
    expect(run.of("orders").failures.conflict).toBe(0);
    expect([run.violations("no-double-charge"), run.metrics.pending]).toEqual([0, 0]);
    expect(run.metrics.delivered).toBe(run.metrics.accepted);
    expect(run.metrics.delivered).toBe(run.of("psp").completed);
  });
});

describe("queue: release", () => {
  it("spaces deliveries evenly at releaseRps, however many wait", () => {
    const run = script(queueing({ concurrency: 100, releaseRps: 20 }, 0, burst(50)));
    const gaps = times(run)
      .slice(1)
      .map((time, i) => time - times(run)[i]!);
    expect(gaps.length).toBe(49);
    for (const gap of gaps) expect(gap).toBeCloseTo(50, 6);
  });

  it("saves nothing up while it is idle: no burst afterwards", () => {
    const run = script(queueing({ concurrency: 100, releaseRps: 20 }, 0, burst(5, 60_000)));
    const from = times(run)[0]!;
    expect(from).toBeGreaterThan(60_000);
    for (const [i, time] of times(run).entries()) expect(time - from).toBeCloseTo(50 * i, 6);
  });

  it("never releases faster than that under random arrivals, and no slower than it must", () => {
    const run = script(
      queueing({ concurrency: 100, releaseRps: 40 }, 5, { arrivals: "poisson", ratePerS: 30, durationMs: 100_000 }),
    );
    const gaps = times(run)
      .slice(1)
      .map((time, i) => time - times(run)[i]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(25 - 1e-9);
    expect(run.run.recorder.counts.delivered).toBe(run.run.recorder.counts.offered);
    // M/D/1 with a service of 25 ms and ρ 0.75: a mean wait of 37.5 ms.
    expect(Math.abs(run.station("jobs").reported.wait.mean()! / 37.5 - 1)).toBeLessThan(0.12);
  });

  it("is bounded by its consumers as well", () => {
    const run = script(queueing({ concurrency: 2, releaseRps: 1_000 }, 200, burst(6)));
    expect(times(run).map((time) => Math.round(time / 100))).toEqual([0, 0, 2, 2, 4, 4]);
  });
});

describe("queue: which breakers it pauses for", () => {
  const open = { mode: "circuitbreaker", window: 1, minCalls: 1, openMs: 10_000 };

  /** Two messages; the first one finds the breaker's callee failing. Returns when the second one reached `probe`. */
  function secondAt(connections: Network["connections"], probe: string): number | undefined {
    const run = script(
      {
        components: [
          person("crowd"),
          channel("jobs", { behavior: { mode: "queue", concurrency: 5, maxDeliveries: 1 } }),
          step("worker"),
          channel("next", { behavior: { mode: "queue", concurrency: 5, maxDeliveries: 1 } }),
          step("breaker", { behavior: open }),
          storage("shelf"),
        ],
        connections,
        workload: { ratePerS: 10, durationMs: 250 },
      },
      { answers: { shelf: (visit) => (visit === 0 ? Outcome.error : Outcome.ok) } },
    );
    return run.visits(probe).find(({ serial }) => serial === 1)?.atMs;
  }

  it("for one ahead on a synchronous way", () => {
    expect(secondAt(["crowd→jobs", "jobs→worker", "worker→breaker", "breaker→shelf"], "worker")).toBe(10_100);
  });

  it("not for one behind another queue, which pauses itself", () => {
    const way = ["crowd→jobs", "jobs→worker", "worker→next", "next→breaker", "breaker→shelf"];
    expect(secondAt(way, "worker")).toBe(200);
    expect(secondAt(way, "breaker")).toBe(10_100);
  });

  it("not for one behind an asynchronous connection", () => {
    const aside = { from: "worker", to: "breaker", async: true };
    expect(secondAt(["crowd→jobs", "jobs→worker", aside, "breaker→shelf"], "worker")).toBe(200);
  });
});

describe("queue: what a plain one takes", () => {
  function plain(behavior: Parameters, external: boolean): Network {
    return {
      components: [
        person("crowd"),
        channel("jobs", { behavior: { mode: "queue", ...behavior } }),
        step("worker"),
        tool("psp", external ? { role: "payment-provider" } : {}),
      ],
      connections: ["crowd→jobs", "jobs→worker", "worker→psp"],
      workload: { ratePerS: 7.5, durationMs: 1_000 },
      ...(external ? { roles: { "payment-provider": { ratePerS: 60, timeMs: 300 } } } : {}),
    };
  }

  it("has the defaults of the design, with three quarters of the provider's rate ahead", () => {
    expect(modelOf(plain({}, true)).components[1]!.parameters).toEqual({
      capacity: 20_000,
      overflow: "reject",
      concurrency: 45,
      releaseRps: 45,
      visibilityMs: 60_000,
      maxDeliveries: 10,
      redeliverMs: 5_000,
      pauseWhenOpen: true,
      forEffect: true,
    });
  });

  it("has no release rate where no external role lies ahead", () => {
    expect(modelOf(plain({}, false)).components[1]!.parameters).toMatchObject({ releaseRps: Number.POSITIVE_INFINITY });
  });

  it("takes capacity for its length and serviceRate for its release rate, as other exports write them", () => {
    const model = modelOf(plain({ capacity: 50, serviceRate: 12 }, true));
    expect(model.components[1]!.parameters).toMatchObject({ capacity: 50, releaseRps: 12 });
    expect(model.components[1]!.slots).not.toBe(50);
  });
});
