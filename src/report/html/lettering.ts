import { excerpt } from "../../document/printable.js";
import { columnsOf, wrap } from "../table/text.js";

/** Mean width of a character of the page's font at 13 px, and of a small one at 11 px; generous, for fonts differ. */
const columnPx = 7.4;
const smallColumnPx = 6.3;

/** A line of text of about this many pixels. */
export function widthOf(text: string, small = false): number {
  return Math.ceil(columnsOf(text) * (small ? smallColumnPx : columnPx));
}

/** The text on at most `most` lines of `columns`; what does not fit becomes an ellipsis. Control characters become visible. */
export function fitted(text: string, columns: number, most: number): readonly string[] {
  const clean = excerpt(text.replace(/\s+/g, " ").trim(), columns * most * 2);
  if (clean === "") return [];
  const lines = wrap(clean, columns);
  if (lines.length <= most) return lines;
  const last = lines[most - 1] ?? "";
  const cut = columnsOf(last) < columns ? last : [...last].slice(0, -1).join("");
  return [...lines.slice(0, most - 1), `${cut}…`];
}
