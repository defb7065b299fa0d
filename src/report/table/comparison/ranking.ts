import { printable } from "../../../document/printable.js";
import type { JudgedDesign } from "../../../evaluation/design.js";
import type { Comparison, RankedDesign } from "../../../scoring/comparison/comparison.js";
import { intervalOfFigure, meanFigure } from "../../../scoring/comparison/figures.js";
import { formatUsd } from "../../../scoring/quantity.js";
import type { Result } from "../../../scoring/result.js";
import { seedsText } from "../../run-text.js";
import { gridLines } from "../grid.js";
import type { Style } from "../style.js";
import { paragraph } from "../text.js";

/** Between a rank and a label. */
const gap = "  ";
/** Where there is nothing to say. */
const nothing = "–";

const heads = ["verdict", "passes", "score", "a month", "front"] as const;

/** What is compared, then a row per design, the best first. */
export function rankingLines(
  designs: readonly JudgedDesign[],
  { problem, seeds, ranking }: Comparison,
  style: Style,
): readonly string[] {
  const count = `${ranking.length} design${ranking.length === 1 ? "" : "s"}`;
  const title = `${count} · ${printable(problem)} · ${seedsText(seeds)}`;
  const rankColumns = String(ranking.length).length;
  const rows = ranking.map((place) => [
    `${String(place.rank ?? nothing).padStart(rankColumns)}${gap}${printable(place.label)}`,
    ...cellsOf(place, designs[place.design]!),
  ]);
  const colour = (cell: string, column: number) => (column === 1 ? colourVerdict(cell, style) : cell);
  const hang = rankColumns + gap.length;
  return [
    ...paragraph("", title, style.width).map((line) => style.chalk.bold(line)),
    ...gridLines([`${"#".padStart(rankColumns)}${gap}design`, ...heads], rows, style.width, colour, hang),
    ...paragraph("", legend(seeds.length), style.width),
  ];
}

function cellsOf({ passes, outOf, onFront }: RankedDesign, { result, samples }: JudgedDesign): readonly string[] {
  const composite = meanFigure(samples, "composite");
  const monthlyUsd = meanFigure(samples, "effectiveMonthlyUsd");
  if (composite === null || monthlyUsd === null) return [result.verdict, nothing, nothing, nothing, ""];
  const ends = intervalOfFigure(samples, "composite");
  const margin = ends === null ? "" : ` ±${oneDecimal((ends[1] - ends[0]) / 2)}`;
  const score = `${oneDecimal(composite)}${margin}`;
  return [result.verdict, `${passes}/${outOf}`, score, formatUsd(monthlyUsd), onFront ? "yes" : ""];
}

/** A score to a tenth of a point, always with its tenth: scores stand one below the other. */
export function oneDecimal(points: number): string {
  return points.toFixed(1);
}

function legend(seeds: number): string {
  const score = seeds === 1 ? "" : `score: mean over ${seeds} seeds, ± half a 95 % interval; `;
  return `passes: runs, and one for the gates of the whole design; ${score}front: none scores as high for as little.`;
}

const verdictColours: Readonly<Record<Result["verdict"], "green" | "red" | "yellow">> = {
  pass: "green",
  fail: "red",
  inconclusive: "yellow",
  invalid: "red",
};

function colourVerdict(cell: string, { chalk }: Style): string {
  const colour = verdictColours[cell as Result["verdict"]];
  return chalk[colour](cell);
}
