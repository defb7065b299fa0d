import { describe, expect, it } from "vitest";
import { RunCauses } from "../../src/scoring/causes.js";
import {
  buildModel,
  buildRun,
  checkoutSketch,
  latency,
  type ModelSketch,
  nothingMeasured,
  type RunSketch,
} from "./fixtures.js";

const sale = { startMs: 30_000, endMs: 150_000, targets: [], untilEnd: false, backlogBack: true, peakRatePerS: 100 };
const outage = { startMs: 60_000, endMs: 120_000, targets: [], untilEnd: false, backlogBack: true, peakRatePerS: 20 };

function cause(sketch: ModelSketch, run: RunSketch, metric: string, actual: number | null = 0): string {
  const criterion = { id: metric, scenario: "baseline", metric, expected: "", actual, pass: false };
  return new RunCauses(buildModel(sketch), buildRun(run)).ofCriterion(criterion).message;
}

/** shopper → worker → breaker → psp, and the client waits. */
const synchronous: ModelSketch = { ...checkoutSketch(), edges: ["shopper>worker", "worker>breaker", "breaker>psp"] };

describe("causes of lost intents", () => {
  it("a saturated station: slots, time held, load, since when", () => {
    const components = [
      {
        id: "worker",
        slots: 50,
        meanHoldMs: 1800,
        failures: { full: 8000 },
        firstFullMs: 31_000,
        peakArrivalsPerS: 120,
      },
    ];
    const run = { disturbance: sale, components, metrics: { delivered: 300, dropped: 700 } };
    const expected = "worker: 50 slots ÷ 1.8 s = 28/s under 100/s offered: queue full from 31 s, 8,000 calls refused";
    const mend = "with service.concurrency 180 it keeps up";
    expect(cause(synchronous, run, "dropRate")).toBe(`${expected}; ${mend}`);
    const withProvider = { ...run, components: [...components, { id: "psp" }] };
    expect(cause(synchronous, withProvider, "dropRate")).toBe(
      `${expected}; its slots wait for psp (60/s); a queue between it and psp keeps what comes faster`,
    );
  });

  it("a station that only repeated calls overload: the busiest second, not the offered rate", () => {
    const components = [{ id: "worker", slots: 50, meanHoldMs: 400, failures: { full: 10 }, peakArrivalsPerS: 180 }];
    expect(cause(synchronous, { disturbance: sale, components }, "dropRate")).toBe(
      "worker: 50 slots ÷ 400 ms = 125/s under 180/s in its busiest second, 10 calls refused",
    );
  });

  it("an external's capacity is the rate that the problem grants", () => {
    const components = [{ id: "psp", slots: 19, meanHoldMs: 300, failures: { full: 40 }, firstFullMs: 12_000 }];
    expect(cause(synchronous, { disturbance: sale, components }, "dropRate")).toBe(
      "psp: takes 60/s under 100/s offered: queue full from 12 s, 40 calls refused",
    );
  });

  it("a full queue", () => {
    const components = [{ id: "queue", failures: { full: 3210 }, firstFullMs: 42_000, queueLimit: 1000 }];
    expect(cause(checkoutSketch(), { disturbance: sale, components }, "dropRate")).toBe(
      "queue: room for 1,000 messages, full from 42 s under 100/s offered: 3,210 refused; it releases 45/s; " +
        "with behavior.capacity 4210 all of them have room",
    );
  });

  it("messages given up, with the calls that failed and the breaker that is missing", () => {
    const sketch = checkoutSketch({
      queue: { parameters: { maxDeliveries: 3 } },
      breaker: { mode: "passthrough" },
    });
    const components = [
      { id: "queue", failures: { unavailable: 665 } },
      { id: "worker", failedDownstream: 2488 },
      { id: "psp", arrivals: 12_947, failures: { unavailable: 10_038 } },
    ];
    const run = { kind: "outage", disturbance: outage, components };
    expect(cause(sketch, run, "deliveryRate")).toBe(
      "queue: gave up 665 messages after 3 deliveries; psp failed 10,038 of 12,947 calls (unavailable 10,038); " +
        "it was down from 60 s to 120 s; no circuitbreaker stops the calls; " +
        "while one before psp is open, the queue keeps them",
    );
  });

  it("an open breaker that the client meets", () => {
    const components = [
      { id: "breaker", opens: 7, failures: { open: 4914 } },
      { id: "psp", arrivals: 2648, failures: { unavailable: 8 }, lost: 71 },
    ];
    expect(cause(synchronous, { kind: "outage", disturbance: outage, components }, "dropRate")).toBe(
      "breaker: opened 7 times, 4,914 calls refused, no queue before it to keep them; " +
        "psp failed 79 of 2,648 calls (unanswered 71, unavailable 8); it was down from 60 s to 120 s",
    );
  });

  it("a rate limit below the load; above it, what the repeated calls were refused for comes first", () => {
    const limited = (rps: number): ModelSketch => ({
      ...synchronous,
      components: synchronous.components.map((one) =>
        one.id === "worker" ? { id: "worker", mode: "ratelimit", parameters: { rps } } : one,
      ),
    });
    const components = [
      {
        id: "worker",
        arrivals: 9000,
        slots: 5,
        meanHoldMs: 100,
        failures: { rejected: 6120, full: 10 },
        peakArrivalsPerS: 300,
      },
    ];
    const run = { disturbance: sale, components };
    expect(cause(limited(50), run, "dropRate")).toBe(
      "worker: admits 50/s under 100/s offered: 6,120 of 9,000 calls rejected; with behavior.rps 100 it admits them",
    );
    expect(cause(limited(150), run, "dropRate")).toMatch(/^worker: 5 slots ÷ 100 ms = 50\/s under 100\/s offered/);
  });

  it("a timeout shorter than what it waits for", () => {
    const parameters = { maxAttempts: 4, timeoutMs: 1500, onUnknown: "assume-failed" };
    const sketch = checkoutSketch({ worker: { parameters } });
    const components = [
      { id: "queue" },
      { id: "worker", arrivals: 263 },
      { id: "breaker", arrivals: 263, lost: 260, opens: 73 },
      {
        id: "psp",
        arrivals: 263,
        meanHoldMs: 1810,
        sojournMs: { mean: 1810, p95: 3210 },
        failures: { unavailable: 3 },
      },
    ];
    const run = { components, metrics: { offered: 3657, delivered: 0 }, left: { queue: 3397 } };
    expect(cause(sketch, run, "deliveryRate")).toBe(
      "worker: gives up after 1.5 s, and psp takes 1.81 s: 260 of 263 attempts had no answer in time, " +
        "which onUnknown assume-failed takes for failures; " +
        'with behavior.onUnknown "same-key" it asks again; behavior.timeoutMs has to exceed 3.21 s, ' +
        "within which psp ends 95 % of its calls",
    );
  });

  it("messages that are left in a queue", () => {
    const components = [{ id: "queue" }, { id: "breaker", opens: 1 }];
    const run = { components, left: { queue: 1 }, metrics: { delivered: 999 } };
    expect(cause(checkoutSketch(), run, "deliveryRate")).toBe(
      "queue: 1 message still waits at the end; breaker opened 1 time",
    );
  });

  it("a failure behind a queue counts only for want of a final one", () => {
    const components = [
      { id: "api", slots: 4, meanHoldMs: 100, failures: { full: 5 } },
      { id: "queue" },
      { id: "psp", arrivals: 2000, failures: { error: 900 } },
    ];
    expect(cause(checkoutSketch(), { components }, "dropRate")).toMatch(/^api: /);
    expect(cause(checkoutSketch(), { components: components.slice(1) }, "dropRate")).toBe(
      "psp: failed 900 of 2,000 calls (error 900)",
    );
  });

  it("tells the counts of the run where no component did anything amiss", () => {
    const metrics = { offered: 0, accepted: 0, delivered: 0 };
    expect(cause(checkoutSketch(), { metrics }, "deliveryRate")).toBe("0 offered, 0 accepted, 0 delivered");
  });
});

describe("causes of delay", () => {
  const backlog = {
    id: "queue",
    waitMs: { mean: 70_000, p50: 70_000, p95: 140_544, p99: 150_000 },
    queueLength: { mean: 3000, max: 6582 },
  };

  it("a backlog: release rate against arrivals", () => {
    const run = { disturbance: sale, components: [backlog] };
    expect(cause(checkoutSketch(), run, "drainMs", 160_000)).toBe(
      "queue: releases 45/s under 100/s offered: up to 6,582 messages wait, 95 % of them at most 141 s",
    );
  });

  it("a queue that pauses for a breaker", () => {
    const run = { disturbance: outage, components: [backlog, { id: "breaker", opens: 12 }] };
    expect(cause(checkoutSketch(), run, "recoveryMs", 95_000)).toMatch(
      /^queue: releases 45\/s, paused while breaker is open \(12 times\): up to 6,582 messages wait/,
    );
  });

  it("a queue that goes on, for its breaker fails over", () => {
    const sketch = checkoutSketch();
    const components = [...sketch.components, { id: "psp2", type: "tool", external: true } as const];
    const both = { ...sketch, components, edges: [...(sketch.edges ?? []), "breaker>psp2:open"] };
    const run = { disturbance: outage, components: [backlog, { id: "breaker", opens: 12 }, { id: "psp2" }] };
    expect(cause(both, run, "recoveryMs", 95_000)).toMatch(/^queue: releases 45\/s: up to/);
    // Where the second cannot be reached, it got no calls.
    const alone = { ...run, components: [backlog, { id: "breaker", opens: 12 }, { id: "psp2", arrivals: 0 }] };
    expect(cause(both, alone, "recoveryMs", 95_000)).toMatch(/paused while breaker is open/);
  });

  it("a queue's backlog does not delay the acceptance", () => {
    const api = { id: "api", slots: 4, meanHoldMs: 50, waitMs: { mean: 300, p50: 300, p95: 900, p99: 950 } };
    const run = { disturbance: sale, components: [api, backlog], metrics: { acceptMs: latency(905) } };
    expect(cause(checkoutSketch(), run, "acceptMs.p95", 905)).toBe(
      "api: 4 slots ÷ 50 ms = 80/s under 100/s offered: 95 % of its calls wait at most 900 ms for a slot; " +
        "with service.concurrency 5 it keeps up",
    );
  });

  it("a slow service where nobody waits", () => {
    const components = [{ id: "psp", serviceMs: { mean: 1814 }, arrivals: 3691 }];
    expect(cause(synchronous, { components }, "confirmMs.p95", 2050)).toBe(
      "psp: serves a call in 1.81 s on average (3,691 calls)",
    );
  });

  it("refusals, where no wait comes near the time measured and the client tries again", () => {
    const components = [
      { id: "worker", slots: 4, meanHoldMs: 100, failures: { full: 900 }, waitMs: { mean: 1, p50: 1, p95: 2, p99: 2 } },
    ];
    expect(cause(synchronous, { disturbance: sale, components }, "acceptMs.p95", 10_500)).toContain(
      "900 calls refused",
    );
  });

  it("what is lost, when nobody was served at all", () => {
    const components = [{ id: "worker", failures: { full: 1000 } }];
    const run = { components, metrics: { acceptMs: nothingMeasured, accepted: 0, delivered: 0 } };
    expect(cause(synchronous, run, "acceptMs.p95", null)).toContain("1,000 calls refused");
  });
});

describe("causes at the provider", () => {
  it("repeated calls, and the breaker that is missing", () => {
    const sketch = checkoutSketch({ breaker: { mode: "passthrough" } });
    const components = [{ id: "shopper" }, { id: "psp", arrivals: 12_947, failures: { unavailable: 10_038 } }];
    expect(cause(sketch, { components, metrics: { offered: 3557 } }, "amplification", 3.64)).toBe(
      "psp: 12,947 calls for 3,557 intents: failed 10,038 of 12,947 calls (unavailable 10,038); no circuitbreaker stops them; " +
        "one before it would",
    );
  });

  it("its errors under load", () => {
    const components = [{ id: "psp", arrivals: 9000, peakArrivalsPerS: 75, failures: { error: 900 } }];
    expect(cause(checkoutSketch(), { components }, "providerErrorRate", 0.1)).toBe(
      "psp: takes 60/s under 75/s in its busiest second: failed 900 of 9,000 calls (error 900)",
    );
  });

  it("a filter that lets hostile calls through, and none at all", () => {
    const filtered = checkoutSketch({ api: { mode: "filter", parameters: { detection: 0.9 } } });
    expect(cause(filtered, { components: [{ id: "api" }] }, "blocked", 0.9)).toBe(
      "api: lets 10 % of the hostile calls through (detection 0.9)",
    );
    const components = [{ id: "shopper", peakArrivalsPerS: 200 }];
    expect(cause(checkoutSketch(), { components }, "blocked", 0)).toBe(
      "shopper: sends up to 200/s and no filter stands behind it",
    );
  });
});
