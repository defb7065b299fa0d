import { readdir, realpath, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { printable } from "../document/printable.js";
import { UsageError } from "../evaluation/usage-error.js";

/** Most canvases of one command: the JSON of a canvas takes up to 1.4 MB, and one string of 512 MB must hold it all. */
export const mostCanvases = 300;

/** A canvas file as it was named, and the file behind every link, by which it is the same as another. */
export interface CanvasFile {
  readonly file: string;
  readonly identity: string;
}

/**
 * The files that a command line names: files as they are, folders as every `*.json` below, sorted by path. What is named
 * twice, or is linked to, is taken once. A file that does not exist is kept: loading it says so.
 * @throws UsageError when a folder cannot be read or holds no JSON file, or when there are too many files
 */
export async function findCanvasFiles(paths: readonly string[]): Promise<readonly CanvasFile[]> {
  const found = new Map<string, CanvasFile>();
  const faults: string[] = [];
  for (const path of paths) {
    const files = (await isFolder(path)) ? await filesBelow(path, faults) : [path];
    for (const file of files) {
      const identity = await identityOf(file);
      if (!found.has(identity)) found.set(identity, { file, identity });
    }
    if (found.size > mostCanvases) {
      faults.push(`more than ${mostCanvases} canvases; compare fewer at once, such as one folder after the other`);
      break;
    }
  }
  if (faults.length > 0) throw new UsageError(faults);
  return [...found.values()];
}

/** The file behind every link; where it does not exist, where it would be. */
export function identityOf(file: string): Promise<string> {
  return realpath(file).catch(() => resolve(file));
}

export async function isFolder(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status?.isDirectory() === true;
}

async function filesBelow(folder: string, faults: string[]): Promise<readonly string[]> {
  const files: string[] = [];
  try {
    await collect(folder, new Set(), files);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    faults.push(`cannot read the folder ${printable(path ?? folder)}: ${code}`);
    return [];
  }
  if (files.length === 0) faults.push(`no *.json file in the folder ${printable(folder)} or below`);
  // By code unit, as sort does: the order must not hang on the machine's language.
  return files.sort();
}

/** Collects every `*.json` below a folder, each folder once: a link may lead back to one that it stands in. */
async function collect(folder: string, visited: Set<string>, files: string[]): Promise<void> {
  const identity = await realpath(folder);
  if (visited.has(identity)) return;
  visited.add(identity);
  for (const { name } of (await readdir(folder, { withFileTypes: true })).sort(byName)) {
    if (files.length > mostCanvases) return;
    if (name.startsWith(".") || name === "node_modules") continue;
    const path = join(folder, name);
    if (await isFolder(path)) await collect(path, visited, files);
    else if (/\.json$/i.test(name)) files.push(path);
  }
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}
