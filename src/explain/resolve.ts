import { nearestName } from "../document/nearest.js";
import { type MetricExpression, parseMetricExpression } from "../scoring/metric-expression.js";
import { catalogue, entriesWithId } from "./catalogue.js";
import { behaviorCriterion, criterionAliases } from "./criteria.js";
import type { Entry } from "./entry.js";
import { isLatency, unitOf } from "./metrics.js";
import { latencyFields } from "./time-metrics.js";

/** Something that was asked for, explained. */
export interface Explanation {
  /** As it was asked for, without outer spaces. */
  readonly asked: string;
  readonly entries: readonly Entry[];
  /** The figure of a latency that was named, such as `p95`. */
  readonly figure?: { readonly metric: string; readonly meaning: string };
  /** The gate that was asked for. */
  readonly gate?: Gate;
}

/** How a gate reads. */
interface Gate extends Pick<MetricExpression, "metric" | "comparison" | "limit"> {
  /** In the metric's own unit. */
  readonly unit: string;
}

/** What was asked for, or why there is no such thing, as one sentence. */
export type Resolved =
  | { readonly ok: true; readonly explanation: Explanation }
  | { readonly ok: false; readonly fault: string };

/**
 * Explains an id as reports and results print it: an entry's own, a figure of a latency (`acceptMs.p95`), a whole gate
 * (`acceptMs.p95 <= 500`), or a required behaviour (`requiredBehaviors.queue`).
 */
export function resolve(text: string): Resolved {
  const asked = text.trim();
  const entries = entriesOfName(asked);
  if (entries.length > 0) return { ok: true, explanation: { asked, entries, ...figureOf(asked) } };
  if (/[<>=]/.test(asked)) return resolveGate(asked);
  const nearest = nearestName(asked, names());
  const suggestion = nearest === null ? "" : `; did you mean "${nearest}"?`;
  return { ok: false, fault: `nothing is called "${asked}"${suggestion}` };
}

function resolveGate(asked: string): Resolved {
  const parsed = parseMetricExpression(asked);
  if (!parsed.ok) {
    const { message, offset } = parsed.fault;
    return { ok: false, fault: `"${asked}" is no gate: character ${offset + 1}: ${message}` };
  }
  const { metric, comparison, limit } = parsed.expression;
  const gate = { metric, comparison, limit, unit: unitOf(metric) };
  return { ok: true, explanation: { asked, entries: entriesOfName(metric), ...figureOf(metric), gate } };
}

/** The entries that a name stands for; none for a name of nothing. */
function entriesOfName(name: string): readonly Entry[] {
  const own = entriesWithId(name);
  if (own.length > 0) return own;
  if (behaviorCriterion.test(name)) return entriesWithId("requiredBehaviors");
  const alias = criterionAliases.get(name);
  if (alias !== undefined) return entriesWithId(alias);
  return figureOf(name).figure === undefined ? [] : entriesWithId(latencyOf(name));
}

function figureOf(name: string): Pick<Explanation, "figure"> {
  const latency = latencyOf(name);
  const field = name.slice(latency.length + 1);
  if (!isLatency(latency) || !Object.hasOwn(latencyFields, field)) return {};
  return { figure: { metric: name, meaning: latencyFields[field as keyof typeof latencyFields] } };
}

/** The part before the point: `acceptMs` of `acceptMs.p95`. */
function latencyOf(name: string): string {
  return name.split(".", 1)[0] ?? name;
}

function names(): readonly string[] {
  const figures = catalogue
    .filter(({ id }) => isLatency(id))
    .flatMap(({ id }) => Object.keys(latencyFields).map((field) => `${id}.${field}`));
  return [...catalogue.map(({ id }) => id), ...criterionAliases.keys(), ...figures];
}
