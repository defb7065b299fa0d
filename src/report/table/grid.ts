import Table from "cli-table3";
import { columnsOf, paragraph } from "./text.js";

/** A row: its name, then its figures; each a line, or several. */
export type Row = readonly string[];

/** Spaces between columns, the widest that fit first. */
const gaps: readonly number[] = [3, 2, 1];

/** A row's name that fits with no gap is broken into lines of at least so many columns. */
const leastNameColumns = 16;

/** Rules above, below and under the head; no upright lines, which would cost nine columns. */
const chars = {
  top: "─",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "─",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};

/**
 * A table of figures under heads, the names on the left and the figures aligned on the right. Names that do not fit are
 * wrapped; figures never are.
 * @param colour colours a cell, which may not change its width
 * @param hang columns that the further lines of a wrapped name are moved in by: what stands there on its first line
 */
export function gridLines(
  heads: readonly string[],
  rows: readonly Row[],
  width: number,
  colour: (cell: string, column: number) => string = (cell) => cell,
  hang = 0,
): readonly string[] {
  const widths = heads.map((head, column) =>
    Math.max(...[head, ...rows.map((row) => row[column] ?? "")].flatMap((cell) => cell.split("\n")).map(columnsOf)),
  );
  const { gap, nameColumns } = layOut(widths, width);
  const table = new Table({
    chars,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
    colWidths: widths.map((columns, column) => (column === 0 ? nameColumns : columns + gap)),
    colAligns: heads.map((_, column) => (column === 0 ? "left" : "right")),
  });
  table.push(heads.map((head) => ({ content: head, vAlign: "bottom" as const })));
  table.push(heads.map((_, column) => "─".repeat(column === 0 ? nameColumns : (widths[column] ?? 0) + gap)));
  for (const [name = "", ...cells] of rows) {
    const lines = paragraph(name.slice(0, hang), name.slice(hang), nameColumns);
    table.push([lines.join("\n"), ...cells.map((cell, column) => colour(cell, column + 1))]);
  }
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}

/** The widest gap with which the names fit; with the narrowest the names are wrapped. */
function layOut(widths: readonly number[], width: number): { readonly gap: number; readonly nameColumns: number } {
  const [name = 0, ...others] = widths;
  const figuresWidth = others.reduce((sum, columns) => sum + columns, 0);
  const room = (gap: number) => width - figuresWidth - gap * others.length;
  const whole = gaps.find((gap) => room(gap) >= name);
  if (whole !== undefined) return { gap: whole, nameColumns: name };
  const wrapped = gaps.find((gap) => room(gap) >= leastNameColumns) ?? 1;
  return { gap: wrapped, nameColumns: Math.max(1, room(wrapped)) };
}
