import { readMetric } from "../../scoring/metric.js";
import { formatCount, formatDuration, formatRate, formatShare } from "../../scoring/quantity.js";
import type { ScenarioResult } from "../../scoring/result.js";
import { actualText } from "../criterion-text.js";
import { type PassWord, passWord } from "../pass-word.js";
import { componentChart } from "./component-chart.js";
import { componentTable } from "./components.js";
import { expectation, scenarioLink } from "./criteria.js";
import { figure, metricFigure, verdictBadge } from "./figure.js";
import { grid } from "./grid.js";
import { html, type Markup, nothing, when } from "./markup.js";
import { backlogChart, flowChart, healthChart, latencyChart } from "./run-charts.js";
import { endOf, extreme, perSecond } from "./series.js";
import { type DesignView, scenarioId } from "./view.js";

const verdicts: Readonly<Record<PassWord, readonly ["pass" | "fail" | "inconclusive", string]>> = {
  yes: ["pass", "pass"],
  no: ["fail", "fail"],
  "?": ["inconclusive", "inconclusive"],
  cut: ["inconclusive", "cut off"],
};

function badgeOf({ result }: DesignView, scenario: ScenarioResult): Markup {
  const [verdict, word] = verdicts[passWord(result, scenario)];
  return verdictBadge(verdict, word);
}

/** A number with at most one decimal. */
const points = (value: number): string => formatCount(Number(value.toFixed(1)));

const overviewMetrics = ["offered", "delivered", "dropRate", "errors", "acceptMs.p95", "confirmMs.p95"] as const;
const overviewHeads = ["offered", "delivered", "drop", "errors", "accept p95", "confirm p95", "stability"];

/** A row per run, each with a link to what is told of it. */
export function scenarioTable(view: DesignView): Markup {
  const columns = [{ head: "scenario" }, { head: "result" }, ...overviewHeads.map((head) => ({ head, numeric: true }))];
  const rows = view.result.scenarios.map((scenario) => {
    const { id, metrics, intervals, stability, impossible } = scenario;
    const figures =
      impossible === undefined
        ? [
            ...overviewMetrics.map((name) => metricFigure(name, readMetric(metrics, name), intervals?.[name])),
            figure(stability, intervals?.stability, points),
          ]
        : overviewHeads.map(() => "–");
    return [scenarioLink(view, id), badgeOf(view, scenario), ...figures];
  });
  return grid("Scenarios", columns, rows);
}

/** A run in full; open where it did not pass. */
export function scenarioDetails(view: DesignView, scenario: ScenarioResult): Markup {
  const { id, label, kind, pass, impossible } = scenario;
  const anchor = scenarioId(view, id);
  const about = label === undefined || label === "" ? kind : label;
  const body =
    impossible === undefined
      ? html`${disturbanceText(view, scenario)}${criteriaTable(view, scenario)}${charts(scenario, anchor)}${figureTables(scenario)}${metricsTable(scenario)}<h4>Components</h4>${componentTable(scenario)}${componentCharts(view, scenario, anchor)}`
      : html`<p>${impossible}</p>`;
  return html`<details class="run" id="${anchor}"${when(!pass, () => html` open`)}><summary>${badgeOf(view, scenario)} <span class="run-name">${id}</span> <span class="quiet">${about}</span></summary>\n${body}</details>\n`;
}

function disturbanceText({ result }: DesignView, { disturbance, kind, timeline }: ScenarioResult): Markup {
  const seed =
    result.seeds.length > 1
      ? html` Charts and histograms are of the first seed, ${result.seeds[0]}; all other figures are means over ${result.seeds.length} seeds.`
      : nothing;
  if (disturbance === undefined)
    return html`<p>Nothing is disturbed in this run of ${formatDuration(endOf(timeline))}.${seed}</p>`;
  const { startMs, endMs, targets } = disturbance;
  const hit = targets.length === 0 ? `${kind}, which hits no single component` : targets.join(", ");
  return html`<p>Disturbed from ${formatDuration(startMs)} to ${formatDuration(endMs)}: <strong>${hit}</strong>.${seed}</p>`;
}

function criteriaTable({ result }: DesignView, { id }: ScenarioResult): Markup {
  const columns = [
    { head: "criterion" },
    { head: "result" },
    { head: "found", numeric: true },
    { head: "expected", numeric: true },
  ];
  const criteria = result.criteria
    .filter(({ scenario }) => scenario === id)
    .map((criterion) => [
      criterion.metric,
      verdictBadge(criterion.verdict),
      actualText(criterion),
      expectation(criterion),
    ]);
  const invariants = result.invariants
    .filter(({ scenario }) => scenario === id)
    .map((row) => [
      row.id,
      verdictBadge(row.verdict),
      `${formatCount(row.violations)} of ${formatCount(row.exposure)} exposed`,
      "0",
    ]);
  return grid(`Criteria and invariants in ${id}`, columns, [...criteria, ...invariants]);
}

function charts(scenario: ScenarioResult, anchor: string): Markup {
  return html`<div class="charts">
${flowChart(scenario, `${anchor}-flow`)}
${backlogChart(scenario, `${anchor}-backlog`)}
${healthChart(scenario, `${anchor}-health`)}
${latencyChart(scenario, "acceptMs", `${anchor}-accept`)}
${latencyChart(scenario, "confirmMs", `${anchor}-confirm`)}
</div>\n`;
}

/** Most of the pictures of a document, so that with several designs only runs that did not pass have them. */
function componentCharts(view: DesignView, scenario: ScenarioResult, anchor: string): Markup {
  if (!view.alone && scenario.pass)
    return html`<p class="quiet">Charts per component are drawn for runs that do not pass, or when the design is reported alone.</p>`;
  const pictures = scenario.components.map((component, index) =>
    componentChart(scenario, component, `${anchor}-part${index + 1}`),
  );
  if (pictures.every((picture) => picture === nothing)) return nothing;
  return html`<p class="quiet">Per component over time: utilisation above, length of the line below.</p><div class="charts small">${pictures}</div>\n`;
}

/** Rows of the table that says what the charts show. */
const tableRows = 12;

/** The charts as tables: the run in a dozen windows, and the two histograms. */
function figureTables(scenario: ScenarioResult): Markup {
  const { id, histograms } = scenario;
  const histogram = (name: "acceptMs" | "confirmMs", title: string) => {
    const { boundsMs, counts } = histograms[name];
    const rows = counts.map((count, index) => [
      `${formatDuration(boundsMs[index] ?? 0)} to ${formatDuration(boundsMs[index + 1] ?? 0)}`,
      formatCount(count),
    ]);
    return grid(`${title} in ${id}`, [{ head: title }, { head: "intents", numeric: true }], rows);
  };
  return html`<details><summary>These charts as tables</summary><div class="columns">${windowTable(scenario)}${histogram("acceptMs", "latency to acceptance")}${histogram("confirmMs", "latency to confirmation")}</div></details>\n`;
}

function windowTable({ id, timeline }: ScenarioResult): Markup {
  const { intervalMs, offered, accepted, delivered, failed, backlog, health } = timeline;
  const size = Math.max(1, Math.ceil(offered.length / tableRows));
  const starts = Array.from({ length: Math.ceil(offered.length / size) }, (_, index) => index * size);
  const rate = (values: readonly number[], start: number) => {
    const part = perSecond(values.slice(start, start + size), intervalMs);
    return formatRate(part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length));
  };
  const rows = starts.map((start) => {
    const least = extreme(health.slice(start, start + size), "smallest");
    const end = Math.min(start + size, offered.length);
    return [
      `${formatDuration(start * intervalMs)} to ${formatDuration(end * intervalMs)}`,
      ...[offered, accepted, delivered, failed].map((values) => rate(values, start)),
      formatCount(extreme(backlog.slice(start, end)) ?? 0),
      least === null ? "none" : formatShare(least),
    ];
  });
  const heads = ["offered", "accepted", "delivered", "failed", "backlog, most", "health, least"];
  return grid(`${id} over time`, [{ head: "time" }, ...heads.map((head) => ({ head, numeric: true }))], rows);
}

/** Metrics that have a value, apart from the full list of latencies, which have a table of their own. */
const singles = [
  ["offered", "offered"],
  ["accepted", "accepted"],
  ["delivered", "delivered"],
  ["declined", "declined"],
  ["abandoned", "abandoned"],
  ["dropped", "dropped"],
  ["pending", "pending at the end"],
  ["undelivered", "accepted, never delivered"],
  ["dropRate", "drop rate"],
  ["deliveryRate", "delivery rate"],
  ["errors", "errors"],
  ["acceptErrorRate", "never accepted"],
  ["compoundErrorRate", "compound error rate"],
  ["amplification", "provider calls per intent"],
  ["providerErrorRate", "provider errors"],
  ["blocked", "hostile intents blocked"],
  ["recoveryMs", "recovery"],
  ["drainMs", "backlog drained after"],
  ["backlogMax", "largest backlog"],
  ["readCaughtUpMs", "read model caught up after"],
  ["polls", "status polls"],
  ["pollErrorRate", "failed polls"],
  ["freshKeys", "recognised under another key"],
] as const;

const latencyNames = [
  ["acceptMs", "to acceptance"],
  ["confirmMs", "to confirmation"],
  ["disturbedConfirmMs", "to confirmation, arrived while disturbed"],
  ["readLagMs", "until the read model shows it"],
  ["statusMs", "until a poll showed it"],
  ["sessionMs", "of a durable sequence"],
  ["unknownMs", "of an unknown outcome"],
] as const;

function metricsTable({ id, metrics, intervals }: ScenarioResult): Markup {
  const columns = [{ head: "metric" }, { head: "value", numeric: true }];
  const rows = singles
    .map(([name, text]) => ({ name, text, value: readMetric(metrics, name) }))
    .filter(({ value }) => value !== null)
    .map(({ name, text, value }) => [text, metricFigure(name, value, intervals?.[name])]);
  const fields = ["count", "mean", "p50", "p95", "p99", "max"] as const;
  const latencies = latencyNames
    .filter(([name]) => metrics[name].count > 0)
    .map(([name, text]) => [
      text,
      ...fields.map((field) => metricFigure(`${name}.${field}`, metrics[name][field], intervals?.[`${name}.${field}`])),
    ]);
  const censored = metrics.recoveryCensored
    ? html`<p class="quiet">Not recovered when the run ended: the recovery time is a lower bound.</p>`
    : nothing;
  return html`<details><summary>All metrics</summary><div class="columns">${grid(`Metrics of ${id}`, columns, rows)}${grid(`Latencies in ${id}`, [{ head: "latency" }, ...fields.map((head) => ({ head, numeric: true }))], latencies)}</div>${censored}</details>\n`;
}
