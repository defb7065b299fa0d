import { copyFileSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const problem = "chini-002-checkout";
const reference = `canvases/${problem}/reference.json`;

describe("a report", () => {
  it.each(["run", "compare"])("is not written over what %s reads, links followed", async (command) => {
    const canvas = join(directory.path, "canvas.json");
    const own = join(directory.path, "problem.json");
    copyFileSync(reference, canvas);
    copyFileSync(`problems/${problem}.json`, own);
    const link = join(directory.path, `link-${command}.json`);
    symlinkSync(canvas, link);
    const config = directory.write("config.json", "{}");
    const reporters = [`json=${link}`, `junit=${own}`, `markdown=${config}`].flatMap((one) => ["--reporter", one]);
    const { code, stdout, stderr } = await run([command, own, canvas, "--config", config, ...reporters]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      `json would be written over ${link}, a canvas; give it a file of its own\n` +
        `junit would be written over ${own}, the problem; give it a file of its own\n` +
        `markdown would be written over ${config}, the configuration; give it a file of its own\n`,
    );
    expect(readFileSync(canvas)).toEqual(readFileSync(reference));
  });

  it("is not written over the baseline that the same run saves", async () => {
    const file = join(directory.path, "new.json");
    const flags = ["--save-baseline", file, "--reporter", `json=${file}`];
    const { code, stderr } = await run(["run", problem, reference, ...flags]);
    expect([code, stderr]).toEqual([
      2,
      `json would be written over ${file}, the new baseline; give it a file of its own\n`,
    ]);
  });
});

describe("on GitHub Actions", () => {
  it("standard error holds no command that a file's name spells", async () => {
    directory.write("::error::x.json", '{ "components": [], "connections": 1 }');
    const { stderr } = await run(["validate", "::error::x.json"], { GITHUB_ACTIONS: "true" }, directory.path);
    expect(stderr).toMatch(/^: :error::x\.json:1:/);
    expect(stderr).not.toMatch(/^::/m);
  });
});
