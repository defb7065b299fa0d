import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Problem } from "../../src/problem/problem.js";
import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { errorCurve } from "../../src/sim/station.js";

const crowd: Component = { id: "crowd", type: "person" };
const plenty = { timeMs: 1, concurrency: 100 };

/** 1,000 intents a second for 60 s, evenly spaced, without a goal: an ok at the client counts. */
function play(components: readonly Component[], problem: Partial<Problem> = {}): ScenarioMeasurement {
  const ids = components.map(({ id }) => id);
  const connections = ids.slice(1).map((to, index) => ({ from: ids[index]!, to }));
  const model = compile(
    { components, connections },
    {
      id: "errors",
      title: "Errors",
      workload: { arrivals: "constant", ratePerS: 1000, durationMs: 60_000, drainMs: 100_000 },
      scenarios: [{ id: "baseline", kind: "baseline" }],
      ...problem,
    },
  );
  return simulate(model, { seed: 1 })[0]!;
}

const errorsAt = (run: ScenarioMeasurement, id: string): number =>
  run.components.find((component) => component.id === id)!.failures.error;

describe("errors before the queue", () => {
  const run = play(
    [
      crowd,
      { id: "api", type: "step", service: plenty },
      { id: "line", type: "channel", behavior: { mode: "queue" }, service: plenty },
      { id: "worker", type: "step", service: plenty },
    ],
    { errors: { beforeQueue: 0.03 } },
  );

  it("are lost accepts: 1 − 0.97², measured and computed", () => {
    const { acceptErrorRate, compoundErrorRate, offered, accepted } = run.metrics;
    expect(offered).toBe(59_999);
    expect(acceptErrorRate).toBeCloseTo(1 - accepted / offered, 12);
    expect(compoundErrorRate).toBeCloseTo(1 - 0.97 ** 2, 12);
    expect(Math.abs(acceptErrorRate - 0.0591)).toBeLessThan(4 * Math.sqrt((0.0591 * 0.9409) / offered));
  });

  it("strike neither behind the queue nor an accepted intent", () => {
    expect(errorsAt(run, "worker")).toBe(0);
    expect(run.metrics.undelivered).toBe(0);
    expect(run.metrics.delivered).toBe(run.metrics.accepted);
  });
});

describe("the error curve on every component", () => {
  it.each([
    [111, errorCurve(1000 / 1110)],
    [100, 0.1],
    [125, 0],
  ])("makes a storage of %d slots and 100 ms err by its utilisation", (concurrency, share) => {
    const run = play([crowd, { id: "desk", type: "storage", service: { timeMs: 100, concurrency, queueLimit: 100 } }], {
      errors: { curve: true },
      workload: { arrivals: "constant", ratePerS: 1000, durationMs: 60_000, drainMs: 100_000, warmupMs: 10_000 },
    });
    expect(run.metrics.offered).toBe(50_000);
    if (share === 0) expect(errorsAt(run, "desk")).toBe(0);
    const spread = Math.sqrt((share * (1 - share)) / 50_000);
    expect(Math.abs(errorsAt(run, "desk") / 50_000 - share)).toBeLessThanOrEqual(5 * spread);
    if (share > 0) expect(run.metrics.compoundErrorRate).toBeCloseTo(share, 9);
    else expect(run.metrics.compoundErrorRate).toBeNull();
  });

  it("is off unless the problem says so", () => {
    const run = play([
      crowd,
      { id: "desk", type: "storage", service: { timeMs: 100, concurrency: 100, queueLimit: 100 } },
    ]);
    expect(errorsAt(run, "desk")).toBe(0);
    expect(run.metrics.compoundErrorRate).toBeNull();
  });
});

describe("undelivered intents", () => {
  const lossy = (dropAccepts: number): ScenarioMeasurement =>
    play([
      crowd,
      { id: "api", type: "step", service: { ...plenty, errorRate: dropAccepts } },
      { id: "line", type: "channel", behavior: { mode: "queue", maxDeliveries: 1, concurrency: 100 }, service: plenty },
      { id: "worker", type: "step", service: { ...plenty, errorRate: 0.25 } },
    ]);

  it("are those whose only delivery failed: a quarter of the accepted, whatever was refused before", () => {
    for (const refused of [0, 0.5]) {
      const { accepted, delivered, undelivered, dropped, offered } = lossy(refused).metrics;
      expect(Math.abs(accepted - 60_000 * (1 - refused))).toBeLessThan(700);
      expect(Math.abs(undelivered - accepted / 4)).toBeLessThan(4 * Math.sqrt(accepted * 0.25 * 0.75));
      expect(undelivered).toBe(accepted - delivered);
      expect(dropped).toBe(offered - delivered);
    }
  });

  it("are none where everything accepted is delivered", () => {
    const run = play([crowd, { id: "desk", type: "storage", service: { ...plenty, errorRate: 0.1 } }]);
    expect(run.metrics.dropped).toBeGreaterThan(5_000);
    expect(run.metrics.undelivered).toBe(0);
  });
});
