import { type LoadedCanvas, parseCanvas } from "../canvas/load.js";
import type { Design } from "../evaluation/design.js";
import { evaluate as evaluateDesigns } from "../evaluation/evaluate.js";
import type { EvaluationOptions } from "../evaluation/options.js";
import { loadProblemRun, type ProblemRun, problemRunOf } from "../evaluation/problem-run.js";
import { Workers } from "../parallel/workers.js";
import type { LoadedProblem } from "../problem/load.js";
import type { Report } from "../report/report.js";
import { evaluationOptions } from "./check-options.js";

/** A canvas in memory, valid or not. */
export interface CanvasSource {
  /** Names it in messages and in its result, as a file's name does. */
  readonly name: string;
  /** The text of its JSON, or the value. */
  readonly json: string | object;
}

/** What {@link evaluate} is told after each run. */
export interface Progress {
  /** Runs that are done, this one included, and runs in all. */
  readonly done: number;
  readonly total: number;
  /** The canvas's file or name, the run's id (`payment-outage:blackhole`), and its seed. */
  readonly canvas: string;
  readonly run: string;
  readonly seed: number;
}

/** What {@link evaluate} is asked for; what is left out is as on the command line. */
export interface EvaluateRequest {
  /** A built-in problem's id, the path of a problem file, or a loaded problem. */
  readonly problem: string | LoadedProblem;
  /** Each the path of a canvas file, a loaded canvas, or one in memory; at least one. */
  readonly canvases: readonly (string | LoadedCanvas | CanvasSource)[];
  /** First seed of all randomness, from 0; 42 when left out. */
  readonly seed?: number | undefined;
  /** Replications, 1 to 1,000, each with the next seed; 1 when left out. */
  readonly seeds?: number | undefined;
  /** What decides a criterion over several seeds; its 95 % interval when left out. */
  readonly decide?: EvaluationOptions["decide"] | undefined;
  /** Ids of the scenarios to run; all of the problem's when left out. */
  readonly scenarios?: readonly string[] | undefined;
  /** Refuse to infer what a canvas does not state. */
  readonly strict?: boolean | undefined;
  /** Gates beside the problem's own, such as `acceptMs.p95 <= 300ms`. */
  readonly gates?: readonly string[] | undefined;
  /** Share of the full load to run at, above 0; the files' own when left out. */
  readonly scale?: number | undefined;
  /** Threads to simulate on, 1 to 256, 1 for none; one per processor where the work is long when left out. */
  readonly workers?: number | undefined;
  /** Told after each run; what it throws ends the evaluation. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Simulates and judges canvases by one problem, as `chini-bench run` does. What comes out does not depend on the number
 * of threads, and threads that were started are gone when the promise settles. A canvas that cannot be used makes no
 * error: its design has the verdict `invalid`, `faults`, and findings in its result, and the others are judged.
 *
 * @returns one design per canvas, in the same order, ready for `render`
 * @throws InputError when the problem is not valid, with every fault
 * @throws UsageError when an option is out of range, or the problem has no such scenario or a gate that cannot be judged
 * @throws RunFault when the program itself fails in the middle of a run; it holds the command that repeats it
 */
export async function evaluate(request: EvaluateRequest): Promise<Report> {
  const options = evaluationOptions(request, request.workers);
  const problem = await problemRun(request.problem, options);
  const workers = new Workers(options.workers);
  let total = 0;
  let done = 0;
  try {
    const designs = request.canvases.map((canvas) => designOf(problem, canvas));
    return {
      designs: await evaluateDesigns(designs, options, workers, {
        begun: (runs) => {
          total = runs;
        },
        ran: ({ file }, { id, seed }) => {
          done++;
          request.onProgress?.({ done, total, canvas: file, run: id, seed });
        },
      }),
    };
  } finally {
    await workers.close();
  }
}

function problemRun(problem: string | LoadedProblem, options: EvaluationOptions): Promise<ProblemRun> | ProblemRun {
  if (typeof problem === "string") return loadProblemRun(problem, options);
  return problemRunOf(problemName(problem), problem, options);
}

/** By what a problem can be asked for again. */
export function problemName({ builtIn, problem, file }: LoadedProblem): string {
  return builtIn ? problem.id : file;
}

type GivenCanvas = EvaluateRequest["canvases"][number];

/** What a canvas is called, in place of a file or as one. */
export function fileOf(canvas: GivenCanvas): string {
  if (typeof canvas === "string") return canvas;
  return "canvas" in canvas ? canvas.file : canvas.name;
}

function designOf(problem: ProblemRun, canvas: GivenCanvas): Design {
  const file = fileOf(canvas);
  if (typeof canvas === "string") return { problem, file };
  return { problem, file, load: () => ("canvas" in canvas ? canvas : parseCanvas(canvas.json, file)) };
}
