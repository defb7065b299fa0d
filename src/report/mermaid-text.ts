import { excerpt } from "../document/printable.js";

/** Longest label that a diagram shows, in characters; the rest is an ellipsis. */
const labelLength = 80;

/**
 * Everything but letters, digits, spaces, `,`, `/`, `·`, a hyphen within a word and a point within a number. What is left
 * can end no string, begin no Markdown (`1. `, `- `, `*`, a bare address), no icon (`fa:fa-x`), no directive (`%%{`), no
 * entity and no tag.
 */
const special = /(?<![\p{L}\p{N}])-|-(?![\p{L}\p{N}])|(?<!\d)\.|\.(?!\d)|[^\p{L}\p{M}\p{N} ,/·.-]/gu;

/** Mermaid's lexer takes a whole line that says this, also between quotes, for the direction of the drawing. */
const directionStatement = /direction(?= )/g;

/**
 * Text as it may stand between the double quotes of a Mermaid label: one line, at most 80 characters of the text, and
 * every character that Mermaid, Markdown or HTML could read as more than itself as a decimal entity such as `#34;`.
 * Control and hidden characters become visible, as `\u001b` is in messages. Empty when the text is blank.
 *
 * Source: the lexer flow.jison, encodeEntities and the Markdown labels of Mermaid 11.
 */
export function mermaidText(text: string): string {
  return excerpt(text.replace(/\s+/g, " ").trim(), labelLength)
    .replace(special, (character) => `#${character.codePointAt(0)};`)
    .replace(directionStatement, "#100;irection");
}
