import type { BaselineComparison, BaselineFigure } from "../scoring/baseline/compare.js";
import { figuresBy } from "../scoring/baseline/wording.js";
import type { Report } from "./report.js";

/** What a baseline says of a design, for a cell of a table. */
export function baselineWord(comparison: BaselineComparison): string {
  const { status, regressed, seeds } = comparison;
  if (status === "missing") return "not in it";
  if (status === "invalid") return "–";
  if (regressed) return "worse";
  if (figuresBy(comparison, "better").length > 0) return "better";
  return seeds.length < 2 ? "undecided" : "no difference";
}

/** The figures that a reader wants to see, what is worse first; those without a difference are left out. */
export function changedFigures(comparison: BaselineComparison): readonly BaselineFigure[] {
  return (["worse", "better", "unknown"] as const).flatMap((word) => figuresBy(comparison, word));
}

/** What is to be said of {@link changedFigures}: `15 of 89 figures changed; the others show no difference`. */
export function changedText(comparison: BaselineComparison): string {
  const changed = changedFigures(comparison).length;
  return `${changed} of ${comparison.figures.length} figures changed; the others show no difference`;
}

/** What is said beside a verdict when designs are worse; empty when none is. */
export function regressionText({ baselines = [], failOnRegression }: Report): string {
  const worse = baselines.filter(({ regressed }) => regressed).length;
  if (worse === 0) return "";
  const count = baselines.length === 1 ? "" : `${worse} `;
  return `${count}worse than the baseline${failOnRegression === true ? ", which fails the run" : ""}`;
}
