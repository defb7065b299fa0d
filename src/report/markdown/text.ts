import { excerpt, printable } from "../../document/printable.js";

/** Longest text of a canvas, a message or a command that is repeated, in characters. */
const textLength = 1000;

/** What Markdown (with GitHub's tables, formulas and footnotes) or HTML could read as more than itself. */
const special = /[\\`*_[\]<>&|~$^]/g;

/** A space of no width: the two characters beside it no longer mean a person, an issue, a link or a picture. */
const apart = "&#8203;";

/** What GitHub turns into a link or a picture after Markdown is read, so that no escape keeps it from that. */
const linked = /@(?=\w)|#(?=\d)|\bGH-(?=\d)|:(?=\/\/|[\w+-]+:)|\bwww(?=\.)/gi;

/**
 * Text from a canvas as it may stand within a line of Markdown, a table's cell or an HTML element: one line, at most
 * 1,000 characters of the text. Special characters become entities, which are no structure in Markdown and mean
 * themselves in HTML; `@name`, `#12` and addresses notify nobody and link to nothing. It must not begin a line.
 */
export function markdownText(text: string): string {
  return excerpt(text, textLength)
    .replace(linked, (start) => `${start}\u0000`)
    .replace(special, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll("\u0000", apart);
}

/** A code block that its lines cannot end, for its fence is longer than any run of backticks in them. */
export function codeBlock(language: string, lines: readonly string[]): readonly string[] {
  const safe = lines.map(printable);
  const longest = Math.max(2, ...safe.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...safe, fence];
}

/** A table of cells that are Markdown already. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}

/** Lines that are folded behind a summary, which is Markdown text already. */
export function folded(summary: string, lines: readonly string[]): readonly string[] {
  return ["<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>"];
}
