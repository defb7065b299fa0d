import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { run } from "../fixtures/binary.js";

const problem = "chini-002-checkout";
const reference = `canvases/${problem}/reference.json`;

describe("a command line that cannot be meant so", () => {
  it.each<[argv: readonly string[], line: string]>([
    [
      ["run", reference],
      `no canvas to run ${reference} on; name one, as chini-bench run ${reference} design.json; ` +
        `if it is the canvas: chini-bench run <problem> ${reference}`,
    ],
    [["run", problem], `no canvas to run ${problem} on; name one, as chini-bench run ${problem} design.json`],
    [
      ["run", reference, problem],
      `${reference} is no problem file, and there is no canvas ${problem}; the problem stands first: ${problem} ${reference}`,
    ],
    [
      ["compare", reference, problem],
      `${reference} is no problem file, and there is no canvas ${problem}; the problem stands first: ${problem} ${reference}`,
    ],
    [
      ["run", problem, "canvases/", reference],
      "canvases is a folder; run takes files, as canvases/*.json; compare takes folders, too",
    ],
  ])("%j is refused with what was probably meant", async (argv, line) => {
    expect(await run(argv)).toEqual({ code: 2, stdout: "", stderr: `${line}\n` });
  });

  it.runIf(existsSync("/dev/full"))("a full disk is not a fault of the program", () => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, ["dist/bin/chini-bench.js", "list"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect([status, stderr]).toEqual([2, "cannot write the output: ENOSPC: no space left on device, write\n"]);
  });
});
