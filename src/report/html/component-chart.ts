import { printable } from "../../document/printable.js";
import { formatCount, formatShare } from "../../scoring/quantity.js";
import type { ScenarioResult } from "../../scoring/result.js";
import { roundUp, shaded, timeAxis, valueAxis } from "./axes.js";
import { chart } from "./chart.js";
import { lineSeries, shadingText } from "./lines.js";
import { html, type Markup, nothing } from "./markup.js";
import { endOf, extreme, points } from "./series.js";

const width = 260;
const height = 132;
const panelHeight = 44;
const panels = [8, 66] as const;
/** A small chart shows no more points. */
const most = 120;

type ComponentResult = ScenarioResult["components"][number];

/** Utilisation above, the line below, each on a scale of its own, over one time axis; nothing for what serves none. */
export function componentChart(scenario: ScenarioResult, component: ComponentResult, id: string): Markup {
  const { timeline, disturbance } = scenario;
  const own = timeline.components[component.id];
  if (own === undefined) return nothing;
  const drawn = extreme(own.queueLength) ?? 0;
  const busiest = extreme(own.utilization) ?? 0;
  if (component.slots === null && drawn === 0 && busiest === 0) return nothing;
  // The timeline looks once per window; the maximum over the run is known for a single seed.
  const longest = component.intervals === undefined ? component.queueLength.max : drawn;
  const sentence = `busy at most ${formatShare(busiest)}, in line at most ${formatCount(longest)}`;
  const description = `Utilisation and length of the line: ${sentence}.${shadingText(scenario)}`;
  const endMs = endOf(timeline);
  const series = [
    lineSeries({ colour: "var(--accepted)", kind: "line" }, points(own.utilization, timeline.intervalMs, most)),
    lineSeries({ colour: "var(--line-length)", kind: "line" }, points(own.queueLength, timeline.intervalMs, most)),
  ];
  const picture = chart(
    { id, width, height, title: printable(component.id), description },
    {
      grid: panels.map((top) => ({ left: 46, right: 12, top, height: panelHeight })),
      xAxis: panels.map((_, panel) => ({ ...timeAxis(endMs, { ticks: 4, labels: panel === 1 }), gridIndex: panel })),
      yAxis: [
        { ...valueAxis({ max: 1, ticks: 2, format: formatShare }), gridIndex: 0 },
        { ...valueAxis({ max: Math.max(2, roundUp(drawn)), ticks: 2, format: formatCount }), gridIndex: 1 },
      ],
      series: series.map((line, panel) => ({
        ...line,
        xAxisIndex: panel,
        yAxisIndex: panel,
        ...shaded(disturbance, endMs),
      })),
    },
  );
  return html`<figure class="small"><figcaption><strong>${component.id}</strong><span class="sentence">${sentence}</span></figcaption>${picture}</figure>`;
}
