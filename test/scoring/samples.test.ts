import { describe, expect, it } from "vitest";
import { judge } from "../../src/scoring/judge.js";
import { noSamples, samplesOf } from "../../src/scoring/samples.js";
import { buildModel, buildRun, checkoutSketch, context } from "./fixtures.js";

const model = buildModel(checkoutSketch());

function resultOf(seed: number, accepted: number, p95: number | null) {
  const latency = { count: accepted, mean: p95, p50: p95, p95, p99: p95, max: p95 };
  return judge(model, [buildRun({ seed, metrics: { accepted, acceptMs: latency } })], { ...context, seeds: [seed] });
}

describe("samplesOf", () => {
  const samples = samplesOf(model.problem, [resultOf(7, 100, 20), resultOf(8, 0, null)]);

  it("holds a value per seed by the name that a gate uses, null where a seed had none", () => {
    expect(samples.seeds).toEqual([7, 8]);
    expect(samples.scenarios.map(({ id }) => id)).toEqual(["baseline"]);
    const figures = samples.scenarios[0]!.figures;
    expect(figures.accepted).toEqual([100, 0]);
    expect(figures["acceptMs.p95"]).toEqual([20, null]);
    expect(figures.stability).toHaveLength(2);
  });

  it("holds the design's own figures, the composite before it is rounded", () => {
    expect(Object.keys(samples.design)).toEqual([
      "composite",
      "stability",
      "delivery",
      "cost",
      "constraints",
      "design",
      "effectiveMonthlyUsd",
    ]);
    for (const column of Object.values(samples.design)) expect(column).toHaveLength(2);
  });

  it("is empty for a design that was not run", () => {
    expect(samplesOf(model.problem, [])).toBe(noSamples);
  });
});
