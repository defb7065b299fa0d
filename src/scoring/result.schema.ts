import { z } from "zod";
import { assumptionSchema, findingSchema } from "../compile/assumption.schema.js";
import {
  componentMetricsSchema,
  metricsSchema,
  timelineSchema,
  traceStepSchema,
} from "../scenarios/measurement.schema.js";

const nullable = z.number().nullable();

/** What made a criterion or an invariant fail, with its numbers. */
export const causeSchema = z.object({ component: z.string().optional(), message: z.string() });

/** What a component did, and what its reasons and its cost are computed from. */
const componentResultSchema = componentMetricsSchema.extend({
  /** Largest number of arrivals in one second. */
  peakArrivalsPerS: z.number(),
  /** Mean time a call held its slot, milliseconds. */
  meanHoldMs: nullable,
  /** Room for waiting calls, or a queue's capacity; null when there is no limit. */
  queueLimit: nullable,
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
  /** Events the engine handled. */
  events: z.int(),
  /** The run hit the event limit. */
  truncated: z.boolean(),
  metrics: metricsSchema,
  components: z.array(componentResultSchema),
  timeline: timelineSchema,
});

export const criterionSchema = z.object({
  id: z.string(),
  scenario: z.string().nullable(),
  metric: z.string(),
  /** Such as `<= 500`. */
  expected: z.string(),
  actual: nullable,
  pass: z.boolean(),
  /** Absent when it passed. */
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
  examples: z.array(z.object({ intent: z.int(), trace: z.array(traceStepSchema) })),
});

export const costSchema = z.object({
  budgetMonthlyUsd: nullable,
  declaredMonthlyUsd: z.number(),
  effectiveMonthlyUsd: z.number(),
  components: z.array(z.object({ id: z.string(), declared: z.number(), floor: z.number(), effective: z.number() })),
});

/** What `--json` prints for one canvas. */
export const resultSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  problem: z.string(),
  canvas: z.object({ name: z.string().nullable(), file: z.string(), sha256: z.string() }),
  seeds: z.array(z.int()),
  verdict: z.enum(["pass", "fail", "inconclusive", "invalid"]),
  score: z.object({
    composite: z.int(),
    stability: z.number(),
    delivery: z.number(),
    cost: z.number(),
    constraints: z.number(),
    design: z.number(),
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
});
