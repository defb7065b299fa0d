import { describe, expect, it } from "vitest";
import type { JudgedDesign } from "../../../src/evaluation/design.js";
import { compareDesigns } from "../../../src/scoring/comparison/compare.js";
import type { Comparison } from "../../../src/scoring/comparison/comparison.js";
import { figureDifferences } from "../../../src/scoring/comparison/differences.js";
import { noSamples } from "../../../src/scoring/samples.js";
import { latency, type RunSketch } from "../fixtures.js";
import { measuredDesign } from "./designs.js";

const seeds = [42, 43, 44];
const context = { problem: "checkout", seeds, repeat: "chini-bench compare checkout a b" };
const compare = (designs: readonly JudgedDesign[], reference?: number): Comparison =>
  compareDesigns(
    designs.map(({ result, samples }, index) => ({ label: `design ${index}`, result, samples })),
    { ...context, reference },
  );

const healthy = measuredDesign(
  "good.json",
  seeds.map(() => [{}]),
  [100, 101, 102],
);
const runOf = (errors: number, acceptMs: number): readonly RunSketch[] => [
  {
    metrics: { errors, acceptMs: latency(acceptMs) },
    invariants: [
      { id: "no-lost-charge", violations: errors, exposure: 500, examples: [] },
      { id: "no-leak", violations: 1, exposure: 500, examples: [] },
    ],
    health: [1, 1, 0.5, 0.5],
  },
];
const withErrors = measuredDesign("bad.json", [runOf(3, 31), runOf(4, 33), runOf(5, 35)], [90, 91, 92]);

function find({ differences }: Comparison, scenario: string | null, figure: string) {
  return differences[0]?.figures.find((one) => one.scenario === scenario && one.figure === figure);
}

describe("compareDesigns", () => {
  it("takes the best as the reference, and pairs every figure by seed", () => {
    const comparison = compare([withErrors, healthy]);
    expect(comparison).toMatchObject({ ...context, reference: 1 });
    expect(comparison.differences.map(({ design }) => design)).toEqual([0]);
    // The costs differ by 10 with every seed: paired, there is no doubt about it.
    expect(find(comparison, null, "effectiveMonthlyUsd")).toEqual({
      scenario: null,
      figure: "effectiveMonthlyUsd",
      difference: -10,
      interval: [-10, -10],
      word: "better",
    });
    // 31, 33 and 35 less 21: mean 12, s = 2, half of the interval 4.302653 × 2 ÷ √3.
    const accept = find(comparison, "baseline", "acceptMs.p95");
    expect(accept).toMatchObject({ difference: 12, word: "worse" });
    expect(accept?.interval?.[0]).toBeCloseTo(12 - (4.302653 * 2) / Math.sqrt(3), 5);
  });

  it("turns the words round with another reference", () => {
    const comparison = compare([withErrors, healthy], 0);
    expect(comparison.reference).toBe(0);
    expect(find(comparison, "baseline", "acceptMs.p95")).toMatchObject({ difference: -12, word: "better" });
    expect(find(comparison, null, "effectiveMonthlyUsd")).toMatchObject({ difference: 10, word: "worse" });
  });

  it("adds the violations of all invariants up", () => {
    const comparison = compare([withErrors, withErrors]);
    expect(find(comparison, "baseline", "violations")).toMatchObject({ difference: 0, word: "no difference shown" });
    const halved = measuredDesign("half.json", [runOf(1, 31), runOf(2, 33), runOf(3, 35)]);
    const figures = figureDifferences(withErrors.samples, halved.samples);
    const violations = figures.filter(({ figure }) => figure.startsWith("violations"));
    expect(violations.map(({ figure, difference }) => [figure, difference])).toEqual([
      ["violations", 2],
      ["violations.no-lost-charge", 2],
      ["violations.no-leak", 0],
    ]);
  });

  it("leaves out figures that neither has", () => {
    const comparison = compare([withErrors, healthy]);
    expect(find(comparison, "baseline", "readLagMs.p95")).toBeUndefined();
    expect(find(comparison, "baseline", "confirmMs.p95")).toMatchObject({ difference: 0, word: "no difference shown" });
  });

  it("has neither reference nor differences where nothing could be run", () => {
    const invalid = { ...healthy, samples: noSamples };
    expect(compare([invalid, invalid])).toMatchObject({ reference: null, differences: [] });
    expect(compare([invalid, healthy])).toMatchObject({ reference: 1, differences: [] });
    expect(() => compare([invalid, healthy], 0)).toThrow("design 0 could not be run");
  });

  it("refuses designs of different problems", () => {
    const other = measuredDesign(
      "other.json",
      seeds.map(() => [{ id: "baseline" }]),
    );
    const renamed = { ...other.samples, scenarios: [{ id: "spike", figures: other.samples.scenarios[0]!.figures }] };
    expect(() => figureDifferences(healthy.samples, renamed)).toThrow("the other design has no figure baseline");
  });
});
