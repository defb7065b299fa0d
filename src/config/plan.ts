import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { formatFault } from "../document/fault.js";
import { InputError } from "../document/input-error.js";
import { printable } from "../document/printable.js";
import type { DesignGroup } from "../evaluation/design.js";
import type { EvaluationOptions } from "../evaluation/options.js";
import { loadProblemRun } from "../evaluation/problem-run.js";
import { UsageError } from "../evaluation/usage-error.js";
import { isProblemPath } from "../problem/load.js";
import type { GateSpec } from "./config.js";
import type { LoadedConfig } from "./load.js";

/**
 * What a configuration wants judged: an entry per gate, its canvases sorted by name and each once.
 * @param options what holds for all of them; its scenarios take the place of a gate's own, its gates come on top
 * @throws UsageError that names every gate whose problem, scenarios or canvases cannot be had
 */
export async function planGates(
  loaded: LoadedConfig,
  options: EvaluationOptions,
  workingDirectory: string,
): Promise<readonly DesignGroup[]> {
  const faults: string[] = [];
  const plans: DesignGroup[] = [];
  for (const [index, gate] of (loaded.config.gates ?? []).entries()) {
    const pointer = `/gates/${index}`;
    const own: EvaluationOptions = {
      ...options,
      scenarios: options.scenarios ?? gate.scenarios,
      gates: [...(gate.metrics ?? []), ...(options.gates ?? [])],
    };
    const canvases = await canvasesOf(loaded, gate, pointer, workingDirectory);
    faults.push(...canvases.faults);
    try {
      const problem = await loadProblemRun(problemName(loaded, gate, workingDirectory), own);
      plans.push({ designs: canvases.files.map((file) => ({ problem, file })), options: own });
    } catch (error) {
      faults.push(...problemFaults(error, loaded, pointer));
    }
  }
  if (faults.length > 0) throw new UsageError(faults);
  return plans;
}

/** A problem as the line that repeats a run names it: an id, or a path from the working directory. */
function problemName({ directory }: LoadedConfig, { problem }: GateSpec, workingDirectory: string): string {
  return isProblemPath(problem) ? relative(workingDirectory, resolve(directory, problem)) : problem;
}

function problemFaults(error: unknown, { placeOf }: LoadedConfig, pointer: string): readonly string[] {
  if (error instanceof InputError) {
    return error.faults.map((fault) => `${placeOf(`${pointer}/problem`)}: ${formatFault(fault)}`);
  }
  if (error instanceof UsageError) return error.lines.map((line) => `${placeOf(pointer)}: ${line}`);
  throw error;
}

interface Canvases {
  /** From the working directory, sorted, each once. */
  readonly files: readonly string[];
  readonly faults: readonly string[];
}

async function canvasesOf(
  { directory, placeOf }: LoadedConfig,
  { canvases }: GateSpec,
  pointer: string,
  workingDirectory: string,
): Promise<Canvases> {
  const left = canvases.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1));
  const files = new Set<string>();
  const faults: string[] = [];
  for (const [index, pattern] of canvases.entries()) {
    if (pattern.startsWith("!")) continue;
    const matches = await filesOf(pattern, left, directory);
    if (matches.length === 0) {
      const place = placeOf(`${pointer}/canvases/${index}`);
      faults.push(
        printable(`${place}: no file matches "${pattern}" in ${relative(workingDirectory, directory) || "."}`),
      );
    }
    for (const file of matches) files.add(relative(workingDirectory, resolve(directory, file)));
  }
  if (files.size === 0 && faults.length === 0) {
    faults.push(`${placeOf(`${pointer}/canvases`)}: no canvas is left; at least one pattern has to be without "!"`);
  }
  return { files: [...files].sort(), faults };
}

/** The files of a folder that a pattern matches; a name without wildcards is itself. */
async function filesOf(pattern: string, left: readonly string[], directory: string): Promise<readonly string[]> {
  // Looking a name up needs no library, which would take 20 ms.
  if (left.length === 0 && !/[*?[\]{}()!+@\\]/.test(pattern)) {
    return existsSync(resolve(directory, pattern)) ? [pattern] : [];
  }
  const { glob } = await import("tinyglobby");
  return glob([pattern], { cwd: directory, ignore: ["**/node_modules/**", ...left], expandDirectories: false });
}
