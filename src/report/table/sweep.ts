import { printable } from "../../document/printable.js";
import { runnableCriterion } from "../../scoring/criteria.js";
import { formatMetric } from "../../scoring/metric.js";
import { formatCount, formatUsd } from "../../scoring/quantity.js";
import type { Result } from "../../scoring/result.js";
import { settingPath, settingsText, settingValue } from "../../scoring/settings-text.js";
import type { Sweep, SweepRow, SweptGate } from "../../scoring/sweep/sweep.js";
import { limitText } from "../criterion-text.js";
import { gridLines } from "./grid.js";
import { repeatLines } from "./repeat.js";
import { heading, type Style } from "./style.js";
import { describeCourses } from "./sweep-courses.js";
import { columnsOf, paragraph, wrap } from "./text.js";
import { describeRun } from "./verdict.js";

/** Widest column of values. */
const valueColumns = 24;

/** A sweep for a reader: a row per variant, where each gate turns, what fails throughout, and how to see one in full. */
export function sweepLines(sweep: Sweep, results: readonly Result[], style: Style): readonly string[] {
  return [
    ...headLines(sweep, results, style),
    "",
    ...rowLines(sweep.rows, sweep, style),
    ...turnLines(sweep, style),
    ...steadyLines(sweep, style),
    ...commandLines(sweep, results, style),
  ];
}

function headLines({ file, name, paths, fixed, rows }: Sweep, results: readonly Result[], style: Style) {
  const { chalk, width } = style;
  const tried = paths.map(({ path, values }) => `${settingPath(path)} at ${values.length} values`).join(" × ");
  const run = describeRun(results[rows[0]!.design]!);
  return [
    ...wrap(printable(name ?? file), width).map((line) => chalk.bold(line)),
    ...wrap(`${printable(file)} · ${run}`, width).map((line) => chalk.dim(line)),
    ...wrap(tried, width),
    ...(fixed.length === 0 ? [] : wrap(`with ${settingsText(fixed)}`, width)),
  ];
}

function rowLines(rows: readonly SweepRow[], { paths }: Sweep, style: Style): readonly string[] {
  const heads = [...paths.map(({ path }) => headOf(path)), "verdict", "score", "$ a month", "missed", "broken"];
  const cells = rows.map(({ values, verdict, composite, effectiveMonthlyUsd, missed, broken }) => [
    ...values.map((value) => cut(settingValue(value))),
    verdict,
    ...[composite, effectiveMonthlyUsd === null ? null : formatUsd(effectiveMonthlyUsd), missed, broken].map(
      (figure) => (figure === null ? "–" : String(figure)),
    ),
  ]);
  const colours = { pass: style.chalk.green, fail: style.chalk.red, inconclusive: style.chalk.yellow };
  const colour = (cell: string, column: number) =>
    column !== paths.length ? cell : (colours[cell as keyof typeof colours] ?? style.chalk.red)(cell);
  return gridLines(heads, cells, style.width, colour);
}

/** The last name of a path: the whole of it stands above. */
function headOf(path: string): string {
  return cut(printable(path.split(".").slice(-1).join(".")));
}

function cut(text: string): string {
  if (columnsOf(text) <= valueColumns) return text;
  return `${[...text].slice(0, valueColumns / 2 - 1).join("")}…`;
}

/** `flash-sale  dropRate ≤ 3 %`. */
function nameOf({ kind, scenario, id, metric, expected }: SweptGate): string {
  const limit = kind === "invariant" ? id : `${metric} ${limitText({ metric, expected })}`;
  return printable([scenario, limit].filter((part) => part !== null).join("  "));
}

/** Values of the gate's metric: `612 ms`, `28.7 % to 31 %`; of an invariant `0 to 3 violations`. */
function figureOf({ kind, metric }: SweptGate, actuals: readonly (number | null)[]): string {
  if (metric === runnableCriterion) return "cannot be run";
  const numbers = actuals.filter((actual) => actual !== null).sort((left, right) => left - right);
  const [low, high] = [numbers[0], numbers.at(-1)];
  if (low === undefined || high === undefined) return formatMetric(metric, null);
  const [first, last] = [low, high].map((end) => (kind === "invariant" ? formatCount(end) : formatMetric(metric, end)));
  const span = first === last ? `${first}` : `${first} to ${last}`;
  return kind === "invariant" ? `${span} violation${span === "1" ? "" : "s"}` : span;
}

function turns({ courses }: SweptGate): boolean {
  return courses.some(({ runs }) => runs.length > 1);
}

function turnLines({ gates, paths }: Sweep, style: Style): readonly string[] {
  const turning = gates.filter(turns);
  const title = `Turns (${turning.length} of ${gates.length} criteria and invariants)`;
  return [
    ...heading(title, style),
    ...(turning.length === 0 ? ["  none: each says the same at every value"] : []),
    ...turning.flatMap((gate) => {
      const words = describeCourses(gate.courses, (actuals) => figureOf(gate, actuals));
      if (paths.length === 1) return paragraph("  - ", `${nameOf(gate)}: ${words[0] ?? ""}`, style.width);
      return [
        ...paragraph("  - ", nameOf(gate), style.width),
        ...words.flatMap((line) => paragraph("      ", line, style.width)),
      ];
    }),
  ];
}

/** Gates that never turn: those that fail one by one, those that pass by their number. */
function steadyLines({ gates }: Sweep, style: Style): readonly string[] {
  const steady = gates.filter((gate) => !turns(gate));
  const saying = (verdict: string) =>
    steady.filter(({ readings }) => readings.find((reading) => reading !== null)?.verdict === verdict);
  const lines = (title: string, listed: readonly SweptGate[], sign: string) =>
    listed.length === 0
      ? []
      : [
          ...heading(`${title} (${listed.length})`, style),
          ...listed.flatMap((gate) => paragraph(`  ${sign} `, `${nameOf(gate)}: ${spanOf(gate)}`, style.width)),
        ];
  const passing = saying("pass").length;
  return [
    ...lines("Fails at every value", saying("fail"), "✗"),
    ...lines("Undecided at every value", saying("inconclusive"), "?"),
    ...(passing === 0 ? [] : ["", `Passes at every value: ${passing} criteria and invariants`]),
  ];
}

function spanOf(gate: SweptGate): string {
  return figureOf(
    gate,
    gate.readings.flatMap((reading) => (reading === null ? [] : [reading.actual])),
  );
}

function commandLines({ rows, repeat }: Sweep, results: readonly Result[], style: Style): readonly string[] {
  const ran = rows.filter(({ verdict }) => verdict !== "invalid");
  const best = ran.find(({ verdict }) => verdict === "pass") ?? ran.toSorted(byScore)[0];
  const first = results[rows[0]!.design]!;
  const again = repeatLines({ ...first, repeat }, style);
  if (best === undefined) return again;
  const which = best.verdict === "pass" ? "the first that passes" : "the one with the highest score";
  return [
    ...again,
    "",
    ...wrap(`The full report of one variant, here of ${which}:`, style.width),
    ...repeatLines(results[best.design]!, style).slice(1),
  ];
}

function byScore(left: SweepRow, right: SweepRow): number {
  return (right.composite ?? 0) - (left.composite ?? 0);
}
