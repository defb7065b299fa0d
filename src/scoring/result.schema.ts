import { z } from "zod";
import { assumptionSchema, findingSchema } from "../compile/assumption.schema.js";
import { componentMetricsSchema, metricsSchema, timelineSchema, traceStepSchema } from "../scenarios/measurement.schema.js";

const nullable = z.number().nullable();

export const scenarioResultSchema = z.object({
  id: z.string(),
  kind: z.string(),
  label: z.string().optional(),
  pass: z.boolean(),
  stability: z.number(),
  /** Virtual time at which the run ended. */
  endMs: z.number(),
  /** Events the engine handled. */
  events: z.int(),
  /** The run hit the event limit. */
  truncated: z.boolean(),
  metrics: metricsSchema,
  components: z.array(componentMetricsSchema),
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
  /** What made it fail, with its numbers; absent when it passed. */
  cause: z.object({ component: z.string().optional(), message: z.string() }).optional(),
});

export const invariantResultSchema = z.object({
  id: z.string(),
  scenario: z.string(),
  violations: z.int(),
  exposure: z.int(),
  verdict: z.enum(["pass", "fail", "inconclusive"]),
  examples: z.array(z.object({ intent: z.int(), trace: z.array(traceStepSchema) })),
});

export const costSchema = z.object({
  budgetMonthlyUsd: nullable,
  declaredMonthlyUsd: z.number(),
  effectiveMonthlyUsd: z.number(),
  components: z.array(
    z.object({ id: z.string(), declared: z.number(), floor: z.number(), effective: z.number() }),
  ),
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
});
