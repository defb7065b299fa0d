import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The key of a package.json that holds a configuration. */
export const packageKey = "chini-bench";

/** The largest configuration, or package.json with one, in bytes. */
export const maxConfigBytes = 1_000_000;

const extensions = ["json", "js", "mjs", "cjs", "ts", "mts", "cts"] as const;

/** The names a configuration may have, the first found in a folder being the one that counts. */
export const configNames: readonly string[] = [
  ...extensions.map((extension) => `chini-bench.config.${extension}`),
  "package.json",
];

/**
 * Finds the configuration that holds for a folder: in it, or in the nearest folder above it up to the root of its git
 * repository. Outside of a repository nothing above is looked at, for a folder such as /tmp belongs to everybody.
 * @returns the file's path; null when there is none
 * @throws InputError when a file of these names cannot be read, or a package.json on the way is not JSON
 */
export async function findConfig(from: string): Promise<string | null> {
  const folders = foldersFrom(from);
  const candidates = folders.flatMap((folder) => configNames.map((name) => join(folder, name))).filter(existsSync);
  // The library costs 7 ms, a look at the names nothing.
  if (candidates.length === 0) return null;
  const { lilconfig } = await import("lilconfig");
  const { loadDocument } = await import("../document/document.js");
  const json = async (file: string) => (await loadDocument(relative(process.cwd(), file), maxConfigBytes)).value;
  const found = async (file: string) => ({ file });
  const finder = lilconfig(packageKey, {
    searchPlaces: [...configNames],
    stopDir: folders.at(-1)!,
    ignoreEmptySearchPlaces: false,
    packageProp: [packageKey],
    // What a file holds is read later, with its places; here only a package.json is looked into.
    loaders: {
      ".json": (file) => (file.endsWith("package.json") ? json(file) : found(file)),
      ...Object.fromEntries(extensions.slice(1).map((extension) => [`.${extension}`, found])),
    },
  });
  try {
    return (await finder.search(from))?.filepath ?? null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    // What the system says of a folder that has a file's name tells neither; reading it as our files are read tells both.
    const { readSource } = await import("../document/read.js");
    for (const file of candidates) await readSource(relative(process.cwd(), file), maxConfigBytes);
    throw error;
  }
}

/** The folder and those above it, up to the root of its repository. */
function foldersFrom(from: string): readonly string[] {
  const folders = [from];
  while (!existsSync(join(folders.at(-1)!, ".git"))) {
    const parent = dirname(folders.at(-1)!);
    if (parent === folders.at(-1)) return [from];
    folders.push(parent);
  }
  return folders;
}
