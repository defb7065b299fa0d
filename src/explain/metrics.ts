import type { Metrics } from "../scenarios/measurement.js";
import { type MetricUnit, metricNames, metricUnit } from "../scoring/metric.js";
import { costMetrics } from "./cost-metrics.js";
import { countMetrics } from "./count-metrics.js";
import { type EntryText, entriesOf } from "./entry.js";
import { timeMetrics } from "./time-metrics.js";

/** Every metric of a run; the compiler sees to it that none is missing. */
const runMetrics: Readonly<Record<keyof Metrics, EntryText>> = { ...countMetrics, ...timeMetrics };

const units: Readonly<Record<MetricUnit, string>> = {
  time: "milliseconds",
  share: "a share, 0 to 1",
  points: "points, 0 to 100",
  money: "US dollars a month",
  count: "a count",
};

/** What a metric's number counts, in words. */
export function unitOf(metric: string): string {
  return units[metricUnit(metric)];
}

/** Metrics of runs, then those of the design's cost, each with its unit. */
export const metricEntries = entriesOf("metric", { ...runMetrics, ...costMetrics }).map((entry) => ({
  ...entry,
  unit: entry.unit ?? unitOf(entry.id),
}));

/** Whether a metric is a latency, of which a gate names one figure. */
export function isLatency(metric: string): boolean {
  return metricNames.includes(`${metric}.p95`);
}
