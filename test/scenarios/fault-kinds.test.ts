import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import type { ScenarioSpec } from "../../src/problem/problem.js";
import { binomial, buyer, instant, measure, part, play, psp, violations, type World, worker } from "../roles/world.js";
import { runAll, sum } from "./world.js";

const target = "payment-provider";
/** Straight to a provider of 60/s that takes 50 ms: 10/s for 30 s. */
const direct: World = {
  components: [buyer, psp()],
  provider: { ratePerS: 60, timeMs: 50 },
  workload: { ratePerS: 10, durationMs: 30_000 },
};

describe("latency", () => {
  const confirm = (scenario: object) =>
    measure({ ...direct, scenario: { id: "slow", kind: "latency", target, ...scenario } }).metrics.confirmMs;

  it("adds to the service time of every call, or multiplies it, or both", () => {
    expect(confirm({ addMs: 1500 })).toMatchObject({ count: 299, p50: 1550, max: 1550 });
    expect(confirm({ factor: 3 })).toMatchObject({ count: 299, p50: 150, max: 150 });
    expect(confirm({ factor: 2, addMs: 7 })).toMatchObject({ max: 107 });
  });

  it("in a window adds to calls that begin within it", () => {
    const { timeline, metrics } = measure({
      ...direct,
      provider: { ratePerS: 600, timeMs: 50 },
      scenario: { id: "slow", kind: "latency", target, addMs: 400, startMs: 10_000, endMs: 20_000 },
    });
    // 199 calls of 50 ms and 100 of 450 ms.
    expect(metrics.confirmMs.mean).toBeCloseTo((199 * 50 + 100 * 450) / 299, 6);
    expect(timeline.delivered.slice(9, 12)).toEqual([10, 6, 10]);
  });

  it("in a window multiplies the time of calls that begin within it, and of no others", () => {
    const { mean } = confirm({ factor: 3, startMs: 10_000, endMs: 20_000 });
    expect(mean).toBeCloseTo((199 * 50 + 100 * 150) / 299, 6);
  });

  it("for the whole of the arrivals goes on while the rest drains", () => {
    const mail: Component = {
      id: "mail",
      type: "channel",
      service: instant,
      behavior: { mode: "queue", releaseRps: 5 },
    };
    const components = [buyer, mail, psp()];
    const scenario = { id: "slow", kind: "latency", target, addMs: 100 };
    const measurement = measure({ ...direct, components, scenario });
    expect(measurement.endMs).toBeGreaterThan(55_000);
    expect(part(measurement, "psp").serviceMs.mean).toBeCloseTo(150, 6);
    expect(measurement.disturbance).toMatchObject({ startMs: 0, endMs: 30_000, untilEnd: true });
  });

  it("slows a component of the canvas too, which has no rate to keep: fewer calls per slot", () => {
    const store: Component = {
      id: "store",
      type: "storage",
      role: "order-store",
      service: { timeMs: 10, concurrency: 1 },
    };
    const [slow] = runAll({
      components: [buyer, store],
      roles: { "order-store": {} },
      workload: { ratePerS: 50, durationMs: 20_000 },
      scenarios: [{ id: "slow", kind: "latency", target: "order-store", addMs: 30 }],
    });
    // One slot of 40 ms: 25/s of the 50/s offered, and 400 wait.
    expect(Math.abs(sum(slow!.timeline.delivered, 5, 15) / 10 - 25)).toBeLessThan(0.5);
    expect(slow!.components[1]!.utilization).toBeGreaterThan(0.99);
  });
});

describe("outage", () => {
  const outage = (mode?: string): ScenarioSpec => ({
    id: "dead",
    kind: "outage",
    target,
    startMs: 10_000,
    endMs: 20_000,
    ...(mode === undefined ? {} : { mode }),
  });

  it("as a blackhole answers none of the 100 calls of its window", () => {
    const measurement = measure({ ...direct, scenario: outage("blackhole") });
    expect(measurement.id).toBe("dead");
    expect(measurement.disturbance).toMatchObject({ startMs: 10_000, endMs: 20_000, targets: ["psp"] });
    expect(measurement.metrics).toMatchObject({ offered: 299, delivered: 199, dropped: 100, recoveryMs: 0 });
    expect(part(measurement, "psp")).toMatchObject({ arrivals: 299, lost: 100, completed: 199 });
    expect(measurement.timeline.health.slice(8, 22)).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
  });

  it("that fails fast answers all of them with unavailable", () => {
    const measurement = measure({ ...direct, scenario: outage("failfast") });
    expect(measurement.metrics).toMatchObject({ offered: 299, delivered: 199, dropped: 100 });
    expect(part(measurement, "psp")).toMatchObject({ lost: 0, completed: 199 });
    expect(part(measurement, "psp").failures.unavailable).toBe(100);
    expect(measurement.metrics.providerErrorRate).toBeCloseTo(100 / 299, 12);
  });

  it("in both modes, which is the default, is two runs", () => {
    for (const scenario of [outage("both"), outage()]) {
      const runs = runAll({
        components: direct.components,
        workload: direct.workload!,
        roles: { [target]: { ratePerS: 60, timeMs: 50 } },
        goal: { role: target, operation: "charge" },
        scenarios: [scenario],
      });
      expect(runs.map(({ id }) => id)).toEqual(["dead:blackhole", "dead:failfast"]);
      expect(runs.map(({ components }) => components[1]!.lost)).toEqual([100, 0]);
    }
  });
});

describe("brownout", () => {
  /** Charges per second in the window, 100/s offered to 60/s, 300 ms: 18 slots. */
  function browned(parameters: object) {
    const measurement = measure({
      components: [buyer, psp()],
      provider: { ratePerS: 60, timeMs: 300 },
      workload: { ratePerS: 100, durationMs: 90_000 },
      scenario: { id: "brown", kind: "brownout", target, startMs: 30_000, endMs: 60_000, ...parameters },
    });
    const rate = (from: number, to: number): number => sum(measurement.timeline.delivered, from, to) / (to - from);
    return { measurement, before: rate(10, 30), during: rate(35, 60), after: rate(65, 90) };
  }

  it.each([
    [0.5, 1, 30],
    [1, 3, 20],
    [0.5, 3, 10],
  ])("with slots × %d and service × %d leaves %d/s of 60/s", (capacityFactor, latencyFactor, left) => {
    const { before, during, after } = browned({ capacityFactor, latencyFactor });
    expect(Math.abs(before - 60)).toBeLessThan(1);
    expect(Math.abs(during - left)).toBeLessThan(1);
    expect(Math.abs(after - 60)).toBeLessThan(1);
  });

  it("leaves one slot at least", () => {
    // One slot of 300 ms.
    expect(Math.abs(browned({ capacityFactor: 0.001 }).during - 10 / 3)).toBeLessThan(0.3);
  });

  it("lets those that wait into the slots that are back at its end", () => {
    const { notes } = play({
      components: [buyer, psp()],
      provider: { ratePerS: 10, timeMs: 1000 },
      workload: { ratePerS: 10, durationMs: 1050 },
      scenario: { id: "brown", kind: "brownout", target, startMs: 50, endMs: 1500, capacityFactor: 0.1 },
    });
    // One slot of ten until 1500 ms: it serves the call of 100 ms, then that of 200 ms; eight wait.
    const answered = [0, 1, 2, 9].map((serial) => notes(/^client told ok/, serial)[0]!.atMs);
    expect(answered).toEqual([1100, 2100, 2500, 2500]);
  });

  it("adds errors in its window", () => {
    const measurement = measure({
      ...direct,
      workload: { ratePerS: 50, durationMs: 90_000 },
      scenario: { id: "brown", kind: "brownout", target, startMs: 30_000, endMs: 60_000, errorRate: 0.2 },
    });
    const { low, high } = binomial(1500, 0.2);
    expect(part(measurement, "psp").failures.error).toBeGreaterThan(low);
    expect(part(measurement, "psp").failures.error).toBeLessThan(high);
    expect(sum(measurement.timeline.failed, 30, 61)).toBe(part(measurement, "psp").failures.error);
  });
});

describe("crash", () => {
  const mail: Component = {
    id: "mail",
    type: "channel",
    service: instant,
    behavior: { mode: "queue", visibilityMs: 2000, redeliverMs: 100, maxDeliveries: 50 },
  };
  const scenario = { id: "crash", kind: "crash", rate: 0.2 };
  const world = (key: "item" | "attempt"): World => ({
    components: [buyer, mail, worker(), psp(key)],
    provider: { ratePerS: 1000, timeMs: 10 },
    workload: { ratePerS: 50, durationMs: 60_000 },
    scenario,
  });

  it("redelivers what the crash kept from the queue, and loses no confirmation", () => {
    const measurement = measure(world("item"));
    const { offered, delivered, pending, dropped } = measurement.metrics;
    expect({ offered, delivered, pending, dropped }).toEqual({
      offered: 2999,
      delivered: 2999,
      pending: 0,
      dropped: 0,
    });
    // Each delivery crashes with 0.2, so crashes are n · 0.2/0.8; variance n · 0.2/0.64.
    const crashes = part(measurement, "worker").arrivals - 2999;
    expect(Math.abs(crashes - 2999 / 4)).toBeLessThan(4 * Math.sqrt((2999 * 0.2) / 0.64));
    expect(part(measurement, "worker").lost).toBe(crashes);
    for (const { violations: count } of measurement.invariants) expect(count).toBe(0);
    // A crash is an answer that nobody learned of, and a charge without a reply.
    const exposed = (id: string): number => measurement.invariants.find((invariant) => invariant.id === id)!.exposure;
    expect(exposed("no-double-charge")).toBeGreaterThan(500);
    expect(exposed("no-lost-charge")).toBe(exposed("no-double-charge"));
  });

  it("charges again without the item's key: 20 % of the intents", () => {
    const { low, high } = binomial(2999, 0.2);
    expect(violations(measure(world("attempt")), "no-double-charge")).toBeGreaterThan(low);
    expect(violations(measure(world("attempt")), "no-double-charge")).toBeLessThan(high);
  });

  it("strikes at the innermost retry", () => {
    const outer = { ...worker({ timeoutMs: 500 }), id: "outer" };
    const { notes, run } = play({
      components: [buyer, outer, worker(), psp()],
      scenario: { ...scenario, rate: 1, endMs: 1e9 },
    });
    const crashes = notes(/crashed after the ok/);
    expect(crashes.map(({ where }) => where)).toEqual(["worker", "worker", "worker", "worker"]);
    // The outer retry learns nothing, and waits for its timeout.
    expect(crashes[0]!.atMs).toBe(1100);
    expect(notes(/timeout: no answer/).map(({ where, atMs }) => `${where} ${atMs}`)[0]).toBe("outer 1500");
    expect(run.truth.chargeCount).toBe(1);
    expect(run.recorder.counts.delivered).toBe(0);
  });

  it("strikes at the active component nearest to the goal where there is no retry", () => {
    const step = (id: string): Component => ({ id, type: "step", service: instant });
    const bus: Component = { id: "bus", type: "channel", service: instant };
    const { notes } = play({
      components: [buyer, step("far"), step("near"), bus, psp()],
      scenario: { ...scenario, rate: 1 },
    });
    expect(notes(/crashed/).map(({ where }) => where)).toEqual(["near"]);
  });

  it("is a timeout to a breaker that it strikes", () => {
    const behavior = { mode: "circuitbreaker", window: 10, minCalls: 10, openMs: 1e9 };
    const breaker: Component = { id: "breaker", type: "step", service: instant, behavior };
    const measurement = measure({
      components: [buyer, breaker, psp()],
      provider: { ratePerS: 1000, timeMs: 10 },
      workload: { ratePerS: 10, durationMs: 2050 },
      scenario: { ...scenario, rate: 1 },
    });
    expect(part(measurement, "psp").arrivals).toBe(10);
    expect(part(measurement, "breaker")).toMatchObject({ opens: 1, lost: 10 });
  });

  it("frees the slot of the crashed owner", () => {
    const one = { ...worker(), service: { timeMs: 0, concurrency: 1, queueLimit: 1000 } };
    const measurement = measure({
      ...world("item"),
      components: [buyer, mail, one, psp()],
      workload: { ratePerS: 20, durationMs: 30_000 },
    });
    expect(measurement.metrics).toMatchObject({ offered: 599, delivered: 599 });
    expect(part(measurement, "worker").utilization).toBeLessThan(0.5);
  });

  it("keeps the problem's own rate outside its window", () => {
    const usual = { ...world("item").workload, crashRate: 0.5 };
    const quiet = { ...scenario, rate: 0, startMs: 10_000, endMs: 50_000 };
    const measurement = measure({ ...world("item"), workload: usual, scenario: quiet });
    const crashes = part(measurement, "worker").arrivals - 2999;
    // 20 s of 50/s, each n · 0.5/0.5; redeliveries a few seconds later may fall into the quiet window.
    expect(crashes).toBeGreaterThan(700);
    expect(crashes).toBeLessThan(1150);
  });
});
