import type { JudgedDesign } from "../../evaluation/design.js";
import type { Comparison } from "../../scoring/comparison/comparison.js";
import { differencesLines } from "./comparison/differences.js";
import { frontLines } from "./comparison/front.js";
import { matrixLines } from "./comparison/matrix.js";
import { rankingLines } from "./comparison/ranking.js";
import { repeatLines } from "./repeat.js";
import type { Style } from "./style.js";

/**
 * Designs beside each other: who is best, where each passes, how each differs from the reference, and what scores most
 * for its money. A quiet comparison is the ranking alone.
 */
export function comparisonLines(
  designs: readonly JudgedDesign[],
  comparison: Comparison,
  style: Style,
  quiet: boolean,
): readonly string[] {
  const ranking = rankingLines(designs, comparison, style);
  if (quiet) return ranking;
  return [
    ...ranking,
    ...matrixLines(designs, comparison, style),
    ...differencesLines(designs, comparison, style),
    ...frontLines(designs, comparison, style),
    ...repeatLines(comparison, style),
  ];
}
