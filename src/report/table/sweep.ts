import { printable } from "../../document/printable.js";
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
  variantToSee,
} from "../sweep-text.js";
import { gridLines } from "./grid.js";
import { repeatLines } from "./repeat.js";
import { heading, type Style } from "./style.js";
import { columnsOf, paragraph, wrap } from "./text.js";

/** Widest column of values. */
const valueColumns = 24;

/** What is told of a sweep beside its own figures. */
interface Beside {
  /** Of all designs of the report. */
  readonly results: readonly Result[];
  readonly baselines?: readonly BaselineComparison[] | undefined;
}

/** A sweep for a reader: a row per variant, where each gate turns, what fails throughout, and how to see one in full. */
export function sweepLines(sweep: Sweep, beside: Beside, style: Style): readonly string[] {
  return [
    ...headLines(sweep, beside.results, style),
    "",
    ...rowLines(sweep, beside.baselines, style),
    ...turnLines(sweep, style),
    ...steadyLines(sweep, style),
    ...commandLines(sweep, beside.results, style),
  ];
}

function headLines(sweep: Sweep, results: readonly Result[], style: Style): readonly string[] {
  const { file, name, rows } = sweep;
  const { chalk, width } = style;
  const run = runText(results[rows[0]!.design]!);
  const fixed = fixedText(sweep);
  return [
    ...wrap(printable(name ?? file), width).map((line) => chalk.bold(line)),
    ...wrap(printable(`${file} · ${run}`), width).map((line) => chalk.dim(line)),
    ...wrap(triedText(sweep), width),
    ...(fixed === "" ? [] : wrap(fixed, width)),
  ];
}

function rowLines(
  { paths, rows }: Sweep,
  baselines: readonly BaselineComparison[] | undefined,
  style: Style,
): readonly string[] {
  const heads = [
    ...paths.map(({ path }) => cut(pathHead(path))),
    "verdict",
    ...figureHeads,
    ...(baselines === undefined ? [] : ["baseline"]),
  ];
  const cells = rows.map((row) => [
    ...rowValues(row).map(cut),
    row.verdict,
    ...rowFigures(row),
    ...(baselines === undefined ? [] : [baselineWord(baselines[row.design]!)]),
  ]);
  const colours = { pass: style.chalk.green, fail: style.chalk.red, inconclusive: style.chalk.yellow };
  const colour = (cell: string, column: number) =>
    column !== paths.length ? cell : (colours[cell as keyof typeof colours] ?? style.chalk.red)(cell);
  return gridLines(heads, cells, style.width, colour);
}

function cut(text: string): string {
  if (columnsOf(text) <= valueColumns) return text;
  return `${[...text].slice(0, valueColumns / 2 - 1).join("")}…`;
}

function turnLines(sweep: Sweep, style: Style): readonly string[] {
  const turning = turningGates(sweep);
  return [
    ...heading(turnsTitle(sweep), style),
    ...(turning.length === 0 ? [`  ${turnsNowhere}`] : []),
    ...turning.flatMap(({ name, courses }) => {
      if (sweep.paths.length === 1) return bullet("-", `${name}: ${courses[0] ?? ""}`, style);
      return [...bullet("-", name, style), ...courses.flatMap((line) => paragraph("      ", line, style.width))];
    }),
  ];
}

/** Gates that never turn: those that fail one by one, those that pass by their number. */
function steadyLines(sweep: Sweep, style: Style): readonly string[] {
  const signs = { fail: "✗", inconclusive: "?" } as const;
  const passing = passingText(sweep);
  return [
    ...steadyGates(sweep).flatMap(({ verdict, title, gates }) => [
      ...heading(`${title} (${gates.length})`, style),
      ...gates.flatMap((gate) => bullet(signs[verdict], gate, style)),
    ]),
    ...(passing === "" ? [] : ["", ...wrap(passing, style.width)]),
  ];
}

function bullet(sign: string, text: string, { width }: Style): readonly string[] {
  return paragraph(`  ${sign} `, printable(text), width);
}

function commandLines(sweep: Sweep, results: readonly Result[], style: Style): readonly string[] {
  const again = repeatLines(sweep, style);
  const seen = variantToSee(sweep);
  if (seen === undefined) return again;
  return [
    ...again,
    "",
    ...wrap(`The full report of one variant, here of ${seen.which}:`, style.width),
    ...repeatLines(results[seen.row.design]!, style).slice(1),
  ];
}
