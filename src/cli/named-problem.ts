import { existsSync } from "node:fs";
import { InputError } from "../document/input-error.js";
import { printable } from "../document/printable.js";
import type { EvaluationOptions } from "../evaluation/options.js";
import { loadProblemRun, type ProblemRun } from "../evaluation/problem-run.js";
import { UsageError } from "../evaluation/usage-error.js";
import { isProblemPath } from "../problem/load.js";

/**
 * The problem that a command line names before its canvases.
 * @throws InputError with every fault of the problem's file
 * @throws UsageError when it does not fit the options, or canvas and problem have changed places
 */
export async function loadNamedProblem(
  name: string,
  canvases: readonly string[],
  options: EvaluationOptions,
): Promise<ProblemRun> {
  try {
    return await loadProblemRun(name, options);
  } catch (error) {
    const id = canvases.find((canvas) => !isProblemPath(canvas) && !existsSync(canvas));
    if (!(error instanceof InputError) || !isProblemPath(name) || id === undefined) throw error;
    throw new UsageError([
      `${printable(name)} is no problem file, and there is no canvas ${printable(id)}; the problem stands first: ${printable(id)} ${printable(name)}`,
    ]);
  }
}
