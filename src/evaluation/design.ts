import type { Canvas } from "../canvas/canvas.js";
import type { LoadedCanvas } from "../canvas/load.js";
import type { Edit } from "../canvas/setting.js";
import type { Fault, Position } from "../document/fault.js";
import type { Problem } from "../problem/problem.js";
import type { Result } from "../scoring/result.js";
import type { Samples } from "../scoring/samples.js";
import type { EvaluationOptions } from "./options.js";
import type { ProblemRun } from "./problem-run.js";

/** What is to be judged: the canvas of a file, by a problem. */
export interface Design {
  readonly problem: ProblemRun;
  /** Names the canvas in messages and in the line that repeats its result. */
  readonly file: string;
  /** What is changed of the file's canvas before it is run; nothing when left out. */
  readonly edits?: readonly Edit[];
  /**
   * Where the canvas comes from; when left out it is read from the file.
   * @throws InputError with every fault, which makes the design invalid
   */
  load?(): LoadedCanvas;
}

/** Designs of one problem that are judged by the same options. */
export interface DesignGroup {
  readonly designs: readonly Design[];
  readonly options: EvaluationOptions;
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
