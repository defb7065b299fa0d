import type { Canvas } from "../canvas/canvas.js";
import type { LoadedCanvas } from "../canvas/load.js";
import type { Fault, Position } from "../document/fault.js";
import type { Problem } from "../problem/problem.js";
import type { Result } from "../scoring/result.js";
import type { Samples } from "../scoring/samples.js";
import type { ProblemRun } from "./problem-run.js";

/** What is to be judged: the canvas of a file, by a problem. */
export interface Design {
  readonly problem: ProblemRun;
  /** Names the canvas in messages and in the line that repeats its result. */
  readonly file: string;
  /**
   * Where the canvas comes from; when left out it is read from the file.
   * @throws InputError with every fault, which makes the design invalid
   */
  load?(): LoadedCanvas;
}

/** A design with what came of it. */
export interface JudgedDesign {
  /** At the load that it was run under. */
  readonly problem: Problem;
  readonly result: Result;
  /** As it was run; null when the file holds no valid canvas, or with `strict` one that leaves something to infer. */
  readonly canvas: Canvas | null;
  /** What makes the canvas invalid, in the order of the file; none when it is valid. */
  readonly faults: readonly Fault[];
  /** What each seed showed; empty when the canvas could not be run. */
  readonly samples: Samples;
  /** Where the file says what a component is, line and column from 1; undefined when it has no such component. */
  positionOf(component: string): Position | undefined;
}
