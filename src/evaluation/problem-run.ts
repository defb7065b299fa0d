import { nearestName } from "../document/nearest.js";
import { printable } from "../document/printable.js";
import { invariants } from "../invariants/index.js";
import { type LoadedProblem, loadProblem } from "../problem/load.js";
import type { Problem } from "../problem/problem.js";
import { scaledProblem, scaleOf } from "../problem/scale.js";
import { checkGates } from "../scoring/gates.js";
import { parseMetricExpression } from "../scoring/metric-expression.js";
import type { EvaluationOptions } from "./options.js";
import { UsageError } from "./usage-error.js";

/** A problem as designs are judged by it. */
export interface ProblemRun {
  /** As it was asked for, an id or a file; it goes into the line that repeats a run. */
  readonly name: string;
  /** SHA-256 of the problem file's bytes, in hexadecimal. */
  readonly sha256: string;
  /** At the load that it is run under. */
  readonly problem: Problem;
  /** Times the load of the problem's file, and so of the canvases'. */
  readonly loadFactor: number;
}

/** A load so many times the file's, or so small a part of it, is a slip of the keyboard. */
const mostScaling = 10_000;

/**
 * Loads a problem and checks what its schema cannot.
 * @throws InputError with every fault of the file
 * @throws UsageError when a gate cannot be judged
 */
export async function loadCheckedProblem(name: string): Promise<LoadedProblem> {
  const loaded = await loadProblem(name);
  const faults = gateFaults(loaded);
  if (faults.length > 0) throw new UsageError(faults);
  return loaded;
}

/**
 * Loads a problem, checks what its schema cannot, and puts it under the load that is asked for.
 * @throws InputError with every fault of the file
 * @throws UsageError when a gate cannot be judged, a scenario is not the problem's, or an option does not fit it
 */
export async function loadProblemRun(name: string, options: EvaluationOptions): Promise<ProblemRun> {
  return problemRunOf(name, await loadProblem(name), options);
}

/** {@link loadProblemRun} for a problem that is loaded already. */
export function problemRunOf(name: string, loaded: LoadedProblem, options: EvaluationOptions): ProblemRun {
  const faults = [
    ...gateFaults(loaded),
    ...extraGateFaults(options.gates ?? []),
    ...scenarioFaults(loaded.problem, options.scenarios ?? []),
  ];
  const highestSeed = Number.MAX_SAFE_INTEGER - (options.seeds - 1);
  if (options.seed > highestSeed) faults.push(`seeds ${options.seeds}: the first seed is at most ${highestSeed}`);
  if (faults.length > 0) throw new UsageError(faults);
  const { sha256 } = loaded;
  const problem = withGates(loaded.problem, options.gates ?? []);
  if (options.scale === undefined) return { name, sha256, problem, loadFactor: 1 };
  const loadFactor = loadFactorOf(problem, options.scale);
  return { name, sha256, problem: scaledProblem(problem, loadFactor), loadFactor };
}

function loadFactorOf(problem: Problem, scale: number): number {
  const loadFactor = scale / scaleOf(problem);
  if (loadFactor >= 1 / mostScaling && loadFactor <= mostScaling) return loadFactor;
  const most = mostScaling * scaleOf(problem);
  const least = scaleOf(problem) / mostScaling;
  throw new UsageError([`scale ${scale}: ${problem.id} can be run at a scale from ${least} to ${most}`]);
}

/** What is wrong with the problem's gates, as lines with their places in the file. */
function gateFaults(loaded: LoadedProblem): string[] {
  return checkGates(loaded.problem, [...invariants.keys()]).map(({ pointer, message }) => {
    const position = loaded.lineOf(pointer);
    const place = position === undefined ? "" : `:${position.line}:${position.column}`;
    return printable(`${loaded.file}${place} ${pointer}: ${message}`);
  });
}

/** What is wrong with gates that were given beside the problem's. */
function extraGateFaults(gates: readonly string[]): readonly string[] {
  return gates.flatMap((gate) => {
    const parsed = parseMetricExpression(gate);
    if (parsed.ok) return [];
    return [printable(`gate "${gate}", character ${parsed.fault.offset + 1}: ${parsed.fault.message}`)];
  });
}

/** The problem with gates added to its own, each of them once. */
function withGates(problem: Problem, gates: readonly string[]): Problem {
  if (gates.length === 0) return problem;
  const metrics = new Set([...(problem.criteria?.metrics ?? []), ...gates.map((gate) => gate.trim())]);
  return { ...problem, criteria: { ...problem.criteria, metrics: [...metrics] } };
}

/** Scenarios that were asked for and that the problem does not have. */
export function scenarioFaults(problem: Problem, asked: readonly string[]): readonly string[] {
  const ids = problem.scenarios.map((scenario) => scenario.id);
  return asked
    .filter((id) => !ids.includes(id))
    .map((id) => `${problem.id} has no scenario ${wordName(printable(id), nearestName(id, ids), ids)}`);
}

/** A name that is none of the allowed, with the nearest of them. */
export function wordName(found: string, nearest: string | null, allowed: readonly string[]): string {
  const suggestion = nearest === null ? "." : `; did you mean "${nearest}"?`;
  return `"${found}"${suggestion} Allowed: ${allowed.join(", ")}.`;
}
