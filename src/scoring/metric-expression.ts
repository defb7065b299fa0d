import { nearestName } from "../document/nearest.js";
import { costMetricNames, isCostMetric } from "./cost-metric.js";
import { metricNames, metricUnit } from "./metric.js";

/** How a gate compares. */
export type Comparison = "<=" | "<" | ">=" | ">" | "==";

/** A gate on one metric, parsed: `acceptMs.p95 <= 500`. */
export interface MetricExpression {
  /** As written, without outer spaces. */
  readonly text: string;
  readonly metric: string;
  readonly comparison: Comparison;
  /** In the metric's own unit: milliseconds, a share from 0 to 1, or a count. */
  readonly limit: number;
}

/** What is wrong with a metric expression. */
interface ExpressionFault {
  readonly message: string;
  /** Where in the text it is wrong, counted from 0. */
  readonly offset: number;
  /** The nearest valid word; absent when no word was meant. */
  readonly nearest?: string;
}

export type ParsedExpression =
  | { readonly ok: true; readonly expression: MetricExpression }
  | { readonly ok: false; readonly fault: ExpressionFault };

const comparisons: Readonly<Record<Comparison, (actual: number, limit: number) => boolean>> = {
  "<=": (actual, limit) => actual <= limit,
  "<": (actual, limit) => actual < limit,
  ">=": (actual, limit) => actual >= limit,
  ">": (actual, limit) => actual > limit,
  "==": (actual, limit) => actual === limit,
};

/** A suffix: the unit it belongs to, and the factor to that unit's own measure. */
const suffixes: Readonly<Record<string, { readonly unit: "time" | "share"; readonly factor: number } | undefined>> = {
  ms: { unit: "time", factor: 1 },
  s: { unit: "time", factor: 1_000 },
  min: { unit: "time", factor: 60_000 },
  "%": { unit: "share", factor: 0.01 },
};

/** Metric, comparison, number, suffix; each group takes what stands there, right or wrong, so that a fault has a place. */
const shape = /^(\s*)([^\s<>=!]*)(\s*)([<>=!]*)(\s*)([+-]?[0-9.]*(?:e[+-]?[0-9]+)?)(\s*)(.*?)\s*$/is;
const decimal = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i;

/**
 * Parses a gate such as `acceptMs.p95 <= 500`, `recoveryMs <= 90s` or `dropRate <= 3%` and checks it:
 * the metric exists, and the number fits its unit. Nothing needs to be simulated for it.
 */
export function parseMetricExpression(source: string): ParsedExpression {
  const groups = shape.exec(source);
  if (groups === null) return fail("expected `metric <= number`", 0);
  const [, lead = "", metric = "", gap = "", comparison = "", space = "", number = "", blank = "", suffix = ""] =
    groups;
  const comparisonAt = lead.length + metric.length + gap.length;
  const numberAt = comparisonAt + comparison.length + space.length;
  const suffixAt = numberAt + number.length + blank.length;

  const metricFault = checkMetric(metric, lead.length);
  if (metricFault !== null) return metricFault;
  if (!isComparison(comparison)) {
    const found = comparison === "" ? "nothing" : `\`${comparison}\``;
    return fail(`found ${found} after ${metric}; allowed are ${Object.keys(comparisons).join(", ")}`, comparisonAt);
  }
  if (!decimal.test(number)) return fail(`expected a number after ${comparison}`, numberAt);
  const scale = checkSuffix(metric, suffix, suffixAt);
  if (typeof scale !== "number") return scale;
  // Divided, for 7 × 0.01 is 0.07 and a little more.
  const limit = scale < 1 ? Number(number) / Math.round(1 / scale) : Number(number) * scale;
  if (!Number.isFinite(limit)) return fail(`${number} is out of range`, numberAt);
  if (metricUnit(metric) === "share" && (limit < 0 || limit > 1)) {
    return fail(`${metric} is a share from 0 to 1; for a percentage write ${number} as \`${number}%\``, numberAt);
  }
  return { ok: true, expression: { text: source.trim(), metric, comparison, limit } };
}

/** Whether a value keeps the gate. The value of nothing (null) keeps none: a system that answers nobody is not fast. */
export function satisfies(actual: number | null, comparison: Comparison, limit: number): boolean {
  return actual !== null && comparisons[comparison](actual, limit);
}

/** Reads what a criterion expects, `<= 500`, as {@link satisfies} takes it; null when it is no comparison. */
export function parseExpected(expected: string): { readonly comparison: Comparison; readonly limit: number } | null {
  const [comparison = "", limit = ""] = expected.split(" ");
  return isComparison(comparison) && decimal.test(limit) ? { comparison, limit: Number(limit) } : null;
}

/**
 * Whether every value of an interval keeps the gate (pass), none does (fail), or some do (inconclusive).
 * @param low, high the ends of the interval, both within it
 */
export function satisfiesWithin(
  low: number,
  high: number,
  comparison: Comparison,
  limit: number,
): "pass" | "fail" | "inconclusive" {
  const ends = [satisfies(low, comparison, limit), satisfies(high, comparison, limit)];
  if (ends.every((end) => end)) return "pass";
  const inside = comparison === "==" && low <= limit && limit <= high;
  return inside || ends.some((end) => end) ? "inconclusive" : "fail";
}

function checkMetric(metric: string, offset: number): ParsedExpression | null {
  const names = [...metricNames, ...costMetricNames];
  if (names.includes(metric)) return null;
  if (metric === "") return fail("expected a metric", offset);
  const fields = names.filter((name) => name.startsWith(`${metric}.`));
  if (fields.length > 0) {
    const nearest = fields.find((name) => name === `${metric}.p95`) ?? fields[0]!;
    const noun = isCostMetric(nearest) ? "has several figures" : "is a latency";
    return fail(`${metric} ${noun}; name one of ${fields.join(", ")}`, offset, nearest);
  }
  const nearest = nearestName(metric, names);
  if (nearest !== null) return fail(`unknown metric "${metric}"; did you mean "${nearest}"?`, offset, nearest);
  return fail(`unknown metric "${metric}"; allowed: ${names.join(", ")}`, offset);
}

/** The factor of a suffix, or what is wrong with it. */
function checkSuffix(
  metric: string,
  suffix: string,
  offset: number,
): number | (ParsedExpression & { readonly ok: false }) {
  if (suffix === "") return 1;
  const known = Object.hasOwn(suffixes, suffix) ? suffixes[suffix] : undefined;
  if (known === undefined) {
    return fail(`unknown unit \`${suffix}\`; allowed are ${Object.keys(suffixes).join(", ")}`, offset);
  }
  const unit = metricUnit(metric);
  if (known.unit === unit) return known.factor;
  return fail(`${metric} is a ${unit}, and \`${suffix}\` is a unit of ${known.unit}`, offset);
}

function isComparison(text: string): text is Comparison {
  return Object.hasOwn(comparisons, text);
}

function fail(message: string, offset: number, nearest?: string): ParsedExpression & { readonly ok: false } {
  return { ok: false, fault: nearest === undefined ? { message, offset } : { message, offset, nearest } };
}
