import { printable } from "../../../document/printable.js";
import type { JudgedDesign } from "../../../evaluation/design.js";
import type { Comparison, DesignDifferences, FigureDifference } from "../../../scoring/comparison/comparison.js";
import { gridLines } from "../grid.js";
import { heading, type Style } from "../style.js";
import { hardSpace, padTo, paragraph } from "../text.js";
import { describeDifference } from "./signed.js";
import { mostTelling, type TellingDifference } from "./telling.js";

/** Designs whose other figures are told, from the best; JSON has those of all. */
const designsDetailed = 10;

/** The words that are told there are `better` and `worse`. */
const wordColumns = 6;

/** Below so many columns the longest word takes two lines. */
const narrowColumns = 80;

/** From so many intervals on it is as good as certain that one of them misses. */
const manyIntervals = 20;

/** How each design's composite and cost differ from the reference's, then the other figures that tell most. */
export function differencesLines(
  designs: readonly JudgedDesign[],
  { seeds, ranking, reference, differences }: Comparison,
  style: Style,
): readonly string[] {
  if (reference === null || differences.length === 0) return [];
  const labels = new Map(ranking.map(({ design, label }) => [design, printable(label)]));
  const labelOf = (design: number) => labels.get(design) ?? "";
  const rows = differences.map(({ design, figures }) => [
    labelOf(design),
    ...compositeCells(figures, style.width < narrowColumns),
    costCell(figures),
  ]);
  const colour = (cell: string, column: number) => (column === 2 ? colourWord(cell, style) : cell);
  const title = `Differences from ${labelOf(reference)}`;
  return [
    ...heading(paragraph("", title, style.width).join("\n"), style),
    ...gridLines(["design", "composite", "", "a month"], rows, style.width, colour),
    ...paragraph("", caption(seeds.length, differences.length), style.width),
    ...detailLines(designs, differences, reference, labelOf, style),
  ];
}

/** The difference with its interval, and what it says. */
function compositeCells(figures: readonly FigureDifference[], narrow: boolean): readonly string[] {
  const composite = figureOf(figures, "composite");
  if (composite === undefined) return ["–", ""];
  const { word, difference, interval } = composite;
  const { change, ends } = describeDifference("composite", difference, interval);
  return [`${change}${ends}`, narrow ? word.replace(" shown", "\nshown") : word];
}

function costCell(figures: readonly FigureDifference[]): string {
  const cost = figureOf(figures, "effectiveMonthlyUsd");
  return describeDifference("effectiveMonthlyUsd", cost?.difference ?? null, null).change;
}

function figureOf(figures: readonly FigureDifference[], name: string): FigureDifference | undefined {
  return figures.find(({ scenario, figure }) => scenario === null && figure === name);
}

function caption(seeds: number, intervals: number): string {
  if (seeds === 1) return "One seed shows no interval: --seeds 5 or more tells a difference from luck.";
  const misses =
    intervals < manyIntervals ? "" : `; of ${intervals} intervals about ${Math.round(intervals / 20)} miss`;
  return `Means over ${seeds} common seeds, seed by seed, with 95 % intervals${misses}.`;
}

/** For the best designs the figures that differ most, with what they are on both sides. */
function detailLines(
  designs: readonly JudgedDesign[],
  differences: readonly DesignDifferences[],
  reference: number,
  labelOf: (design: number) => string,
  style: Style,
): readonly string[] {
  const told = differences.slice(0, designsDetailed).map(({ design, figures }) => ({
    design,
    telling: mostTelling(figures, designs[design]!.samples, designs[reference]!.samples),
  }));
  const shown = told.filter(({ telling }) => telling.length > 0);
  if (shown.length === 0) return [];
  const rest = differences.length - told.length;
  return [
    ...heading("What differs most", style),
    ...shown.flatMap(({ design, telling }) => [
      ...paragraph("", labelOf(design), style.width),
      ...telling.flatMap((difference) => detail(difference, style)),
    ]),
    ...(rest === 0 ? [] : paragraph("", `and ${rest} more designs; --json has the figures of all`, style.width)),
  ];
}

function detail({ scenario, figure, word, own, other, difference, interval }: TellingDifference, style: Style) {
  const where = scenario === null ? "" : ` in ${scenario}`;
  const { change, ends } = describeDifference(figure, difference, interval);
  const figures = printable(`${figure}${where}: ${own} against ${other}, ${change}`);
  // An interval stays on one line.
  const text = `${figures}${ends.slice(0, 1)}${ends.slice(1).replaceAll(" ", hardSpace)}`;
  const [first = "", ...others] = paragraph(`  ${padTo(word, wordColumns)}  `, text, style.width);
  return [first.replace(word, colourWord(word, style)), ...others];
}

function colourWord(word: string, { chalk }: Style): string {
  if (word === "better") return chalk.green(word);
  return word === "worse" ? chalk.red(word) : chalk.yellow(word);
}
