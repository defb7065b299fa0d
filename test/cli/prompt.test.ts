import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadProblem } from "../../src/problem/load.js";
import { promptFor } from "../../src/prompt/prompt.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const id = "chini-002-checkout";

describe("chini-bench prompt", () => {
  it("prints both prompts under headings, and the hash on standard error", async () => {
    const { code, stdout, stderr } = await run(["prompt", id]);
    const { system, user, sha256 } = promptFor((await loadProblem(id)).problem);
    expect(code).toBe(0);
    expect(stdout).toBe(`# System\n\n${system}\n\n# User\n\n${user}\n`);
    expect(stderr).toBe(`${id}: SHA-256 of both prompts ${sha256}\n`);
  });

  it("--part prints one of them; the hash is that of both with a line feed between", async () => {
    const [system, user] = await Promise.all(["system", "user"].map((part) => run(["prompt", id, "--part", part])));
    const texts = [system, user].map((ended) => ended?.stdout.replace(/\n$/, ""));
    const sha256 = createHash("sha256").update(texts.join("\n")).digest("hex");
    expect(texts[0]).toMatch(/^You design systems\./);
    expect(texts[1]).toMatch(/^Problem: E-commerce checkout/);
    expect([system?.stderr, user?.stderr]).toEqual(Array(2).fill(`${id}: SHA-256 of both prompts ${sha256}\n`));
  });

  it("--json prints the same as data and nothing else", async () => {
    const { code, stdout, stderr } = await run(["prompt", id, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const prompt = promptFor((await loadProblem(id)).problem);
    expect(JSON.parse(stdout)).toEqual({ schemaVersion: 1, ...prompt });
    expect(Object.keys(JSON.parse(stdout))).toEqual(["schemaVersion", "problem", "system", "user", "sha256"]);
  });

  it("works with a user's own problem", async () => {
    const { code, stdout } = await run(["prompt", "examples/my-shop.json", "--part", "user"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Problem: Payments at 5 a second\n/);
    expect(stdout).toContain("`acceptMs.p95 <= 300ms`");
  });

  it("shows an example that validates", async () => {
    const { stdout } = await run(["prompt", id, "--part", "system"]);
    const example = stdout.slice(stdout.indexOf("## Example of the format") + "## Example of the format".length).trim();
    const file = directory.write("example.json", example);
    const checked = await run(["validate", file]);
    expect(checked).toEqual({ code: 0, stdout: `ok  ${file}: 3 components, 2 connections\n`, stderr: "" });
  });

  it.each([
    [["prompt", "chini-02-checkout"], 'did you mean "chini-002-checkout"?'],
    [["prompt", "none.json"], "no such file"],
    [["prompt", id, "--part", "assistant"], "Allowed choices are system, user."],
    [["prompt", id, "--part", "user", "--json"], "cannot be used with"],
    [["prompt"], "missing required argument 'problem'"],
  ])("refuses %j: exit 2 and nothing on standard output", async (argv, message) => {
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("refuses a problem whose gates do not read, with the place", async () => {
    const problem = JSON.parse(readFileSync("examples/my-shop.json", "utf8"));
    problem.invariants = ["no-double-charges"];
    const file = directory.write("own.json", JSON.stringify(problem, null, 2));
    const { code, stdout, stderr } = await run(["prompt", file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /own\.json:\d+:\d+ \/invariants\/0: unknown invariant "no-double-charges"; did you mean "no-double-charge"\?/,
    );
  });
});
