import { excerpt, printable } from "../../document/printable.js";
import type { Annotation } from "./annotation.js";

const titleLength = 200;

/** Lines of a message that are shown. */
const linesShown = 20;

/**
 * An annotation as a line that GitHub's runner reads, such as `::error file=a.json,line=3,col=7,title=…::message`.
 *
 * Source: the escaping of @actions/core, command.ts.
 */
export function workflowCommand({ level, file, position, title, lines }: Annotation): string {
  const place = position === undefined ? {} : { line: String(position.line), col: String(position.column) };
  const properties = Object.entries({ file, ...place, title: excerpt(title, titleLength) })
    .map(([name, value]) => `${name}=${escapeProperty(printable(value))}`)
    .join(",");
  const more = lines.length - linesShown;
  const shown = more > 0 ? [...lines.slice(0, linesShown), `and ${more} more`] : lines;
  return `::${level} ${properties}::${escapeData(shown.map((line) => printable(line)).join("\n"))}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
