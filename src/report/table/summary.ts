import { printable } from "../../document/printable.js";
import type { Result } from "../../scoring/result.js";
import { designNames } from "../design-name.js";
import { verdictCounts } from "../verdict-counts.js";
import { heading, type Style, verdictWord } from "./style.js";
import { wrap } from "./text.js";

const verdictColumns = "INCONCLUSIVE".length;
const scoreColumns = 3;

/** A line for each canvas, and how many had which verdict. */
export function summaryLines(results: readonly Result[], style: Style): readonly string[] {
  const names = designNames(results);
  const [, title = ""] = heading(`${results.length} canvases: ${verdictCounts(results)}`, style);
  return [title, ...results.flatMap((result, index) => rowLines(result, names[index]!, style))];
}

function rowLines(result: Result, name: string, style: Style): readonly string[] {
  const word = verdictWord(result.verdict, style) + " ".repeat(verdictColumns - result.verdict.length);
  const score = result.verdict === "invalid" ? "–" : String(result.score.composite);
  const margin = 2 + verdictColumns + 2 + scoreColumns + 2;
  const [first = "", ...others] = wrap(printable(name), style.width - margin);
  const row = `  ${word}  ${score.padStart(scoreColumns)}  ${first}`;
  return [row, ...others.map((line) => " ".repeat(margin) + line)];
}
