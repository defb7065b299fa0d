import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reporterNames } from "../../src/report/index.js";
import type { Result } from "../../src/scoring/result.js";
import { run } from "../fixtures/binary.js";
import { junitFaults, xmlValues } from "../fixtures/junit-schema.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const problem = "chini-002-checkout";
const reference = `canvases/${problem}/reference.json`;
const wrong = `canvases/${problem}/wrong/new-key-per-attempt.json`;
const quick = ["--scenario", "baseline"];
const directory = temporaryDirectory();

/** The line of the wrong canvas on which a component begins, from 1. */
function lineOf(component: string): number {
  const lines = readFileSync(wrong, "utf8").split("\n");
  return lines.findIndex((line) => line.includes(`"id": "${component}"`)) + 1;
}

describe("run --reporter", () => {
  it("writes one report to standard output and others to files, whose folders it makes", async () => {
    const folder = join(directory.path, "made", "twice");
    const files = ["json", "junit", "markdown", "github"].map((name) => `${name}=${join(folder, `${name}.txt`)}`);
    const reporters = ["jsonl", ...files].flatMap((choice) => ["--reporter", choice]);
    const { code, stdout, stderr } = await run(["run", problem, reference, wrong, ...quick, ...reporters]);
    expect([code, stderr]).toEqual([1, ""]);
    const read = (name: string) => readFileSync(join(folder, `${name}.txt`), "utf8");
    const results = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Result);
    expect(results.map(({ verdict }) => verdict)).toEqual(["pass", "fail"]);
    expect((JSON.parse(read("json")) as { results: Result[] }).results).toEqual(results);
    expect(junitFaults(read("junit"))).toEqual([]);
    expect(xmlValues(read("junit"), "//testsuite/@name")).toEqual([reference, wrong]);
    expect(read("markdown")).toMatch(/^<!-- chini-bench -->\n## ❌ FAIL: 1 of 2 designs pass, 1 fail\n/);
    const psp = `::error file=${wrong},line=${lineOf("psp")},col=5,title=psp%3A broken no-double-charge (${problem})::19 `;
    expect(read("github")).toContain(psp);
  });

  it("keeps a report in a file whole under --quiet, which shortens what is printed", async () => {
    const [file, other] = [join(directory.path, "quiet.txt"), join(directory.path, "loud.txt")];
    const quiet = await run(["run", problem, wrong, ...quick, "--quiet", "--reporter", `table=${file}`]);
    const loud = await run(["run", problem, wrong, ...quick, "--reporter", `table=${other}`]);
    expect(readFileSync(file, "utf8")).toBe(readFileSync(other, "utf8"));
    expect(quiet.stdout.length).toBeLessThan(loud.stdout.length / 2);
  });

  it("names every reporter in its help", async () => {
    const { stdout } = await run(["run", "--help"]);
    for (const name of reporterNames) expect(stdout).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it("writes the same bytes twice", async () => {
    const written = async (folder: string) => {
      const files = ["junit", "markdown", "github"].map((name) => [name, join(directory.path, folder, name)] as const);
      const reporters = files.flatMap(([name, file]) => ["--reporter", `${name}=${file}`]);
      await run(["run", problem, wrong, ...quick, ...reporters]);
      return files.map(([, file]) => readFileSync(file, "utf8"));
    };
    expect(await written("first")).toEqual(await written("second"));
  });

  it.each<[what: string, file: () => string, mend: string]>([
    ["a folder", () => directory.path, "it is a folder; name a file in it"],
    [
      "a file's inside",
      () => join(directory.write("plain", ""), "x.json"),
      "a part of its path is a file, not a folder",
    ],
  ])("says what to do about %s in the place of its file", async (_what, file, mend) => {
    const name = file();
    const { code, stderr } = await run(["run", problem, reference, ...quick, "--reporter", `json=${name}`]);
    expect([code, stderr]).toEqual([2, `cannot write ${name}: ${mend}\n`]);
  });
});

describe("run on GitHub Actions", () => {
  const summary = () => directory.write("summary.md", "before\n");

  it("prints annotations below the table and adds a summary", async () => {
    const file = summary();
    const environment = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file, GITHUB_WORKSPACE: process.cwd() };
    const { code, stdout } = await run(["run", problem, wrong, ...quick], environment);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}/);
    expect(stdout).toMatch(
      /\nRepeat .*\n +canvases.*\n::error file=[^\n]*no-double-charge[^\n]*\n::error [^\n]*missed errors[^\n]*\n::w/,
    );
    expect(readFileSync(file, "utf8")).toMatch(/^before\n<!-- chini-bench -->\n## ❌ FAIL: /);
  });

  it("keeps standard output to a machine's format when that was asked for", async () => {
    const file = summary();
    const environment = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file };
    const { stdout } = await run(["run", problem, wrong, ...quick, "--json"], environment);
    expect((JSON.parse(stdout) as Result).verdict).toBe("fail");
    expect(readFileSync(file, "utf8")).toBe("before\n");
  });

  it("has no annotation for a design that passes, but a summary", async () => {
    const file = join(directory.path, "fresh.md");
    const { code, stdout } = await run(["run", problem, reference, ...quick], {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: file,
    });
    expect(code).toBe(0);
    expect(stdout).not.toContain("::");
    expect(readFileSync(file, "utf8")).toContain("## ✅ PASS: ");
  });

  it("says so when the summary is full, and goes on", async () => {
    const file = directory.write("full.md", "");
    writeFileSync(file, "x".repeat(1024 * 1024 - 10));
    const { code, stderr } = await run(["run", problem, reference, ...quick], {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: file,
    });
    expect([code, stderr]).toEqual([0, `GITHUB_STEP_SUMMARY: no summary, for ${file} is full\n`]);
    expect(readFileSync(file, "utf8")).toHaveLength(1024 * 1024 - 10);
  });

  it("lets no command for the runner out of a canvas", async () => {
    const canvas = JSON.parse(readFileSync(reference, "utf8")) as { name: string };
    const name = `${"w".repeat(40)} ::add-mask::pass ##[error]x`;
    const file = directory.write("command.json", JSON.stringify({ ...canvas, name }));
    const { stdout } = await run(["run", problem, file, ...quick, "--reporter", "table"], {
      GITHUB_ACTIONS: "true",
      COLUMNS: "60",
    });
    expect(stdout).toContain(": :add-mask");
    expect(stdout.split("\n").filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
  });

  it("is not taken for it elsewhere, though the reporter works there", async () => {
    const { stdout } = await run(["run", problem, wrong, ...quick]);
    expect(stdout).not.toContain("::error");
    const asked = await run(["run", problem, wrong, ...quick, "--quiet", "--reporter", "github"]);
    expect(asked.stdout).toMatch(/^FAIL [\s\S]*\n::error file=/);
  });
});
