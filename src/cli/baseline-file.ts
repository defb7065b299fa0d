import { constants } from "node:fs";
import { access, lstat, writeFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { packageVersion } from "../document/package-files.js";
import { printable } from "../document/printable.js";
import type { Design, JudgedDesign } from "../evaluation/design.js";
import type { EvaluationOptions } from "../evaluation/options.js";
import { UsageError } from "../evaluation/usage-error.js";
import { isProblemPath } from "../problem/load.js";
import {
  type Baseline,
  type BaselineOptions,
  type BaselineSubject,
  baselineOf,
  baselineText,
} from "../scoring/baseline/baseline.js";

/** A file's path from the current folder, with slashes, so that `./a.json` and `a.json` are one design. */
function namedPath(file: string): string {
  return relative(process.cwd(), resolve(file)).split(sep).join("/");
}

/** A judged design under the names that a baseline keeps. */
export function subjectOf({ result, samples }: JudgedDesign, { problem, file }: Design): BaselineSubject {
  const { name, sha256 } = problem;
  return { problem: namedProblem(name), problemSha256: sha256, canvas: namedPath(file), result, samples };
}

/** A built-in problem's id as it is; the path of a file as a path that cannot be taken for an id. */
function namedProblem(name: string): string {
  if (!isProblemPath(name)) return name;
  const path = namedPath(name);
  return isProblemPath(path) ? path : `./${path}`;
}

/** The options of a run as a baseline keeps them. */
export function baselineOptionsOf({
  seed,
  seeds,
  decide,
  scale,
  scenarios,
  strict,
}: EvaluationOptions): BaselineOptions {
  return {
    seed,
    seeds,
    decide,
    ...(scale === undefined ? {} : { scale }),
    ...(scenarios === undefined ? {} : { scenarios: [...scenarios] }),
    strict: strict === true,
  };
}

/** The baseline of designs, by this version of the tool. */
export function newBaseline(options: BaselineOptions, subjects: readonly BaselineSubject[]): Baseline {
  return baselineOf({ name: "chini-bench", version: packageVersion() }, options, subjects);
}

/**
 * Sees to it that a baseline can be written where none is yet: nobody wants to learn of it after the simulation.
 * @throws UsageError when the file exists, or its folder cannot be written to
 */
export async function requireNewFile(file: string): Promise<void> {
  const name = printable(file);
  if (await exists(file)) throw alreadyThere(name);
  try {
    await access(dirname(resolve(file)), constants.W_OK);
  } catch (error) {
    throw cannotWrite(name, error);
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw cannotWrite(printable(file), error);
  }
}

/**
 * Writes the baseline of a run, unless a design of it is not valid.
 * @throws UsageError when the file has come to exist meanwhile, or cannot be written
 */
export async function writeNewBaseline(
  file: string,
  options: BaselineOptions,
  subjects: readonly BaselineSubject[],
): Promise<void> {
  if (subjects.some(({ result }) => result.verdict === "invalid")) {
    process.stderr.write(`${printable(file)} is not written: a canvas could not be run\n`);
    return;
  }
  await writeBaseline(file, newBaseline(options, subjects), "wx");
}

/**
 * Writes a baseline to its file: with `wx` a new one, with `w` over the old one.
 * @throws UsageError when it cannot be written
 */
export async function writeBaseline(file: string, baseline: Baseline, flag: "wx" | "w"): Promise<void> {
  try {
    await writeFile(file, baselineText(baseline), { flag });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "EEXIST"
      ? alreadyThere(printable(file))
      : cannotWrite(printable(file), error);
  }
}

function alreadyThere(name: string): UsageError {
  return new UsageError([`${name} exists; \`chini-bench baseline update ${name}\` renews it`]);
}

/** The fault of a file that cannot be written; any other error is not ours to explain. */
function cannotWrite(name: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error : new UsageError([`cannot write ${name}: ${code}`]);
}
