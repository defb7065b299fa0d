import { z } from "zod";
import { resultSchema } from "../result.schema.js";

/** Lower and upper end of a 95 % confidence interval; absent with fewer than two seeds. */
const interval = z.tuple([z.number(), z.number()]).optional();

const rankedSchema = z.object({
  /** From 1; designs that nothing tells apart share it. Null for a canvas that could not be run. */
  rank: z.int().nullable(),
  /** The shortest part of the file's name that no other has. */
  label: z.string(),
  file: z.string(),
  verdict: z.enum(["pass", "fail", "inconclusive", "invalid"]),
  /** Scenario runs that it passed, and one more for the gates of the whole canvas. */
  passes: z.int(),
  outOf: z.int(),
  /** Mean over the seeds, not rounded; null for a canvas that could not be run. */
  composite: z.number().nullable(),
  interval,
  effectiveMonthlyUsd: z.number().nullable(),
  /** No other design has as high a composite (to a tenth) at as low a cost (to three digits), one of them better. */
  onFront: z.boolean(),
});

const figureDifferenceSchema = z.object({
  /** Id of the scenario run; null for a figure of the whole design. */
  scenario: z.string().nullable(),
  figure: z.string(),
  /** The design's less the reference's, mean over the seeds; null where a seed has no value for one of them. */
  difference: z.number().nullable(),
  interval,
  word: z.enum(["better", "worse", "different", "no difference shown", "unknown"]),
});

/** What `compare --json` prints; designs are named by their files. */
export const comparisonSchema = z.object({
  schemaVersion: z.literal(1),
  comparison: z.object({
    problem: z.string(),
    seeds: z.array(z.int()),
    /** The file of the design that the others are compared with; null when none could be run. */
    reference: z.string().nullable(),
    /** The best first. */
    ranking: z.array(rankedSchema),
    /** Of every other design that could be run, in the order of the ranking. */
    differences: z.array(z.object({ label: z.string(), file: z.string(), figures: z.array(figureDifferenceSchema) })),
    /** The command that makes this comparison again. */
    repeat: z.string(),
  }),
  /** In the order of the command line. */
  results: z.array(resultSchema),
});
