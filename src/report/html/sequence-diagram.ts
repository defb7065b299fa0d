import { excerpt } from "../../document/printable.js";
import type { InvariantResult } from "../../scoring/result.js";
import { shortened } from "../trace.js";
import { svgElement } from "./chart.js";
import { fitted, widthOf } from "./lettering.js";
import { html, type Markup, nothing } from "./markup.js";
import { arrowHead, round } from "./shapes.js";

type Trace = InvariantResult["examples"][number]["trace"];

const timeWidth = 76;
const headHeight = 34;
const rowHeight = 32;
const laneColumns = 18;
const leastLane = 120;
const stepColumns = 60;
/** More lifelines than this are told as a list only. */
const mostLanes = 12;

/** Virtual time in seconds, to the millisecond. */
function seconds(atMs: number): string {
  return `${(atMs / 1000).toFixed(3)} s`;
}

/** One intent's way through the design: a lifeline per place, time going down, and the same as a list. */
export function traceMarkup(trace: Trace, title: string, id: string): Markup {
  const steps = shortened(trace);
  const left = trace.length - steps.length;
  const items = steps.map(
    ({ atMs, where, what }) =>
      html`<li><span class="time">${seconds(atMs)}</span> <span class="where">${where}</span> <span class="what">${what}</span></li>`,
  );
  const more =
    left === 0 ? nothing : html`<p class="quiet">${left} more step${left === 1 ? "" : "s"} in the JSON result.</p>`;
  return html`<div class="told">${diagram(steps, title, id)}<ol class="trace">${items}</ol></div>${more}`;
}

function diagram(steps: Trace, title: string, id: string): Markup {
  const places = [...new Set(steps.map(({ where }) => where))];
  if (places.length > mostLanes) return nothing;
  const heads = places.map((place) => fitted(place, laneColumns, 1)[0] ?? "");
  const laneWidth = Math.max(leastLane, ...heads.map((head) => widthOf(head, true) + 18));
  const centre = (place: string) => timeWidth + (places.indexOf(place) + 0.5) * laneWidth;
  const texts = steps.map(({ what }) => excerpt(what, stepColumns));
  const width = Math.max(
    timeWidth + places.length * laneWidth,
    ...steps.map(({ where }, index) => centre(where) + 14 + widthOf(texts[index]!, true)),
  );
  const height = headHeight + steps.length * rowHeight + 8;
  const rowY = (index: number) => headHeight + (index + 0.6) * rowHeight;
  const lanes = places.map((place, index) => {
    const x = round(centre(place));
    const box = round(laneWidth - 10);
    return html`<line class="lane" x1="${x}" x2="${x}" y1="${headHeight - 8}" y2="${height}"/><rect class="lane-head" x="${round(x - box / 2)}" y="1" width="${box}" height="24" rx="4"/><text class="lane-name" x="${x}" y="13">${heads[index]}</text>`;
  });
  const ways = steps.slice(1).map(({ where }, index) => {
    const from = round(centre(steps[index]!.where));
    const to = round(centre(where));
    const y = round(rowY(index + 1));
    if (from === to) return nothing;
    return html`<path class="way" marker-end="url(#${id}-head)" d="M${from} ${y}H${to > from ? to - 5 : to + 5}"/>`;
  });
  const marks = steps.map(({ atMs, where }, index) => {
    const x = round(centre(where));
    const y = round(rowY(index));
    const before = index === 0 ? x : centre(steps[index - 1]!.where);
    // An arrow that comes from the right leaves no room on its line.
    const textY = before > x ? y - 10 : y;
    return html`<text class="step-time" x="${timeWidth - 10}" y="${y}">${seconds(atMs)}</text><circle class="step" cx="${x}" cy="${y}" r="4.5"/><text class="step-text" x="${x + 10}" y="${round(textY)}">${texts[index]}</text>`;
  });
  const picture = svgElement(
    {
      id,
      width: Math.ceil(width),
      height,
      title,
      description: `${steps.length} steps at ${places.length} places; the list that follows holds each.`,
    },
    html`<defs>${arrowHead(id)}</defs>${lanes}${ways}${marks}`,
  );
  return html`<div class="sequence scroll" role="group" tabindex="0" aria-label="${title}, drawn">${picture}</div>`;
}
