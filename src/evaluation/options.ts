import type { Decision } from "../scoring/replications/criterion.js";

/** Most replications: at some seconds each, an evening's work. */
export const mostSeeds = 1000;

/** Replications of a comparison that is not told how many: enough for intervals, few enough to wait for. */
export const comparisonSeeds = 5;

/** Most worker threads. */
export const mostWorkers = 256;

/** What decides about results beside the problem and the canvases. */
export interface EvaluationOptions {
  /** The first seed; each further replication takes the next number. */
  readonly seed: number;
  /** How many replications. */
  readonly seeds: number;
  /** What decides a criterion over several seeds. */
  readonly decide: Decision;
  /** Ids of the scenarios to run; all of the problem's when left out. */
  readonly scenarios?: readonly string[] | undefined;
  /** Refuse to infer what the canvas does not state. */
  readonly strict?: boolean | undefined;
  /** Share of the full load to run at; the files' own when left out. */
  readonly scale?: number | undefined;
  /** Gates beside the problem's own, as in its `criteria.metrics`: `acceptMs.p95 <= 300ms`. */
  readonly gates?: readonly string[] | undefined;
  /** Options that the environment or a configuration speaks of too: the line that repeats a run says them in any case. */
  readonly spelledOut?: readonly SpelledOption[] | undefined;
  /** Fields to set before the run, each with one value or several to try: `worker.service.concurrency=40,60`. */
  readonly settings?: readonly string[] | undefined;
  /** Take the canvas out of the text that a model wrote around it. */
  readonly fromModelOutput?: boolean | undefined;
}

/**
 * The options that the line that repeats a run leaves out where they are the program's defaults; `config` stands for a
 * configuration that was chosen, or left aside: the line says all that it holds, and reads none.
 */
export type SpelledOption = "seeds" | "decide" | "strict" | "config";

/** The seeds of the replications: numbers that follow one another. */
export function seedsOf({ seed, seeds }: EvaluationOptions): readonly number[] {
  return Array.from({ length: seeds }, (_, index) => seed + index);
}
