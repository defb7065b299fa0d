import { z } from "zod";
import { assumptionSchema, findingSchema } from "../compile/assumption.schema.js";
import {
  componentMetricsSchema,
  disturbanceSchema,
  latencyHistogramSchema,
  metricsSchema,
  timelineSchema,
  traceStepSchema,
} from "../scenarios/measurement.schema.js";

import { baselineComparisonSchema } from "./baseline/comparison.schema.js";

const nullable = z.number().nullable();

/** What made a criterion or an invariant fail, with its numbers. */
export const causeSchema = z.object({ component: z.string().optional(), message: z.string() });

/** Lower and upper end of a 95 % confidence interval of a mean over seeds. */
const intervalSchema = z.tuple([z.number(), z.number()]);

/** Intervals by the number's name, such as `acceptMs.p95`; one that fewer than two seeds have a value for has none. */
const intervalsSchema = z.record(z.string(), intervalSchema);

/** What a component did, and what its reasons and its cost are computed from. */
const componentResultSchema = componentMetricsSchema.extend({
  /** Largest number of arrivals in one second. */
  peakArrivalsPerS: z.number(),
  /** Mean time a call held its slot, milliseconds. */
  meanHoldMs: nullable,
  /** Room for waiting calls, or a queue's capacity; null when there is no limit. */
  queueLimit: nullable,
  /** Only with several seeds: then every number above is the mean. */
  intervals: intervalsSchema.optional(),
});

export const scenarioResultSchema = z.object({
  id: z.string(),
  kind: z.string(),
  label: z.string().optional(),
  pass: z.boolean(),
  /** Why the scenario could not be run as meant; absent when it was. */
  impossible: z.string().optional(),
  stability: z.number(),
  /** Virtual time at which the run ended. */
  endMs: z.number(),
  /** Events the engine handled, of all seeds together. */
  events: z.int(),
  /** The run hit the event limit; with several seeds one of its runs did. */
  truncated: z.boolean(),
  /** With several seeds the mean of each number. */
  metrics: metricsSchema,
  /** Only with several seeds: of `stability` and of each number of `metrics`. */
  intervals: intervalsSchema.optional(),
  components: z.array(componentResultSchema),
  /** Absent when nothing was disturbed. */
  disturbance: disturbanceSchema.optional(),
  /** Of the first seed. */
  timeline: timelineSchema,
  /** Of the first seed. */
  histograms: z.object({ acceptMs: latencyHistogramSchema, confirmMs: latencyHistogramSchema }),
});

export const criterionSchema = z.object({
  id: z.string(),
  scenario: z.string().nullable(),
  metric: z.string(),
  /** Such as `<= 500`. */
  expected: z.string(),
  /** With several seeds the mean; null when a seed had no value, for then there is none. */
  actual: nullable,
  /** Only with several seeds. */
  interval: intervalSchema.optional(),
  pass: z.boolean(),
  /** `inconclusive`: the limit lies inside the interval. */
  verdict: z.enum(["pass", "fail", "inconclusive"]),
  /** Absent when it passed; with several seeds that of the first seed that failed. */
  cause: causeSchema.optional(),
});

export const invariantResultSchema = z.object({
  id: z.string(),
  scenario: z.string(),
  violations: z.int(),
  exposure: z.int(),
  verdict: z.enum(["pass", "fail", "inconclusive"]),
  /** Absent when it was not broken. */
  cause: causeSchema.optional(),
  examples: z.array(
    z.object({
      intent: z.int(),
      /** Only with several seeds. */
      seed: z.int().optional(),
      trace: z.array(traceStepSchema),
    }),
  ),
});

export const costSchema = z.object({
  budgetMonthlyUsd: nullable,
  declaredMonthlyUsd: z.number(),
  effectiveMonthlyUsd: z.number(),
  /** If the busiest second of the planned arrivals, in any scenario, lasted all month. */
  peakMonthlyUsd: z.number(),
  /** The same of the quietest second. */
  offPeakMonthlyUsd: z.number(),
  components: z.array(z.object({ id: z.string(), declared: z.number(), floor: z.number(), effective: z.number() })),
});

/** A field of the canvas that was not run as its file has it. */
export const setFieldSchema = z.object({
  /** Id of a component or connection, a point, and the field's names with points between. */
  path: z.string(),
  /** Any JSON value; null where the field was removed. */
  value: z.unknown(),
});

/** What `--json` prints for one canvas. */
export const resultSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  problem: z.string(),
  canvas: z.object({
    name: z.string().nullable(),
    file: z.string(),
    /** Of the file's bytes, whatever was set. */
    sha256: z.string(),
    /** In the order in which it was asked for; absent when the canvas was run as its file has it. */
    set: z.array(setFieldSchema).optional(),
  }),
  seeds: z.array(z.int()),
  /** Share of the full load that was asked for; absent when problem and canvas were run as their files state them. */
  scale: z.number().optional(),
  verdict: z.enum(["pass", "fail", "inconclusive", "invalid"]),
  score: z.object({
    composite: z.int(),
    stability: z.number(),
    delivery: z.number(),
    cost: z.number(),
    constraints: z.number(),
    design: z.number(),
    /** Only with several seeds: of the composite before it is rounded, and of the sub-scores. */
    intervals: intervalsSchema.optional(),
  }),
  criteria: z.array(criterionSchema),
  invariants: z.array(invariantResultSchema),
  scenarios: z.array(scenarioResultSchema),
  findings: z.array(findingSchema),
  assumptions: z.array(assumptionSchema),
  cost: costSchema,
  /** What the input files hold that has no effect or may not be meant. */
  warnings: z.array(z.string()),
  /** The command that makes this result again. */
  repeat: z.string(),
  /** Only with `--baseline`: the design beside what the baseline says of it. */
  baseline: baselineComparisonSchema.optional(),
});
