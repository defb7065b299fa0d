import { formatCount, formatDuration, formatRate, formatShare } from "../../scoring/quantity.js";
import type { ScenarioResult } from "../../scoring/result.js";
import { boundaryAxis, roundUp, shaded, timeAxis, type ValueScale, valueAxis } from "./axes.js";
import { type ChartText, chart } from "./chart.js";
import { lineSeries, type Stroke, shadingText } from "./lines.js";
import { html, type Markup, nothing } from "./markup.js";
import { endOf, extreme, perSecond, points } from "./series.js";

const width = 380;
const height = 200;
const grid = { left: 52, right: 16, top: 12, bottom: 26 };

/** A chart with its caption; the caption's sentence is also what the picture says to those who do not see it. */
function captioned(title: string, sentence: string, picture: Markup, keys: Markup = nothing): Markup {
  return html`<figure><figcaption><strong>${title}</strong> ${keys}<span class="sentence">${sentence}</span></figcaption>${picture}</figure>`;
}

interface OverTime extends ChartText {
  readonly id: string;
  readonly scale: ValueScale;
  readonly series: readonly ReturnType<typeof lineSeries>[];
}

/** Lines over the time of a run, the disturbance shaded. */
function overTime(scenario: ScenarioResult, { id, title, description, scale, series }: OverTime): Markup {
  const endMs = endOf(scenario.timeline);
  const [first, ...others] = series;
  return chart(
    { id, width, height, title, description: description + shadingText(scenario) },
    {
      grid,
      xAxis: timeAxis(endMs),
      yAxis: valueAxis(scale),
      series: [{ ...first, ...shaded(scenario.disturbance, endMs) }, ...others],
    },
  );
}

/** From back to front. */
const flows = [
  ["offered", { colour: "var(--offered)", kind: "area" }],
  ["delivered", { colour: "var(--delivered)", kind: "thick" }],
  ["accepted", { colour: "var(--accepted)", kind: "line" }],
] as const satisfies readonly (readonly [string, Stroke])[];

const flowKeys = html`<span class="keys">${(["offered", "accepted", "delivered"] as const).map((name) => {
  const kind = flows.find(([flow]) => flow === name)?.[1].kind;
  return html`<span class="key ${kind}">${name}</span> `;
})}</span>`;

/** Intents offered, accepted and delivered per second. */
export function flowChart(scenario: ScenarioResult, id: string): Markup {
  const { timeline } = scenario;
  const rates = (name: (typeof flows)[number][0]) => perSecond(timeline[name], timeline.intervalMs);
  const peak = (name: (typeof flows)[number][0]) => formatRate(extreme(rates(name)) ?? 0);
  const sentence = `At most ${peak("offered")} offered, ${peak("accepted")} accepted, ${peak("delivered")} delivered.`;
  const title = "Intents per second";
  const picture = overTime(scenario, {
    id,
    title,
    description: sentence,
    scale: { format: (value) => `${formatCount(value)}/s` },
    series: flows.map(([name, stroke]) => lineSeries(stroke, points(rates(name), timeline.intervalMs))),
  });
  return captioned(title, sentence, picture, flowKeys);
}

/** Accepted and not yet delivered. */
export function backlogChart(scenario: ScenarioResult, id: string): Markup {
  const { backlog, intervalMs } = scenario.timeline;
  const most = extreme(backlog) ?? 0;
  const at = formatDuration((backlog.indexOf(most) + 1) * intervalMs);
  const last = formatCount(backlog.at(-1) ?? 0);
  const sentence = most === 0 ? "Nothing waits." : `Up to ${formatCount(most)}, at ${at}; ${last} at the end.`;
  const title = "Backlog";
  const line = points(backlog, intervalMs);
  const picture = overTime(scenario, {
    id,
    title,
    description: `Accepted, not yet delivered. ${sentence}`,
    scale: { max: Math.max(4, roundUp(most)), format: formatCount },
    series: [
      lineSeries({ colour: "var(--accepted-area)", kind: "area" }, line),
      lineSeries({ colour: "var(--accepted)", kind: "line" }, line),
    ],
  });
  return captioned(title, sentence, picture);
}

/** Share of the intents that arrived in a window that were accepted in time and ended well. */
export function healthChart(scenario: ScenarioResult, id: string): Markup {
  const { health, intervalMs } = scenario.timeline;
  const least = extreme(health, "smallest");
  const sickMs = health.filter((share) => share !== null && share < 1).length * intervalMs;
  const sentence =
    least === null
      ? "Nothing arrived."
      : least === 1
        ? "100 % for all that arrived."
        : `Least ${formatShare(least)}; below 100 % for ${formatDuration(sickMs)}.`;
  const title = "Health of arrivals";
  const picture = overTime(scenario, {
    id,
    title,
    description: `Share of the arriving intents that ended well. ${sentence}`,
    scale: { max: 1, format: formatShare },
    series: [
      lineSeries({ colour: "var(--delivered)", kind: "line" }, points(health, intervalMs, undefined, "smallest")),
    ],
  });
  return captioned(title, sentence, picture);
}

const latencies = {
  acceptMs: { title: "Latency to acceptance", what: "accepted" },
  confirmMs: { title: "Latency to confirmation", what: "confirmed" },
} as const;

/** How many intents waited how long: a bar from each bound to the next, on bounds that grow by about a quarter. */
export function latencyChart(scenario: ScenarioResult, latency: keyof typeof latencies, id: string): Markup {
  const { boundsMs, counts } = scenario.histograms[latency];
  const { title, what } = latencies[latency];
  if (counts.length === 0) return captioned(title, `None was ${what}.`, nothing);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const [low, high] = [boundsMs[0] ?? 0, boundsMs.at(-1) ?? 0].map(formatDuration);
  const sentence = `${formatCount(total)} ${what}, from ${low} to ${high}.`;
  const barPx = (width - grid.left - grid.right) / counts.length;
  const picture = chart(
    { id, width, height, title, description: sentence },
    {
      grid,
      xAxis: boundaryAxis(boundsMs.map(formatDuration)),
      yAxis: valueAxis({ format: formatCount }),
      series: [
        {
          type: "bar",
          data: counts.map((count, index) => [index + 0.5, count]),
          barWidth: Math.max(1, barPx - (barPx > 6 ? 2 : 0.5)),
          silent: true,
          clip: false,
          itemStyle: { color: "var(--accepted)" },
          emphasis: { disabled: true },
        },
      ],
    },
  );
  return captioned(title, sentence, picture);
}
