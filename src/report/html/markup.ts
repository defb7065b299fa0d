import { printable } from "../../document/printable.js";

/** Text that is HTML already. Only {@link html} and {@link trusted} make it, so that nothing else gets past the escaping. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template may hold: markup stands as it is, text is escaped, nothing is left out, a list is put side by side. */
export type Content = Markup | string | number | null | undefined | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an element or a quoted attribute: no character of it is markup, and hidden characters show as `\u202e`. */
function escapeText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character]!);
}

function render(content: Content): string {
  if (content === null || content === undefined) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "string") return escapeText(content);
  if (typeof content === "number") return String(content);
  return content.map(render).join("");
}

/**
 * A template whose every value is escaped unless it is markup. Values belong between tags or into quoted attributes, not
 * into tag names, unquoted attributes or style sheets.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.map((text, index) => text + render(values[index])).join(""));
}

/** Markup that this program or its chart library made, of nothing but numbers and words of its own. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

export const nothing = new Markup("");

/** The content where it is wanted, else nothing. */
export function when(wanted: boolean, content: () => Markup): Markup {
  return wanted ? content() : nothing;
}
