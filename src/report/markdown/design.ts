import type { JudgedDesign } from "../../evaluation/design.js";
import type { BaselineComparison } from "../../scoring/baseline/compare.js";
import type { Result } from "../../scoring/result.js";
import { costText } from "../cost-text.js";
import { withSettings } from "../design-name.js";
import { invalidTexts } from "../invalid-texts.js";
import { runText, scoresText } from "../run-text.js";
import { baselineLines } from "./baseline.js";
import { graphLines } from "./graph.js";
import { invariantLines, reasonLines } from "./reasons.js";
import { scenarioTable } from "./scenarios.js";
import { codeBlock, folded, markdownText } from "./text.js";
import { canvasLine } from "./verdict.js";

/** How much is told of a design. */
export interface Detail {
  readonly traces: boolean;
  readonly graph: boolean;
  readonly findings: boolean;
}

/** Faults of an invalid canvas that are listed. */
const faultsShown = 50;

/** Which canvas, by which problem and with which seeds. */
export function aboutLine(result: Result): string {
  return canvasLine(result.canvas.name, `${withSettings(result.canvas.file, result.canvas)} · ${runText(result)}`);
}

/** All that is told of a design below its verdict: what it missed, why, where, what it costs and how to see it again. */
export function designLines(
  design: JudgedDesign,
  baseline: BaselineComparison | undefined,
  detail: Detail,
): readonly string[] {
  const { result } = design;
  if (result.verdict === "invalid") return [...faultLines(design), ...repeatLines(result)];
  return [
    ...baselineLines(baseline),
    ...scenarioTable(result),
    ...reasonLines(result),
    ...invariantLines(result, detail.traces),
    ...(detail.graph ? graphLines(design) : []),
    "",
    `**Scores** ${scoresText(result.score)}`,
    "",
    `**Cost** ${markdownText(costText(result.cost))}`,
    ...(detail.findings ? noticeLines(result) : []),
    ...repeatLines(result),
  ];
}

function faultLines(design: JudgedDesign): readonly string[] {
  const texts = invalidTexts(design);
  const more = texts.length - faultsShown;
  return [
    "",
    ...texts.slice(0, faultsShown).map((text) => `- ⛔ ${markdownText(text)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

/** What the graph alone shows and what the files hold in vain; assumptions are only counted. */
function noticeLines({ findings, warnings, assumptions }: Result): readonly string[] {
  const notices = [
    ...findings.map(({ severity, code, message }) => `- **${severity}** ${markdownText(`${code}: ${message}`)}`),
    ...warnings.map((warning) => `- **warning** ${markdownText(warning)}`),
    ...(assumptions.length > 0
      ? [`- **note** ${assumptions.length} values were assumed; the table and the JSON result list them`]
      : []),
  ];
  if (notices.length === 0) return [];
  return ["", ...folded(`Findings, warnings and assumptions (${notices.length})`, notices)];
}

function repeatLines({ repeat }: Result): readonly string[] {
  return ["", ...codeBlock("sh", [repeat])];
}
