import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formats } from "../../scripts/compose-schemas.js";
import { invariants } from "../../src/invariants/index.js";
import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { assertFinite } from "../../src/scoring/finite.js";
import { checkGates } from "../../src/scoring/gates.js";
import { judge } from "../../src/scoring/judge.js";
import { problems } from "../fuzz/problem.js";
import { runCanvases } from "../fuzz/run-canvases.js";
import { runDesign } from "../fuzz/run-design.js";
import { canvases } from "../fuzz/topology.js";
import { context } from "../scoring/fixtures.js";

/** Nothing that is measured can be below zero. */
function negativesIn(value: unknown, path = ""): readonly string[] {
  if (typeof value === "number") return value < 0 ? [`${path} is ${value}`] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => negativesIn(member, `${path}.${key}`));
}

function expectSound(run: ScenarioMeasurement): void {
  assertFinite(run, run.id);
  expect(negativesIn(run)).toEqual([]);
  const { offered, accepted, delivered, dropped, pending, declined, abandoned } = run.metrics;
  expect(delivered + dropped + pending + declined + abandoned).toBe(offered);
  expect(accepted).toBeLessThanOrEqual(offered);
  // Means are sums of many times, so that they may miss a bound by rounding.
  for (const { id, utilization, queueLength } of run.components) {
    expect(utilization, id).toBeLessThanOrEqual(1 + 1e-9);
    expect(queueLength.mean, id).toBeLessThanOrEqual(queueLength.max * (1 + 1e-9));
  }
}

describe("any design in any problem", () => {
  // Conservation and Little's law are asserted at the end of every run; a breach throws.
  it("runs to an end, conserves, gives sound figures, and is judged", () => {
    const verdicts = new Set<string>();
    let offered = 0;
    fc.assert(
      fc.property(canvases, problems, (canvas, problem) => {
        const { model, measurements } = runDesign(canvas, problem);
        for (const run of measurements) {
          expectSound(run);
          offered += run.metrics.offered;
        }
        const result = judge(model, measurements, context);
        expect(formats.result.safeParse(result).error).toBeUndefined();
        verdicts.add(result.verdict);
      }),
      { numRuns: 180, seed: 24 },
    );
    expect(verdicts).toEqual(new Set(["pass", "fail", "inconclusive"]));
    expect(offered).toBeGreaterThan(10_000);
  });

  it("is what npm run fuzz draws: the first 60 of its canvases", () => {
    const { runs, offered, truncated } = runCanvases(60, 1);
    expect(runs).toBeGreaterThan(90);
    expect(offered).toBeGreaterThan(5_000);
    // A design that feeds itself is cut off; most must not be, or their ends would be looked at in vain.
    expect(truncated).toBeLessThan(0.1 * runs);
  });

  it("gives the same figures for the same seed", () => {
    fc.assert(
      fc.property(canvases, problems, fc.nat(), (canvas, problem, seed) => {
        expect(runDesign(canvas, problem, seed).measurements).toEqual(runDesign(canvas, problem, seed).measurements);
      }),
      { numRuns: 60, seed: 12 },
    );
  });

  it("is drawn from formats that the schemas and the gates accept", () => {
    fc.assert(
      fc.property(canvases, problems, (canvas, problem) => {
        expect(formats.canvas.safeParse(canvas).error).toBeUndefined();
        expect(formats.problem.safeParse(problem).error).toBeUndefined();
        expect(checkGates(problem, [...invariants.keys()])).toEqual([]);
      }),
      { numRuns: 200, seed: 13 },
    );
  });
});
