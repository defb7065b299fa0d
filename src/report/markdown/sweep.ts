import type { BaselineComparison } from "../../scoring/baseline/compare.js";
import type { Result } from "../../scoring/result.js";
import type { Sweep } from "../../scoring/sweep/sweep.js";
import { baselineWord } from "../baseline-text.js";
import { runText } from "../run-text.js";
import {
  figureHeads,
  fixedText,
  passingText,
  pathHead,
  rowFigures,
  rowValues,
  steadyGates,
  triedText,
  turningGates,
  turnsNowhere,
  turnsTitle,
} from "../sweep-text.js";
import { markdownTable, markdownText } from "./text.js";
import { canvasLine, verdictMarks } from "./verdict.js";

/** What is told of a sweep beside its own figures. */
interface Beside {
  /** Of all designs of the report. */
  readonly results: readonly Result[];
  readonly baselines?: readonly BaselineComparison[] | undefined;
}

/** A row per variant of a canvas, where each gate turns, and what fails throughout; any number of these lines stand alone. */
export function sweepLines(sweep: Sweep, { results, baselines }: Beside): readonly string[] {
  const where = `${sweep.file} · ${runText(results[sweep.rows[0]!.design]!)}`;
  const fixed = fixedText(sweep);
  const passing = passingText(sweep);
  return [
    "",
    `### ${markdownText(triedText(sweep))}`,
    "",
    canvasLine(sweep.name, fixed === "" ? where : `${where} · ${fixed}`),
    "",
    ...variantTable(sweep, baselines),
    "",
    `**${turnsTitle(sweep)}**`,
    "",
    ...turningLines(sweep),
    ...steadyLines(sweep),
    ...(passing === "" ? [] : ["", markdownText(passing)]),
  ];
}

function variantTable({ paths, rows }: Sweep, baselines: readonly BaselineComparison[] | undefined): readonly string[] {
  const heads = [
    ...paths.map(({ path }) => pathHead(path)),
    "verdict",
    ...figureHeads,
    ...(baselines === undefined ? [] : ["baseline"]),
  ];
  const cells = rows.map((row) => [
    ...rowValues(row).map(markdownText),
    verdictMarks[row.verdict],
    ...rowFigures(row).map(markdownText),
    ...(baselines === undefined ? [] : [baselineWord(baselines[row.design]!)]),
  ]);
  return markdownTable(heads.map(markdownText), cells);
}

function turningLines(sweep: Sweep): readonly string[] {
  const turning = turningGates(sweep);
  if (turning.length === 0) return [turnsNowhere];
  return turning.flatMap(({ name, courses }) => {
    if (sweep.paths.length === 1) return [`- ${markdownText(`${name}: ${courses[0] ?? ""}`)}`];
    return [`- ${markdownText(name)}`, ...courses.map((course) => `  - ${markdownText(course)}`)];
  });
}

function steadyLines(sweep: Sweep): readonly string[] {
  const signs = { fail: "❌", inconclusive: "❔" } as const;
  return steadyGates(sweep).flatMap(({ verdict, title, gates }) => [
    "",
    `**${title} (${gates.length})**`,
    "",
    ...gates.map((gate) => `- ${signs[verdict]} ${markdownText(gate)}`),
  ]);
}
