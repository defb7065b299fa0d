import { z } from "zod";
import { shortText } from "../canvas/canvas.schema.js";
import { mostSeeds, mostWorkers } from "../evaluation/options.js";

const word = shortText(1_000);
const words = z.array(word).min(1).max(1_000);

/** Designs and the problem that they have to pass. */
export const gateSchema = z.strictObject({
  /** A built-in problem's id, or a problem file relative to the configuration. */
  problem: word,
  /** Canvas files or patterns such as `design/*.json`, relative to the configuration; `!` in front takes files out. */
  canvases: words,
  /** Gates beside the problem's own, such as `acceptMs.p95 <= 300ms`. */
  metrics: words.optional(),
  /** Ids of the scenarios to run; all of the problem's when left out. */
  scenarios: words.optional(),
});

/** The configuration: what `run` does without arguments, and defaults of its options. */
export const configSchema = z.strictObject({
  /** For editors. */
  $schema: z.string().optional(),
  gates: z.array(gateSchema).min(1).max(1_000).optional(),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  seeds: z.int().min(1).max(mostSeeds).optional(),
  decide: z.enum(["interval", "mean"]).optional(),
  strict: z.boolean().optional(),
  workers: z.int().min(1).max(mostWorkers).optional(),
  scale: z.number().gt(0).optional(),
  /** As `--baseline`: what designs are compared with; relative to the configuration. */
  baseline: word.optional(),
  /** As `--fail-on-regression`; needs `baseline`. */
  failOnRegression: z.boolean().optional(),
  /** As `--reporter`: `table`, `html=report.html`; files relative to the configuration. */
  reporters: words.optional(),
});
