import { constants } from "node:fs";
import { access, lstat, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { formatFault } from "../document/fault.js";
import { InputError } from "../document/input-error.js";
import { packageVersion } from "../document/package-files.js";
import { printable } from "../document/printable.js";
import { UsageError } from "../evaluation/usage-error.js";
import {
  type Baseline,
  type BaselineOptions,
  type BaselineSubject,
  baselineOf,
  baselineText,
} from "../scoring/baseline/baseline.js";
import { loadBaseline, maxBaselineBytes } from "../scoring/baseline/load.js";
import { orUsageError } from "./outputs.js";

/**
 * Loads the baseline of a file.
 * @throws InputError with every fault of it
 * @throws UsageError when the file is missing or another kind of file, with how to make one
 */
export async function readBaseline(file: string): Promise<Baseline> {
  try {
    return await loadBaseline(file);
  } catch (error) {
    if (!(error instanceof InputError && error.faults.some(isOfNoBaseline))) throw error;
    const mend = printable(`chini-bench run … --save-baseline ${file} writes it`);
    const [{ code } = { code: "" }] = error.faults;
    const said = code === "file-missing" ? error.faults.map(formatFault) : [`${printable(file)} is not a baseline`];
    throw new UsageError([
      ...said,
      code === "file-missing" ? mend : "chini-bench run … --save-baseline <file> writes one",
    ]);
  }
}

/** The file is not there, or lacks what makes it a baseline. */
function isOfNoBaseline({ code, pointer, message }: InputError["faults"][number]): boolean {
  if (code === "file-missing") return true;
  return pointer === "" && code === "missing-property" && message.includes('"designs"');
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
  if (await exists(file)) throw alreadyThere(file);
  await orUsageError(file, () => access(dirname(resolve(file)), constants.W_OK));
}

async function exists(file: string): Promise<boolean> {
  let found = true;
  await orUsageError(file, async () => {
    await lstat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      found = false;
    });
  });
  return found;
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
  const text = textFor(file, newBaseline(options, subjects));
  await orUsageError(file, async () => {
    try {
      await writeFile(file, text, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") throw alreadyThere(file);
      // What a full disk has left of it is no baseline.
      await rm(file, { force: true });
      throw error;
    }
  });
}

/** The file's text. One that is too large to be read again is refused, as is one longer than a text can be. */
function textFor(file: string, baseline: Baseline): string {
  try {
    const text = baselineText(baseline);
    if (Buffer.byteLength(text) <= maxBaselineBytes) return text;
  } catch (error) {
    if (!(error instanceof RangeError && error.message === "Invalid string length")) throw error;
  }
  const most = `${maxBaselineBytes / 1_000_000} MB`;
  throw new UsageError([
    `cannot write ${printable(file)}: it would be larger than ${most}; keep fewer seeds or designs`,
  ]);
}

/**
 * Writes a baseline in place of the one in its file. It is written beside it and renamed, so that whatever happens
 * meanwhile one of the two is there, and whole. A link stays, and so do the file's permissions.
 * @throws UsageError when it cannot be written
 */
export async function replaceBaseline(file: string, baseline: Baseline): Promise<void> {
  const text = textFor(file, baseline);
  await orUsageError(file, async () => {
    const target = await writableFile(file);
    const { mode } = await stat(target);
    const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    try {
      // Of an earlier process of this number that was killed.
      await rm(beside, { force: true });
      const handle = await open(beside, "wx", mode);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true, recursive: true });
      throw error;
    }
  });
}

/**
 * Sees to it that a baseline can be written anew.
 * @throws UsageError when it may not be written, or nothing may be written beside it
 */
export async function requireWritable(file: string): Promise<void> {
  await orUsageError(file, async () => access(dirname(await writableFile(file)), constants.W_OK));
}

/** The file itself behind links. A rename would replace one that may not be written, too. */
async function writableFile(file: string): Promise<string> {
  const target = await realpath(file);
  await access(target, constants.W_OK);
  return target;
}

function alreadyThere(file: string): UsageError {
  const name = printable(file);
  return new UsageError([`${name} exists; \`chini-bench baseline update ${name}\` renews it`]);
}
