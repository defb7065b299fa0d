import { z } from "zod";
import { resultSchema, setFieldSchema } from "../result.schema.js";

const gateVerdict = z.enum(["pass", "fail", "inconclusive"]);

/** Any JSON values; null where the field was removed. */
const values = z.array(z.unknown());

/** A field that was tried at several values. */
export const sweptPathSchema = z.object({
  path: z.string(),
  /** In the order in which they were tried; numbers ascend. */
  values,
});

/** One variant of the canvas. */
export const sweepRowSchema = z.object({
  /** Index of the design in the report, and so of its result. */
  design: z.int(),
  /** One per swept path, in their order. */
  values,
  verdict: z.enum(["pass", "fail", "inconclusive", "invalid"]),
  /** Null when the variant could not be run; so are the figures that follow. */
  composite: z.int().nullable(),
  /** US dollars a month. */
  effectiveMonthlyUsd: z.number().nullable(),
  /** Criteria that failed. */
  missed: z.int().nullable(),
  /** Invariants that were broken, counted once in each scenario. */
  broken: z.int().nullable(),
});

/** What one criterion or invariant said of one variant. */
export const readingSchema = z.object({
  verdict: gateVerdict,
  /** The metric in its own unit, null for none; of an invariant its violations. */
  actual: z.number().nullable(),
});

/** Neighbouring values of a path, the others held, at which a gate said the same. */
export const runSchema = z.object({
  verdict: gateVerdict,
  /** At least one. */
  values,
  /** One per value. */
  actuals: z.array(z.number().nullable()),
});

/** A gate along one path, from its first value to its last; it turns where one run ends and the next begins. */
export const courseSchema = z.object({
  path: z.string(),
  /** The values of the other swept paths. */
  held: z.array(setFieldSchema),
  /** Empty when no variant on the way could be run. */
  runs: z.array(runSchema),
});

/** A criterion or an invariant over all variants. */
export const sweptGateSchema = z.object({
  kind: z.enum(["criterion", "invariant"]),
  id: z.string(),
  /** Null for a gate of the whole canvas. */
  scenario: z.string().nullable(),
  /** Of an invariant, `violations.<id>`. */
  metric: z.string(),
  /** Such as `<= 500`. */
  expected: z.string(),
  /** One per row; null where the variant could not be run, or has no such gate. */
  readings: z.array(readingSchema.nullable()),
  courses: z.array(courseSchema),
});

/** One canvas at every combination of values that were tried. */
export const sweepSchema = z.object({
  file: z.string(),
  name: z.string().nullable(),
  paths: z.array(sweptPathSchema),
  /** What was set to one value for all variants. */
  fixed: z.array(setFieldSchema),
  rows: z.array(sweepRowSchema),
  gates: z.array(sweptGateSchema),
  /** The command that makes the whole sweep again. */
  repeat: z.string(),
});

/** What `run --json` prints for several designs. */
export const resultsSchema = z.object({
  schemaVersion: z.literal(1),
  /** Designs that are variants of one file, beside each other; absent when there are none. */
  sweeps: z.array(sweepSchema).optional(),
  /** In the order of the command line, or of the configuration. */
  results: z.array(resultSchema),
});
