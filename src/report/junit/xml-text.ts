import { excerpt, printable } from "../../document/printable.js";

/** Longest text of an attribute, in characters. */
const attributeLength = 1000;

/** Characters outside the Char production of XML 1.0 that {@link printable} lets through. */
const outsideXml = /[\ufffe\uffff]/g;

const replacement = "\ufffd";

/** One line that XML 1.0 can hold: control characters and halves of surrogate pairs become visible, as in messages. */
export function xmlLine(text: string): string {
  return excerpt(text, attributeLength).replace(outsideXml, replacement);
}

/** Several lines for the content of an element; what is in a line is treated as {@link xmlLine} does, but never cut. */
export function xmlBlock(lines: readonly string[]): string {
  return lines.map((line) => printable(line).replace(outsideXml, replacement)).join("\n");
}
