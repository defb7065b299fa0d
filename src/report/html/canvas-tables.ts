import type { Canvas } from "../../canvas/canvas.js";
import { linksOf } from "../links.js";
import { wordBehavior } from "../mermaid.js";
import { saidOf } from "./canvas-drawing.js";
import { grid } from "./grid.js";
import { html, type Markup } from "./markup.js";

const strokes = { solid: "→", dotted: "⇢", line: "–" } as const;

/** What the drawing shows, in words: every component, and every connection with when it is taken. */
export function canvasTables(canvas: Canvas): Markup {
  const components = canvas.components.map(({ id, label, type, behavior, role }) => [
    id,
    label ?? "",
    type,
    behavior === undefined ? "" : wordBehavior(behavior),
    role ?? "",
  ]);
  const nameOf = (index: number) => canvas.components[index]?.id ?? "";
  const connections = linksOf(canvas).map(({ from, to, stroke, words }) => [
    `${nameOf(from)} ${strokes[stroke]} ${nameOf(to)}`,
    stroke === "dotted" ? "dashed" : "",
    saidOf(words),
  ]);
  const heads = (names: readonly string[]) => names.map((head) => ({ head }));
  return html`<details><summary>Components and connections as tables</summary>${grid(
    "Components of the canvas",
    heads(["component", "label", "type", "behaviour", "role"]),
    components,
  )}${grid("Connections of the canvas", heads(["connection", "line", "says"]), connections)}</details>`;
}
