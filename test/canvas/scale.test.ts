import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import { scaledCanvas, scaledCount } from "../../src/canvas/scale.js";

function scaled(component: Partial<Component>, factor: number): Component {
  const whole: Component = { id: "one", type: "step", ...component };
  return scaledCanvas({ components: [whole], connections: [] }, factor).components[0]!;
}

describe("a scaled count", () => {
  it("is rounded up to a whole number, and is 1 at least", () => {
    expect([3, 4, 1].map((count) => scaledCount(count, 0.3))).toEqual([1, 2, 1]);
    expect(scaledCount(300, 0.001)).toBe(1);
  });

  it("is not carried over a whole number by the rounding of floats", () => {
    expect(100 * 1.1).toBeGreaterThan(110);
    expect(scaledCount(100, 1.1)).toBe(110);
    expect(scaledCount(100, 1 / 0.02)).toBe(5000);
    expect(scaledCount(7, 1.1)).toBe(8);
  });

  it("leaves nothing nothing, and stays within 32 bits", () => {
    expect(scaledCount(0, 50)).toBe(0);
    expect(scaledCount(1_000_000_000, 50)).toBe(1_000_000_000);
  });
});

describe("a scaled canvas", () => {
  it("has more slots, more room and dearer parts", () => {
    const service = { timeMs: 5, errorRate: 0.01, concurrency: 3, queueLimit: 0 };
    const component = scaled({ service, cost: { monthlyUsd: 10, setupUsd: 7 } }, 2.5);
    expect(component.service).toEqual({ timeMs: 5, errorRate: 0.01, concurrency: 8, queueLimit: 0 });
    expect(component.cost).toEqual({ monthlyUsd: 25, setupUsd: 7 });
  });

  it("autoscales between more slots, at the same utilisation", () => {
    const autoscale = { min: 1, max: 3, targetUtilization: 0.6, everyMs: 15_000 };
    expect(scaled({ service: { autoscale } }, 1.5).service?.autoscale).toEqual({ ...autoscale, min: 2, max: 5 });
  });

  it.each([
    [
      { mode: "queue", capacity: 5, concurrency: 2, releaseRps: 1.5, serviceRate: 0.5, visibilityMs: 60_000 },
      { mode: "queue", capacity: 15, concurrency: 6, releaseRps: 4.5, serviceRate: 1.5, visibilityMs: 60_000 },
    ],
    [
      { mode: "ratelimit", rps: 0.5, burst: 2, throughput: 4, processingTimeMs: 5 },
      { mode: "ratelimit", rps: 1.5, burst: 6, throughput: 12, processingTimeMs: 5 },
    ],
    [
      { mode: "batch", size: 10, maxWaitMs: 200 },
      { mode: "batch", size: 30, maxWaitMs: 200 },
    ],
    [
      { mode: "passthrough", everyMs: 15_000, ageMs: 30_000, batch: 500 },
      { mode: "passthrough", everyMs: 15_000, ageMs: 30_000, batch: 1500 },
    ],
    [
      { mode: "queue", maxDeliveries: 10, redeliverMs: 5000, overflow: "reject", pauseWhenOpen: true },
      { mode: "queue", maxDeliveries: 10, redeliverMs: 5000, overflow: "reject", pauseWhenOpen: true },
    ],
  ])("scales capacities and rates of %j", (behavior, expected) => {
    expect(scaled({ behavior }, 3).behavior).toEqual(expected);
  });

  it("keeps a breaker's sample sizes and a retry's tries", () => {
    const breaker = { mode: "circuitbreaker", window: 50, minCalls: 25, halfOpenCalls: 3, openMs: 5000 };
    const retry = { mode: "retry", maxAttempts: 4, backoffMs: 200, budgetRatio: 0.1 };
    expect(scaled({ behavior: breaker }, 50).behavior).toEqual(breaker);
    expect(scaled({ behavior: retry }, 50).behavior).toEqual(retry);
  });

  it("changes nothing by a factor of 1, and never what it was given", () => {
    const canvas = {
      components: [{ id: "q", type: "channel" as const, behavior: { mode: "queue", capacity: 5, note: "x" } }],
      connections: [{ from: "q", to: "q", weight: 2, latencyMs: 7 }],
    };
    expect(scaledCanvas(canvas, 1)).toEqual(canvas);
    expect(scaledCanvas(canvas, 2).connections).toEqual(canvas.connections);
    expect(canvas.components[0]!.behavior.capacity).toBe(5);
  });
});
