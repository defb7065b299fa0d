import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { packagePath } from "../src/document/package-files.js";
import { outputOf } from "./shell.js";

/** What `npm publish` would send. */
export interface Archive {
  /** Path of the tarball. */
  readonly file: string;
  /** Paths within the package, sorted. */
  readonly paths: readonly string[];
  readonly unpackedBytes: number;
}

/** Packs the built package into a folder, as `chini-bench.tgz`; npm is not asked to build it again. */
export async function packInto(folder: string): Promise<Archive> {
  const pack = `npm pack --ignore-scripts --json --pack-destination "${resolve(folder)}"`;
  const [packed] = JSON.parse(await outputOf(pack, packagePath())) as readonly [
    { readonly filename: string; readonly unpackedSize: number; readonly files: readonly { readonly path: string }[] },
  ];
  const file = join(folder, "chini-bench.tgz");
  await outputOf(`mv "${packed.filename}" chini-bench.tgz`, folder);
  return { file, paths: packed.files.map(({ path }) => path).sort(), unpackedBytes: packed.unpackedSize };
}

/** Installs the tarball in a new folder, with the packages that it depends on. */
export async function installInto(folder: string, archive: Archive): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // Without it npm would look for a project in the folders above.
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await outputOf(`npm install "${resolve(archive.file)}"`, folder);
}
