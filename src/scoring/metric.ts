import type { Latency, Metrics } from "../scenarios/measurement.js";
import type { Better } from "./comparison/paired.js";
import { costMetricUnit } from "./cost-metric.js";
import { formatCount, formatDuration, formatShare, formatUsd } from "./quantity.js";

/** What a metric's number counts: milliseconds, a share from 0 to 1, points from 0 to 100, US dollars per month, or things. */
export type MetricUnit = "time" | "share" | "points" | "money" | "count";

/** Every metric of a run, and what it counts; null for what is no number. The compiler sees to it that none is missing. */
const runMetrics: Readonly<Record<keyof Metrics, MetricUnit | "latency" | null>> = {
  offered: "count",
  accepted: "count",
  delivered: "count",
  dropped: "count",
  pending: "count",
  declined: "count",
  abandoned: "count",
  dropRate: "share",
  deliveryRate: "share",
  errors: "count",
  acceptErrorRate: "share",
  compoundErrorRate: "share",
  undelivered: "count",
  amplification: "count",
  providerErrorRate: "share",
  blocked: "share",
  recoveryMs: "time",
  recoveryCensored: null,
  backlogMax: "count",
  drainMs: "time",
  acceptMs: "latency",
  confirmMs: "latency",
  readLagMs: "latency",
  readCaughtUpMs: "time",
  polls: "count",
  pollErrorRate: "share",
  statusMs: "latency",
  sessionMs: "latency",
  unknownMs: "latency",
  disturbedConfirmMs: "latency",
  freshKeys: "count",
};

const latencyFields: Readonly<Record<keyof Latency, MetricUnit>> = {
  count: "count",
  mean: "time",
  p50: "time",
  p95: "time",
  p99: "time",
  max: "time",
};

/** Units of the metrics that a gate may name, such as `recoveryMs` and `acceptMs.p95`. */
const gateUnits: ReadonlyMap<string, MetricUnit> = new Map(
  Object.entries(runMetrics).flatMap(([name, unit]): readonly (readonly [string, MetricUnit])[] => {
    if (unit === null) return [];
    if (unit !== "latency") return [[name, unit]];
    return Object.entries(latencyFields).map(([field, fieldUnit]) => [`${name}.${field}`, fieldUnit]);
  }),
);

/** The composite and its sub-scores, all of them points. */
export const scoreFigures = ["composite", "stability", "delivery", "cost", "constraints", "design"] as const;

/** Units of the figures beside them. */
const otherUnits: ReadonlyMap<string, MetricUnit> = new Map([
  ...scoreFigures.map((name): [string, MetricUnit] => [name, "points"]),
  ["effectiveMonthlyUsd", "money"],
]);

/** The metrics of a run that a gate may name: every number that its metrics hold. */
export const metricNames: readonly string[] = [...gateUnits.keys()];

/** Figures of which more is better; of which neither more nor less is; of every other less is. */
const moreIsBetter: ReadonlySet<string> = new Set([
  ...scoreFigures,
  "accepted",
  "delivered",
  "deliveryRate",
  "blocked",
]);
const neither: ReadonlySet<string> = new Set(["offered", "declined", "polls", "freshKeys"]);

/** Which way a figure is better: a metric, a sub-score, or `violations.…`. Of a latency's count neither way is. */
export function betterWay(figure: string): Better {
  if (neither.has(figure) || figure.endsWith(".count")) return null;
  return moreIsBetter.has(figure) ? "higher" : "lower";
}

/** The unit of a metric; of one that is not known, a count. */
export function metricUnit(metric: string): MetricUnit {
  return gateUnits.get(metric) ?? costMetricUnit(metric) ?? otherUnits.get(metric) ?? "count";
}

/**
 * The value of a metric of one run, in its own unit.
 * @returns null for a latency of nothing, and for a metric that the run could not have
 */
export function readMetric(metrics: Metrics, metric: string): number | null {
  let value: unknown = metrics;
  for (const name of metric.split(".")) {
    value =
      typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  }
  return typeof value === "number" ? value : null;
}

const formatters: Readonly<Record<MetricUnit, (value: number) => string>> = {
  time: formatDuration,
  share: formatShare,
  money: formatUsd,
  points: formatCount,
  count: formatCount,
};

/** A metric's value for a reader: `2.05 s`, `3.3 %`; `none` for the value of nothing. */
export function formatMetric(metric: string, value: number | null): string {
  return value === null ? "none" : formatters[metricUnit(metric)](value);
}

/** A difference of a metric, with its sign: `+270 ms`, `−1.2 %`, `0`. */
export function signedMetric(metric: string, difference: number): string {
  if (difference === 0) return formatMetric(metric, 0);
  return `${difference > 0 ? "+" : "−"}${formatMetric(metric, Math.abs(difference))}`;
}
