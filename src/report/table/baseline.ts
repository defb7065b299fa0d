import { printable } from "../../document/printable.js";
import type { BaselineComparison, BaselineFigure } from "../../scoring/baseline/compare.js";
import { brokenReasons, figureChange, figureName, figuresBy } from "../../scoring/baseline/wording.js";
import { formatMetric, signedMetric } from "../../scoring/metric.js";
import type { Result } from "../../scoring/result.js";
import { gridLines } from "./grid.js";
import { heading, type Style } from "./style.js";
import { paragraph } from "./text.js";

/** Figures that `--quiet` names. */
const quietFigures = 5;

/** An interval narrower than this share of the difference is rounding. */
const roundingShare = 1e-9;

/** The words in the order of the rows: what is worse comes first. */
const words = ["worse", "better", "unknown"] as const;

const heads = ["figure", "before", "now", "change", ""] as const;
const wordColumn = heads.length - 1;

/** A design beside its baseline: whether it is worse, each figure that changed, and what else may be the reason. */
export function baselineLines(_: Result, style: Style, comparison?: BaselineComparison): readonly string[] {
  if (comparison === undefined) return [];
  if (comparison.status !== "compared") return absentLines(comparison, style);
  const changed = words.flatMap((word) => figuresBy(comparison, word));
  const colour = (cell: string, column: number) => (column === wordColumn ? colourWord(cell, style) : cell);
  return [
    ...headLines(comparison, style),
    ...(changed.length === 0 ? [] : gridLines(heads, changed.map(rowOf), style.width, colour)),
    ...restLines(comparison, changed, style),
    ...noteLines(comparison, style),
  ];
}

/** What `--quiet` leaves of it: whether it is worse, and by which figures. */
export function quietBaselineLines(_: Result, style: Style, comparison?: BaselineComparison): readonly string[] {
  if (comparison === undefined) return [];
  if (comparison.status !== "compared") return absentLines(comparison, style);
  const worse = figuresBy(comparison, "worse");
  const more = worse.length - quietFigures;
  return [
    ...headLines(comparison, style),
    ...worse.slice(0, quietFigures).flatMap((figure) => worseLines(figureChange(figure), style)),
    ...(more > 0 ? [`    and ${more} more figure${more === 1 ? "" : "s"}`] : []),
    ...noteLines(comparison, style),
  ];
}

function absentLines(comparison: BaselineComparison, style: Style): readonly string[] {
  const { file, status } = comparison;
  if (status === "invalid") return [];
  const text = printable(`${file} does not hold this design: nothing to compare it with`);
  const lines = paragraph("", text, style.width).map((line) => style.chalk.yellow(line));
  return ["", ...lines, ...noteLines(comparison, style)];
}

function headLines(comparison: BaselineComparison, style: Style): readonly string[] {
  const { file, seeds } = comparison;
  const common = `${seeds.length === 0 ? "no" : seeds.length} common seed${seeds.length === 1 ? "" : "s"}`;
  return [
    ...heading(printable(`Beside ${file} (${common}): ${outcomeOf(comparison)}`), style),
    ...brokenReasons(comparison).flatMap((reason) => worseLines(reason, style)),
  ];
}

function outcomeOf(comparison: BaselineComparison): string {
  const better = figuresBy(comparison, "better").length > 0;
  if (comparison.regressed) return better ? "worse, and better in other figures" : "worse";
  if (better) return "better";
  return comparison.seeds.length < 2
    ? "too few seeds to call a figure better or worse"
    : `no difference shown in ${comparison.figures.length} figures`;
}

function worseLines(text: string, style: Style): readonly string[] {
  return paragraph("  ✗ ", printable(text), style.width).map((line) => style.chalk.red(line));
}

function rowOf(figure: BaselineFigure): readonly string[] {
  const { figure: name, before, now, difference, word } = figure;
  const change = difference === null ? "" : `${signedMetric(name, difference)}${margin(figure)}`;
  return [printable(figureName(figure)), formatMetric(name, before), formatMetric(name, now), change, word];
}

/** Half the 95 % interval on a line below; nothing for a change that was the same with every seed, but for rounding. */
function margin({ figure, difference, interval }: BaselineFigure): string {
  if (interval === undefined || difference === null) return "";
  const half = (interval[1] - interval[0]) / 2;
  return half <= roundingShare * Math.abs(difference) ? "" : `\n±${formatMetric(figure, half)}`;
}

function colourWord(word: string, { chalk }: Style): string {
  if (word === "worse") return chalk.red(word);
  return word === "better" ? chalk.green(word) : word;
}

/** How many figures are not among the rows. */
function restLines(
  { figures, newlyBroken }: BaselineComparison,
  changed: readonly BaselineFigure[],
  style: Style,
): readonly string[] {
  if (changed.length === 0 && newlyBroken.length === 0) return [];
  const others = figures.length - changed.length - newlyBroken.length;
  const margins = changed.some((figure) => margin(figure) !== "") ? "; ± half a 95 % interval" : "";
  return paragraph("  ", `${others} of ${figures.length} figures show no difference${margins}`, style.width);
}

function noteLines({ notes }: BaselineComparison, style: Style): readonly string[] {
  return notes.flatMap((note) =>
    paragraph("  - ", printable(note), style.width).map((line) => style.chalk.yellow(line)),
  );
}
