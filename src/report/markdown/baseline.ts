import type { BaselineComparison } from "../../scoring/baseline/compare.js";
import { baselineLine, figureChange } from "../../scoring/baseline/wording.js";
import { changedFigures, changedText } from "../baseline-text.js";
import { folded, markdownText } from "./text.js";

/** A design beside its baseline: a line, and folded each figure that changed and what else may be the reason. */
export function baselineLines(comparison: BaselineComparison | undefined): readonly string[] {
  if (comparison === undefined) return [];
  const line = ["", `**Baseline** ${comparison.regressed ? "❌ " : ""}${markdownText(baselineLine(comparison))}`];
  const changed = changedFigures(comparison);
  const bullets = [
    ...changed.map((figure) => `- **${figure.word}** ${markdownText(figureChange(figure))}`),
    ...comparison.notes.map((note) => `- **note** ${markdownText(note)}`),
  ];
  if (bullets.length === 0) return line;
  return [...line, "", ...folded(changedText(comparison), bullets)];
}
