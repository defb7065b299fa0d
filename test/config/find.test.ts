import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findConfig } from "../../src/config/find.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();

describe("findConfig", () => {
  it("finds none where there is none", async () => {
    directory.write("none/readme.md", "");
    expect(await findConfig(join(directory.path, "none"))).toBeNull();
  });

  it("takes JSON before JavaScript before TypeScript before a package.json in the same folder", async () => {
    const folder = join(directory.path, "order");
    const write = (name: string, text: string) => directory.write(`order/${name}`, text);
    const manifest = write("package.json", '{ "chini-bench": {} }');
    expect(await findConfig(folder)).toBe(manifest);
    const typescript = write("chini-bench.config.ts", "");
    expect(await findConfig(folder)).toBe(typescript);
    const javascript = write("chini-bench.config.js", "");
    expect(await findConfig(folder)).toBe(javascript);
    const json = write("chini-bench.config.json", "");
    expect(await findConfig(folder)).toBe(json);
  });

  it("looks upwards to the root of the repository, past a package.json without the key", async () => {
    const config = directory.write("repository/chini-bench.config.json", "{}");
    directory.write("repository/web/package.json", '{ "devDependencies": { "chini-bench": "1" } }');
    mkdirSync(join(directory.path, "repository/.git"));
    mkdirSync(join(directory.path, "repository/web/src"));
    expect(await findConfig(join(directory.path, "repository/web/src"))).toBe(config);
  });

  it("takes nothing from above a repository's root, and outside of a repository nothing from above at all", async () => {
    directory.write("above/chini-bench.config.json", "{}");
    mkdirSync(join(directory.path, "above/repository/.git"), { recursive: true });
    expect(await findConfig(join(directory.path, "above/repository"))).toBeNull();
    mkdirSync(join(directory.path, "above/plain"));
    expect(await findConfig(join(directory.path, "above/plain"))).toBeNull();
  });

  it("says which of the names is a folder", async () => {
    mkdirSync(join(directory.path, "folder/chini-bench.config.js"), { recursive: true });
    await expect(findConfig(join(directory.path, "folder"))).rejects.toThrow(
      /folder\/chini-bench\.config\.js: is a directory, not a file/,
    );
  });

  it("refuses a package.json that is not JSON, with its place", async () => {
    directory.write("broken/package.json", "{ x }");
    await expect(findConfig(join(directory.path, "broken"))).rejects.toThrow(
      /package\.json:1:3: not valid JSON: unexpected "x"/,
    );
  });
});
