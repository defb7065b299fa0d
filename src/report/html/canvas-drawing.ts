import type { Canvas, Component } from "../../canvas/canvas.js";
import { type Link, linksOf } from "../links.js";
import { wordBehavior } from "../mermaid.js";
import { svgElement } from "./chart.js";
import { type Box, type Layout, placed, type Size, type Spot } from "./layout.js";
import { fitted, widthOf } from "./lettering.js";
import { html, type Markup, nothing } from "./markup.js";
import { arrowHead, round, shape, shapeRoom } from "./shapes.js";

const linePx = 16;
const labelColumns = 20;
const detailColumns = 24;
const arrowLabelColumns = 18;
const arrowLinePx = 13;
/** As small as the letters of a drawing can be read; what is then wider than a phone scrolls. */
const narrowScale = 0.85;
/** Beyond this a drawing is no help, and its layout takes seconds. */
const mostBoxes = 60;
const mostArrows = 150;

/** The words of a connection in one line; empty without any. */
export function saidOf(words: readonly string[]): string {
  return words.filter((word) => word.trim() !== "").join(" · ");
}

/** A line of text in a box. */
interface Line {
  readonly text: string;
  readonly kind: "name" | "detail" | "mark";
}

function linesOf(component: Component, failed: boolean): readonly Line[] {
  const names = fitted(component.label ?? "", labelColumns, 2);
  const named = names.length > 0 ? names : fitted(component.id, labelColumns, 2);
  const { behavior, type } = component;
  const what = behavior === undefined || behavior.mode === "passthrough" ? type : `${type}: ${wordBehavior(behavior)}`;
  return [
    ...named.map((text): Line => ({ text, kind: "name" })),
    ...fitted(what, detailColumns, 2).map((text): Line => ({ text, kind: "detail" })),
    ...(failed ? [{ text: "✗ fault found here", kind: "mark" } as const] : []),
  ];
}

function sizeOf(component: Component, lines: readonly Line[]): Size {
  const room = shapeRoom[component.type];
  const widest = Math.max(64, ...lines.map(({ text, kind }) => widthOf(text, kind !== "name")));
  return { width: widest + room.width, height: lines.length * linePx + room.height };
}

function boxMarkup({ type }: Component, box: Box, lines: readonly Line[], failed: boolean): Markup {
  // The lid of a cylinder takes room at the top.
  const offset = type === "storage" ? 4 : 0;
  const first = box.y + offset - ((lines.length - 1) * linePx) / 2;
  const texts = lines.map(
    ({ text, kind }, index) =>
      html`<text class="${kind}" x="${round(box.x)}" y="${round(first + index * linePx)}">${text}</text>`,
  );
  return html`<g class="box${failed ? " failed" : ""}">${shape(type, box)}${texts}</g>`;
}

/** A path through the corners that rounds all but the ends. */
function path(corners: readonly Spot[]): string {
  const at = ({ x, y }: Spot) => `${round(x)} ${round(y)}`;
  const [start, ...rest] = corners;
  if (start === undefined) return "";
  const parts = [`M${at(start)}`];
  rest.forEach((corner, index) => {
    const next = rest[index + 1];
    if (next === undefined) parts.push(`L${at(corner)}`);
    else parts.push(`Q${at(corner)} ${at({ x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 })}`);
  });
  return parts.join("");
}

function arrowMarkup(
  link: Link,
  said: readonly string[],
  { corners, label }: Layout["arrows"][number],
  id: string,
): Markup {
  const head = link.stroke === "line" ? nothing : html` marker-end="url(#${id}-head)"`;
  const line = html`<path class="link ${link.stroke}" d="${path(corners)}"${head}/>`;
  const top = label.y - ((said.length - 1) * arrowLinePx) / 2;
  const texts = said.map(
    (text, index) =>
      html`<text class="word" x="${round(label.x)}" y="${round(top + index * arrowLinePx)}">${text}</text>`,
  );
  return html`${line}${texts}`;
}

interface Drawing {
  readonly id: string;
  readonly direction: "LR" | "TB";
  readonly title: string;
  /** Ids of the components that stand out. */
  readonly failed: ReadonlySet<string>;
}

function drawing(canvas: Canvas, { id, direction, title, failed }: Drawing): Markup {
  const lines = canvas.components.map((component) => linesOf(component, failed.has(component.id)));
  const links = linksOf(canvas);
  const texts = links.map(({ words }) => fitted(saidOf(words), arrowLabelColumns, 2));
  const layout = placed({
    direction,
    boxes: canvas.components.map((component, index) => sizeOf(component, lines[index]!)),
    arrows: links.map(({ from, to }, index) => {
      const said = texts[index]!;
      const width = said.length === 0 ? 0 : Math.max(...said.map((text) => widthOf(text, true))) + 8;
      return { from, to, label: { width, height: said.length * arrowLinePx } };
    }),
  });
  const description = `${canvas.components.length} components and ${canvas.connections.length} connections; the table below lists them.`;
  return svgElement(
    { id, width: layout.width, height: layout.height, scale: direction === "TB" ? narrowScale : 1, title, description },
    html`<defs>${arrowHead(id)}</defs>${links.map((link, index) =>
      arrowMarkup(link, texts[index]!, layout.arrows[index]!, id),
    )}${canvas.components.map((component, index) =>
      boxMarkup(component, layout.boxes[index]!, lines[index]!, failed.has(component.id)),
    )}`,
  );
}

/**
 * The canvas from left to right, and from top to bottom for narrow screens; the style sheet shows one of them.
 * @param id unique in the document; ids within begin with it
 */
export function canvasDrawing(canvas: Canvas, failed: ReadonlySet<string>, id: string): Markup {
  if (canvas.components.length > mostBoxes || canvas.connections.length > mostArrows) {
    return html`<p>More than ${mostBoxes} components or ${mostArrows} connections: too many to draw.</p>`;
  }
  const title = "The canvas";
  return html`<div class="drawing wide">${drawing(canvas, { id: `${id}-wide`, direction: "LR", title, failed })}</div><div class="drawing narrow scroll" role="group" tabindex="0" aria-label="The canvas, from top to bottom">${drawing(canvas, { id: `${id}-narrow`, direction: "TB", title, failed })}</div>`;
}
