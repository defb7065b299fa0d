import type { Canvas } from "../canvas/canvas.js";
import type { Problem } from "../problem/problem.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";

/** One figure that a closed form gives. */
export interface OracleMeasure {
  /** What it is, with its unit, such as `mean wait, ms`. */
  readonly name: string;
  readonly theory: number;
  /** Largest relative error that is accepted, a share. */
  readonly tolerance: number;
  /** Reads the observed figure from a run. */
  read(run: ScenarioMeasurement): number;
}

/** A system whose figures are known, as a canvas and a problem that anybody could write. */
export interface Oracle {
  /** Such as `M/M/1, λ 0.8, μ 1`. */
  readonly system: string;
  readonly canvas: Canvas;
  readonly problem: Problem;
  readonly measures: readonly OracleMeasure[];
  /** Nothing is left to chance: the tolerance decides alone, and one run is enough. */
  readonly deterministic?: true;
}
