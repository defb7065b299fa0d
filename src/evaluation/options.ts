import type { Decision } from "../scoring/replications/criterion.js";

/** Most replications: at some seconds each, an evening's work. */
export const mostSeeds = 1000;

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
}

/** The seeds of the replications: numbers that follow one another. */
export function seedsOf({ seed, seeds }: EvaluationOptions): readonly number[] {
  return Array.from({ length: seeds }, (_, index) => seed + index);
}
