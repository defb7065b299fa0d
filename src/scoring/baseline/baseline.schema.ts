import { z } from "zod";

/** Bounds as those of the command line's options. */
const mostSeeds = 1000;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** By name, a value per seed; null where a seed had none. */
const figuresSchema = z.record(z.string(), z.array(z.number().nullable()));

/** What a design was run with beside the options of the whole file; as the options of `run`. */
const designOptionsSchema = z.object({
  /** Absent when all of the problem's were run. */
  scenarios: z.array(z.string()).min(1).optional(),
  /** Gates beside the problem's own, such as `acceptMs.p95 <= 300ms`; absent when there were none. */
  gates: z.array(z.string()).min(1).optional(),
});

const baselineDesignSchema = z.object({
  /** Id of a built-in problem, or the path of a problem file from the baseline's folder; such a path has a slash or `.json`. */
  problem: z.string().min(1),
  /** Of the problem file's bytes, in hexadecimal. */
  problemSha256: sha256Schema,
  /** Path of the canvas file from the baseline's folder, with slashes. */
  canvas: z.string().min(1),
  /** Of the canvas file's bytes, in hexadecimal. */
  canvasSha256: sha256Schema,
  /** Absent when all scenarios were run, with no gates beside the problem's. */
  options: designOptionsSchema.optional(),
  verdict: z.enum(["pass", "fail", "inconclusive"]),
  /** `composite` (not rounded), the sub-scores and `effectiveMonthlyUsd`. */
  figures: figuresSchema,
  /** Per run `stability`, every metric that a gate may name, and `violations.<invariant>`. */
  scenarios: z.array(z.object({ id: z.string(), figures: figuresSchema })),
});

/** Figures of designs, seed by seed, that later runs are compared with. */
export const baselineSchema = z.object({
  schemaVersion: z.literal(1),
  /** What wrote the file. */
  tool: z.object({ name: z.string(), version: z.string() }),
  /** What makes the figures again, beside problem and canvas; as the options of `run`. */
  options: z.object({
    /** The first seed; each further replication takes the next number. */
    seed: z.int().min(0),
    seeds: z.int().min(1).max(mostSeeds),
    decide: z.enum(["interval", "mean"]),
    /** Absent when problem and canvas were run as their files state them. */
    scale: z.number().positive().optional(),
    strict: z.boolean(),
    /** Canvases were taken out of the text that a model wrote around them; absent when they were not. */
    fromModelOutput: z.literal(true).optional(),
  }),
  designs: z.array(baselineDesignSchema).min(1),
});
