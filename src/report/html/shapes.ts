import type { ComponentType } from "../../canvas/canvas.js";
import type { Box } from "./layout.js";
import { html, type Markup } from "./markup.js";

/** How far a slanted or rounded side reaches into its box, pixels. */
const slant = 12;
/** Half the height of a cylinder's lid. */
const lid = 6;

/** Room that a shape takes of its box beside the text: to the left and right together, and above and below. */
export const shapeRoom: Readonly<Record<ComponentType, { readonly width: number; readonly height: number }>> = {
  person: { width: 36, height: 16 },
  step: { width: 20, height: 16 },
  storage: { width: 20, height: 16 + 3 * lid },
  decision: { width: 20 + 2 * slant, height: 16 },
  trigger: { width: 20 + slant, height: 16 },
  tool: { width: 36, height: 16 },
  channel: { width: 20 + 3 * lid, height: 16 },
};

/** The outline of a component's type: pill, rectangle, cylinder, hexagon, flag, doubled sides, lying cylinder. */
export function shape(type: ComponentType, { x, y, width, height }: Box): Markup {
  const left = round(x - width / 2);
  const right = round(x + width / 2);
  const top = round(y - height / 2);
  const bottom = round(y + height / 2);
  const middle = round(y);
  const rectangle = (radius: number) =>
    html`<rect x="${left}" y="${top}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
  const outline = (d: string) => html`<path d="${d}"/>`;
  switch (type) {
    case "person":
      return rectangle(round(height / 2));
    case "step":
      return rectangle(4);
    case "storage": {
      const arc = `${round(width / 2)} ${lid} 0 0`;
      return html`${outline(`M${left} ${top + lid}A${arc} 1 ${right} ${top + lid}V${bottom - lid}A${arc} 1 ${left} ${bottom - lid}Z`)}<path class="line" d="M${left} ${top + lid}A${arc} 0 ${right} ${top + lid}"/>`;
    }
    case "decision":
      return outline(
        `M${left} ${middle}L${left + slant} ${top}H${right - slant}L${right} ${middle}L${right - slant} ${bottom}H${left + slant}Z`,
      );
    case "trigger":
      return outline(`M${left} ${top}H${right - slant}L${right} ${middle}L${right - slant} ${bottom}H${left}Z`);
    case "tool":
      return html`${rectangle(0)}<path class="line" d="M${left + 6} ${top}V${bottom}M${right - 6} ${top}V${bottom}"/>`;
    case "channel": {
      const arc = `${lid} ${round(height / 2)} 0 0`;
      return html`${outline(`M${left + lid} ${top}H${right - lid}A${arc} 1 ${right - lid} ${bottom}H${left + lid}A${arc} 1 ${left + lid} ${top}Z`)}<path class="line" d="M${right - lid} ${top}A${arc} 0 ${right - lid} ${bottom}"/>`;
    }
  }
}

/** To a tenth of a pixel. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The head of an arrow, for `marker-end="url(#<id>-head)"`. */
export function arrowHead(id: string): Markup {
  return html`<marker id="${id}-head" class="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z"/></marker>`;
}
