import { describe, expect, it } from "vitest";
import { shopOf } from "../roles/provider-events.js";
import { down, measure, worker } from "../roles/world.js";

const silent = { ratePerS: 1000, replyLossRate: 1 };
const many = { ratePerS: 10, durationMs: 20_000 };
const n = 199;

describe("unknownMs", () => {
  it("runs from a lost answer until an event tells what became of the charge", () => {
    const { unknownMs } = measure(shopOf({ events: { delayMs: 5000 } }, { provider: silent, workload: many })).metrics;
    expect(unknownMs).toMatchObject({ count: n, max: 5000 });
    expect(unknownMs.mean!).toBeCloseTo(5000, 6);
  });

  it("runs from a worker's timeout", () => {
    const world = { between: [worker({ maxAttempts: 1, timeoutMs: 1500 })], events: { delayMs: 5000 } };
    expect(measure(shopOf(world, { provider: silent })).metrics.unknownMs.max).toBe(5100 - 1500);
  });

  it("has no value where every answer comes", () => {
    expect(measure(shopOf({}, { provider: { ratePerS: 1000 }, workload: many })).metrics.unknownMs.count).toBe(0);
  });

  it("ends when a worker takes the silence for a failure, and with what closes unknown", () => {
    const hopeful = { between: [worker({ onUnknown: "assume-failed", timeoutMs: 500 })], events: { delayMs: 5000 } };
    expect(measure(shopOf(hopeful, { provider: silent })).metrics.unknownMs).toMatchObject({ count: 1, max: 0 });
    const { roles: _, ...quiet } = shopOf({}, { provider: silent });
    expect(measure(quiet).metrics).toMatchObject({ delivered: 0, unknownMs: { count: 1, max: 0 } });
  });

  it.each([
    ["in its outage: from its return", 1050, 4000, 1100 + 5000 - 4000],
    ["in its outage, and known at its return", 1050, 9000, 0],
    ["after it: from the answer's loss", 500, 900, 5000],
  ])("counts what became unknown of the provider %s", (_, startMs, endMs, expectedMs) => {
    // It charges at 1100; the event is due at 6100.
    const scenario = down("blackhole", startMs, endMs);
    const world = shopOf({ events: { delayMs: 5000 } }, { provider: silent, scenario });
    expect(measure(world).metrics.unknownMs).toMatchObject({ count: 1, max: expectedMs });
  });

  it("does not excuse the outage of anybody else", () => {
    const scenario = { id: "deaf", kind: "outage", target: "webhook", mode: "failfast", startMs: 0, endMs: 4000 };
    const world = shopOf({ events: { downRetryMs: 6000 } }, { provider: silent, scenario });
    expect(measure(world).metrics.unknownMs.max).toBe(6030);
  });

  it("counts the age of what is still unknown when the run ends", () => {
    const events = { missedRate: 1, missedRetryMs: 10_000_000 };
    const run = measure(shopOf({ events }, { provider: silent, workload: { drainMs: 98_500 } }));
    expect(run.metrics).toMatchObject({ pending: 1, unknownMs: { count: 1, max: 100_000 - 1100 } });
  });

  it("leaves out what arrived before the measured part", () => {
    const workload = { ...many, warmupMs: 10_050 };
    const { unknownMs } = measure(shopOf({ events: { delayMs: 50 } }, { provider: silent, workload })).metrics;
    expect(unknownMs.count).toBe(n - 100);
  });
});

describe("disturbedConfirmMs", () => {
  it("is confirmMs of those that arrived meanwhile", () => {
    const scenario = {
      id: "slow",
      kind: "latency",
      target: "payment-provider",
      addMs: 400,
      startMs: 5050,
      endMs: 10_050,
    };
    const { metrics } = measure(shopOf({}, { provider: { ratePerS: 1000 }, workload: many, scenario }));
    expect(metrics.disturbedConfirmMs).toMatchObject({ count: 50, mean: 500 });
    expect(metrics.confirmMs.mean!).toBeCloseTo((50 * 500 + (n - 50) * 100) / n, 6);
  });

  it("has no value in a run that nothing disturbs", () => {
    const calm = measure(shopOf({}, { provider: { ratePerS: 1000 }, workload: many }));
    expect(calm.metrics.disturbedConfirmMs).toMatchObject({ count: 0, p95: null });
  });
});
