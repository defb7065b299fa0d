import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type JsonDocument, loadDocument, parseDocument } from "../document/document.js";
import { createFault, type Position, sortFaults } from "../document/fault.js";
import { InputError } from "../document/input-error.js";
import { nearestName } from "../document/nearest.js";
import { packagePath } from "../document/package-files.js";
import { schemaFaults } from "../document/validate.js";
import type { Problem } from "./problem.js";
import { problemFaults } from "./problem-faults.js";

/** Largest problem file, in bytes. */
const maxProblemBytes = 1_000_000;

/** A valid problem and the file it came from. */
export interface LoadedProblem {
  readonly problem: Problem;
  readonly file: string;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  /** It came with the package, rather than from the user. */
  readonly builtIn: boolean;
  /** Line and column, from 1, of the value at a JSON pointer; undefined when there is none. */
  lineOf(pointer: string): Position | undefined;
}

/** A row of the list of problems. */
export interface ProblemSummary {
  readonly id: string;
  readonly title: string;
  readonly scenarios: readonly string[];
  readonly maxComponents: number | null;
  readonly requiredBehaviors: readonly string[];
  readonly monthlyBudgetUsd: number | null;
}

/** The directory of the problems that come with the package. */
function builtInDirectory(): string {
  return packagePath("problems");
}

async function idsIn(directory: string): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function loadFile(file: string, builtIn: boolean): Promise<LoadedProblem> {
  return problemOf(await loadDocument(file, maxProblemBytes), builtIn);
}

function problemOf(document: JsonDocument, builtIn: boolean): LoadedProblem {
  const faults = [...schemaFaults(document, "problem"), ...problemFaults(document)];
  if (faults.length > 0) throw new InputError(sortFaults(faults));
  return {
    // The schema is generated from the one that the type comes from, and the document has passed it.
    problem: document.value as unknown as Problem,
    file: document.file,
    sha256: document.sha256,
    builtIn,
    lineOf: (pointer) => document.positionOf(pointer),
  };
}

function unknownProblem(id: string, allowed: readonly string[]): InputError {
  const suggestion = nearestName(id, allowed);
  const detail = { code: "unknown-problem", found: id, allowed } as const;
  const place = { file: id, pointer: "", position: null };
  return new InputError([createFault(place, suggestion === null ? detail : { ...detail, suggestion })]);
}

/** Whether a problem is named by a path: with a slash or backslash, or ending in `.json`. */
export function isProblemPath(name: string): boolean {
  return /[\\/]|\.json$/i.test(name);
}

/**
 * Loads a built-in problem by its id, or a user's own by its path: a name with a slash or backslash, or ending in
 * `.json`, or that no built-in problem but a file has.
 *
 * @param directory where the built-in problems are
 * @throws InputError with every fault of the file, or naming the ids there are
 */
export async function loadProblem(idOrPath: string, directory = builtInDirectory()): Promise<LoadedProblem> {
  if (isProblemPath(idOrPath)) return loadFile(idOrPath, false);
  const ids = await idsIn(directory);
  if (ids.includes(idOrPath)) return loadFile(join(directory, `${idOrPath}.json`), true);
  if (await isFile(idOrPath)) return loadFile(idOrPath, false);
  throw unknownProblem(idOrPath, ids);
}

/**
 * {@link loadProblem} for a problem in memory: the text of its JSON, or the value.
 *
 * @param name stands where a file's name would: in messages, and in the line that repeats a result
 * @throws InputError with every fault
 * @throws TypeError when the value cannot be written as JSON
 */
export function parseProblem(json: string | object, name = "problem"): LoadedProblem {
  return problemOf(parseDocument(json, name, maxProblemBytes), false);
}

/**
 * The built-in problems, sorted by id.
 *
 * @throws InputError when one of them is not valid
 */
export async function listProblems(directory = builtInDirectory()): Promise<readonly ProblemSummary[]> {
  const ids = await idsIn(directory);
  const loaded = await Promise.all(ids.map((id) => loadFile(join(directory, `${id}.json`), true)));
  return loaded.map(({ problem }) => ({
    id: problem.id,
    title: problem.title,
    scenarios: problem.scenarios.map((scenario) => scenario.id),
    maxComponents: problem.constraints?.maxComponents ?? null,
    requiredBehaviors: problem.constraints?.requiredBehaviors ?? [],
    monthlyBudgetUsd: problem.constraints?.monthlyBudgetUsd ?? null,
  }));
}
