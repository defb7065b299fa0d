import { type Content, html, type Markup, nothing } from "./markup.js";

export interface Column {
  readonly head: Content;
  /** Figures stand to the right, words to the left. */
  readonly numeric?: boolean;
}

/** A table that scrolls by itself where it is wider than the screen. The first cell of a row is its head. */
export function grid(label: string, columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  if (rows.length === 0) return nothing;
  const numeric = (index: number) => (columns[index]?.numeric === true ? html` class="number"` : nothing);
  const heads = columns.map(({ head }, index) => html`<th scope="col"${numeric(index)}>${head}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) => (index === 0 ? html`<th scope="row">${cell}</th>` : html`<td${numeric(index)}>${cell}</td>`))}</tr>\n`,
  );
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${label}"><table><thead><tr>${heads}</tr></thead><tbody>\n${body}</tbody></table></div>`;
}
