import { printable } from "../../../document/printable.js";
import type { JudgedDesign } from "../../../evaluation/design.js";
import type { Comparison } from "../../../scoring/comparison/comparison.js";
import type { Result } from "../../../scoring/result.js";
import { passWord } from "../../pass-word.js";
import { gridLines, type Row } from "../grid.js";
import { colourWord } from "../scenarios.js";
import { heading, type Style } from "../style.js";
import { columnsOf, hardSpace, paragraph } from "../text.js";

/** Widest a line of a head is, where the parts of the id allow it. */
const headColumns = 9;
/** Columns that a label may claim before it is wrapped, and those it keeps in the narrowest layout. */
const labelColumns = 28;
const leastLabelColumns = 16;
const gap = 2;

/** The heads and cells of one way to draw the matrix; `numbered` heads need a legend. */
interface Layout {
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
  readonly numbered: boolean;
}

/**
 * A row per design and a column per run: whether it passed, and its stability. Where the ids of the runs do not fit above
 * the columns they are numbered; where the figures do not fit either, the words stand alone; where not even those do, the
 * columns go on in a further table.
 */
export function matrixLines(
  designs: readonly JudgedDesign[],
  { ranking }: Comparison,
  style: Style,
): readonly string[] {
  const places = ranking.filter(({ rank }) => rank !== null);
  const results = places.map(({ design }) => designs[design]!.result);
  const runs = [...new Set(results.flatMap(({ scenarios }) => scenarios.map(({ id }) => id)))];
  if (runs.length === 0) return [];
  const labels = places.map(({ label }) => printable(label));
  const layout = chooseLayout(runs, labels, results, style.width);
  const colour = (cell: string) => colourCell(cell, style);
  const tables = blocksOf(layout, style.width).map(({ heads, rows }) => gridLines(heads, rows, style.width, colour));
  const legend = runs.map((id, index) => `${index + 1}${hardSpace}${printable(id)}`).join(" · ");
  const withStability = layout.rows.some(([, cell = ""]) => cell.includes(" "));
  return [
    ...heading("Runs", style),
    ...(layout.numbered ? paragraph("  ", legend, style.width) : []),
    ...tables.flat(),
    ...paragraph(
      "",
      `passed or not${withStability ? ", and the stability from 0 to 100" : ""}${rareWords(layout)}`,
      style.width,
    ),
  ];
}

function chooseLayout(
  runs: readonly string[],
  labels: readonly string[],
  results: readonly Result[],
  width: number,
): Layout {
  const words = results.map((result) => runs.map((id) => cellOf(result, id, false)));
  const figures = results.map((result) => runs.map((id) => cellOf(result, id, true)));
  const rowsOf = (cells: readonly (readonly string[])[]) => cells.map((own, index) => [labels[index]!, ...own]);
  const numbers = ["design", ...runs.map((_, index) => String(index + 1))];
  const named = ["design", ...runs.map((id) => brokenHead(printable(id)))];
  const layouts: readonly Layout[] = [
    { heads: named, rows: rowsOf(figures), numbered: false },
    { heads: numbers, rows: rowsOf(figures), numbered: true },
    { heads: numbers, rows: rowsOf(words), numbered: true },
  ];
  return layouts.find((layout) => widthOf(layout) <= width) ?? layouts.at(-1)!;
}

/** Columns of a layout when long labels are wrapped. */
function widthOf({ heads, rows }: Layout): number {
  const [labels = 0, ...others] = heads.map((_, column) => columnWidth(heads, rows, column));
  return others.reduce((sum, columns) => sum + columns + gap, Math.min(labels, labelColumns));
}

function columnWidth(heads: readonly string[], rows: readonly Row[], column: number): number {
  const cells = [heads[column] ?? "", ...rows.map((row) => row[column] ?? "")];
  return Math.max(...cells.flatMap((cell) => cell.split("\n")).map(columnsOf));
}

/** The layout in as many tables as it takes, each with the labels. */
function blocksOf(layout: Layout, width: number): readonly Layout[] {
  if (widthOf(layout) <= width) return [layout];
  const { heads, rows, numbered } = layout;
  const widest = Math.max(...heads.slice(1).map((_, column) => columnWidth(heads, rows, column + 1)));
  const count = Math.max(1, Math.floor((width - leastLabelColumns) / (widest + gap)));
  const blocks: Layout[] = [];
  for (let start = 1; start < heads.length; start += count) {
    const part = (cells: readonly string[]) => [cells[0] ?? "", ...cells.slice(start, start + count)];
    blocks.push({ heads: part(heads), rows: rows.map(part), numbered });
  }
  return blocks;
}

/** `yes 98`, or without its stability `yes`; a dash for a run that a design does not have. */
function cellOf(result: Result, id: string, withStability: boolean): string {
  const scenario = result.scenarios.find((candidate) => candidate.id === id);
  if (scenario === undefined) return "–";
  const word = passWord(result, scenario);
  return withStability ? `${word} ${String(Math.round(scenario.stability)).padStart(3)}` : word;
}

/** The id on lines that end behind a hyphen or a colon. */
function brokenHead(id: string): string {
  const lines: string[] = [];
  for (const part of id.split(/(?<=[-:])/)) {
    const longer = `${lines.at(-1) ?? ""}${part}`;
    if (lines.length > 0 && columnsOf(longer) <= headColumns) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines.join("\n");
}

/** What the words mean that a reader rarely meets. */
function rareWords({ rows }: Layout): string {
  const words = new Set(rows.flatMap(([, ...cells]) => cells.map((cell) => cell.split(" ")[0])));
  const meanings = [
    ["?", "?: undecided"],
    ["cut", "cut: hit a limit"],
  ] as const;
  return `${meanings.map(([word, meaning]) => (words.has(word) ? `; ${meaning}` : "")).join("")}.`;
}

function colourCell(cell: string, style: Style): string {
  const [word = ""] = cell.split(" ");
  return colourWord(word, style) + cell.slice(word.length);
}
