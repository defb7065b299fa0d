import { z } from "zod";

const nullable = z.number().nullable();

/** A figure in the baseline and now, means over the common seeds. */
export const baselineFigureSchema = z.object({
  /** Id of the run; null for a figure of the whole design. */
  scenario: z.string().nullable(),
  figure: z.string(),
  /** Null when no seed has a value. */
  before: nullable,
  now: nullable,
  /** Mean over the common seeds of now less before; null when a seed has a value on one side only. */
  difference: nullable,
  /** Its 95 % interval, of this figure alone; absent for fewer than two common seeds. */
  interval: z.tuple([z.number(), z.number()]).optional(),
  /** By the one-sided test over all figures of the design; `unknown`: too few seeds or values to say. */
  word: z.enum(["better", "worse", "no difference shown", "unknown"]),
});

/** A design beside what a baseline says of it. */
export const baselineComparisonSchema = z.object({
  /** The baseline's file, as it was named. */
  file: z.string(),
  /** `missing`: the baseline holds no such design; `invalid`: the canvas could not be run. Nothing is compared then. */
  status: z.enum(["compared", "missing", "invalid"]),
  /** The seeds that both have. */
  seeds: z.array(z.int()),
  /** A figure or the verdict is worse, or an invariant is newly broken. */
  regressed: z.boolean(),
  /** Absent when nothing is compared. */
  verdict: z
    .object({ before: z.enum(["pass", "fail", "inconclusive"]), now: z.enum(["pass", "fail", "inconclusive"]) })
    .optional(),
  /** Invariants that held in the baseline with the common seeds, and do no longer. */
  newlyBroken: z.array(z.object({ id: z.string(), scenario: z.string(), violations: z.int() })),
  /** The figures that are looked at, of the scenarios that both have. */
  figures: z.array(baselineFigureSchema),
  /**
   * What else may make figures differ: another problem file, tool version, or options. Of a design that is missing: under
   * which other name the baseline holds it.
   */
  notes: z.array(z.string()),
});
