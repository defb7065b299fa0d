import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { beforeAll, describe, expect, it } from "vitest";
import { type Archive, packInto } from "../../scripts/pack.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const folder = temporaryDirectory();

/** Everything that may be published. */
const wanted: readonly RegExp[] = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^docs\/(cli|fidelity|library|model|problems|reference|tutorial)\.md$/,
  /^dist\/bin\/chini-bench\.js$/,
  /^dist\/src\/[a-z0-9/-]+\.(js|d\.ts)$/,
  /^dist\/src\/report\/html\/chart-library\.LICENSES\.txt$/,
  /^dist\/validators\/[a-z]+\.cjs$/,
  /^templates\/(completion\/)?[a-z.-]+\.(json|yml|bash|zsh|fish)$/,
  /^schemas\/[a-z]+\.schema\.json$/,
  /^problems\/[a-z0-9-]+\.json$/,
  /^canvases\/[a-z0-9-]+\/((wrong|variants)\/)?[a-z0-9-]+\.json$/,
];

const needed = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "canvases/chini-002-checkout/reference.json",
  "dist/bin/chini-bench.js",
  "dist/src/index.d.ts",
  "dist/src/index.js",
  "dist/src/parallel/worker.js",
  "dist/src/report/html/chart-library.LICENSES.txt",
  "dist/src/report/html/chart-library.js",
  "dist/validators/canvas.cjs",
  "dist/validators/problem.cjs",
  "docs/cli.md",
  "docs/library.md",
  "docs/model.md",
  "package.json",
  "problems/chini-002-checkout.json",
  "schemas/canvas.schema.json",
  "schemas/problem.schema.json",
  "schemas/result.schema.json",
  "templates/chini-bench.config.json",
];

describe("the packed package", () => {
  let archive: Archive;
  let tarball: Buffer;
  beforeAll(async () => {
    archive = await packInto(folder.path);
    tarball = readFileSync(archive.file);
  });

  it("holds what is needed and nothing else", () => {
    expect(archive.paths.filter((path) => !wanted.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(needed.filter((path) => !archive.paths.includes(path))).toEqual([]);
  });

  // Of the unpacked bytes the validators are about half, the charts a tenth.
  it("is no larger than it must be", () => {
    expect(archive.unpackedBytes).toBeLessThan(7_000_000);
    expect(tarball.length).toBeLessThan(1_200_000);
  });

  it("has nothing that publint objects to", async () => {
    const exact = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) as ArrayBuffer;
    const { messages } = await publint({ pack: { tarball: exact }, strict: true });
    expect(messages).toEqual([]);
  });

  it("has types that resolve to what runs, for ES modules and for bundlers", async () => {
    const check = await checkPackage(createPackageFromTarballData(tarball));
    if (check.types === false) throw new Error("the package has no types");
    const { resolutions } = check.entrypoints["."]!;
    for (const kind of ["node16-esm", "bundler"] as const) {
      expect(resolutions[kind].resolution?.fileName).toBe("/node_modules/chini-bench/dist/src/index.d.ts");
      expect(resolutions[kind].implementationResolution?.fileName).toBe("/node_modules/chini-bench/dist/src/index.js");
    }
    // It is for ES modules only: CommonJS, and the resolution of before `exports`, are not to find it.
    const spared = ["node10", "node16-cjs"];
    const problems = check.problems.filter(
      (problem) => !("resolutionKind" in problem && spared.includes(problem.resolutionKind)),
    );
    expect(problems).toEqual([]);
  });
});
