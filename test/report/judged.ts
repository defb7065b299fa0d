import type { JudgedDesign } from "../../src/evaluation/design.js";
import { evaluate } from "../../src/evaluation/evaluate.js";
import type { EvaluationOptions } from "../../src/evaluation/options.js";
import { loadProblemRun } from "../../src/evaluation/problem-run.js";
import { Workers } from "../../src/parallel/workers.js";
import type { Comparison } from "../../src/scoring/comparison/comparison.js";

/** Canvases judged by a problem, in this thread. */
export async function judged(
  problemName: string,
  files: readonly string[],
  changes: Partial<EvaluationOptions> = {},
): Promise<readonly JudgedDesign[]> {
  const options: EvaluationOptions = { seed: 42, seeds: 1, decide: "interval", ...changes };
  const problem = await loadProblemRun(problemName, options);
  const designs = files.map((file) => ({ problem, file }));
  return evaluate(designs, options, new Workers(1));
}

/** A made-up comparison of three designs: the third is ahead, the first is dearer and no better than the second. */
export const madeUpComparison: Comparison = {
  problem: "chini-002-checkout",
  seeds: [42, 43, 44],
  repeat: "chini-bench compare shop designs",
  reference: 2,
  ranking: [
    { design: 2, rank: 1, label: "reference.json", passes: 6, outOf: 6, onFront: true },
    { design: 1, rank: 2, label: "plain.json", passes: 3, outOf: 6, onFront: true },
    { design: 0, rank: 2, label: "no-breaker.json", passes: 3, outOf: 6, onFront: false },
  ],
  differences: [
    {
      design: 1,
      figures: [
        { scenario: null, figure: "composite", difference: -12.4, interval: [-14, -10.8], word: "worse" },
        { scenario: "flash-sale", figure: "acceptMs.p95", difference: -2050, interval: [-2300, -1800], word: "better" },
        {
          scenario: "baseline",
          figure: "dropRate",
          difference: 0.0001,
          interval: [-0.001, 0.0012],
          word: "no difference shown",
        },
        { scenario: "baseline", figure: "recoveryMs", difference: null, interval: null, word: "unknown" },
      ],
    },
    {
      design: 0,
      figures: [{ scenario: null, figure: "effectiveMonthlyUsd", difference: 30, interval: null, word: "unknown" }],
    },
  ],
};
