import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageName = "chini-bench";

interface PackageManifest {
  readonly name: string;
  readonly version: string;
}

function readManifest(directory: string): PackageManifest | null {
  const file = join(directory, "package.json");
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, "utf8")) as PackageManifest;
}

let found: { readonly root: string; readonly manifest: PackageManifest } | null = null;

/** Walks up from this file, as it lies at different depths in the sources and in dist/. */
function findPackage(): { readonly root: string; readonly manifest: PackageManifest } {
  if (found !== null) return found;
  let directory = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = readManifest(directory);
    if (manifest?.name === packageName) {
      found = { root: directory, manifest };
      return found;
    }
    const parent = dirname(directory);
    if (parent === directory)
      throw new Error(`no package.json of ${packageName} above ${fileURLToPath(import.meta.url)}`);
    directory = parent;
  }
}

/** The absolute path of a file or directory that the package ships. */
export function packagePath(...segments: readonly string[]): string {
  return join(findPackage().root, ...segments);
}

/** The package's version, such as `0.1.0`. */
export function packageVersion(): string {
  return findPackage().manifest.version;
}
