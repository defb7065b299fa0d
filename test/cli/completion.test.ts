import { execFile } from "node:child_process";
import { chmodSync, readdirSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { reporterNames } from "../../src/report/index.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const problems = readdirSync("problems")
  .map((name) => name.replace(".json", ""))
  .sort();
const scenarios = ["baseline", "flash-sale", "payment-slow", "payment-outage"];

/** What is offered for the last word, `:files` where a file may stand. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await run(["complete", "--", ...words]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0]!);
}

describe("the words that are offered", () => {
  it("are commands with what they do, hidden ones left out, and the program's own options", async () => {
    const { stdout } = await run(["complete", "--", ""]);
    expect(stdout).toContain("\nlist\tlist the built-in problems\n");
    expect(stdout).not.toContain("complete\t");
    expect(await offered("sche")).toEqual(["schema"]);
    expect(await offered("help", "sche")).toEqual(["schema"]);
    expect(await offered("--no")).toEqual(["--no-color"]);
    expect(await offered("nonsense", "")).toEqual([]);
  });

  it("are problems or files, then files", async () => {
    expect(await offered("run", "")).toEqual([...problems, ":files"]);
    expect(await offered("run", "--quiet", "--seed", "4", "chini")).toEqual(["chini-002-checkout", ":files"]);
    expect(await offered("run", "chini-002-checkout", "a.json", "")).toEqual([":files"]);
    expect(await offered("validate", "--problem", "coffee")).toEqual(["coffee-please", ":files"]);
  });

  it("are options, and the values they may have", async () => {
    expect(await offered("run", "--sc")).toEqual(["--scenario", "--scale"]);
    expect(await offered("run", "--decide", "")).toEqual(["interval", "mean"]);
    expect(await offered("run", "--decide=m")).toEqual(["--decide=mean"]);
    expect(await offered("schema", "")).toEqual([
      "canvas",
      "config",
      "problem",
      "result",
      "results",
      "comparison",
      "baseline",
    ]);
    expect(await offered("run", "--seed", "")).toEqual([]);
    expect(await offered("run", "--config", "")).toEqual([":files"]);
    expect(await offered("run", "--gate", "drop")).toEqual(["dropped", "dropRate"]);
    expect(await offered("run", "--reporter", "")).toEqual(reporterNames);
  });

  it("are the scenarios of the problem that is named, built-in or a file", async () => {
    expect(await offered("run", "chini-002-checkout", "a.json", "--scenario", "")).toEqual(scenarios);
    expect(await offered("run", "problems/chini-002-checkout.json", "--scenario", "pay")).toEqual(scenarios.slice(2));
    expect(await offered("run", "--scenario", "")).toEqual([]);
    expect(await offered("run", "unknown", "--scenario", "")).toEqual([]);
  });

  it("go on behind =, which bash takes for a word of its own", async () => {
    expect(await offered("run", "--reporter", "=", "js")).toContain("json");
    expect(await offered("run", "--reporter", "=")).toEqual(reporterNames);
    expect(await offered("run", "--reporter", "json", "=")).toEqual([":files"]);
    expect(await offered("run", "--reporter", "json", "=", "out")).toEqual([":files"]);
    expect(await offered("run", "--reporter=json=out")).toEqual([":files"]);
    expect(await offered("run", "--reporter", "json", "=", "out.json", "chini")).toEqual([
      "chini-002-checkout",
      ":files",
    ]);
  });

  it("hold nothing that a terminal would obey", async () => {
    const problem = directory.write(
      "evil.json",
      JSON.stringify({
        id: "evil",
        title: "Evil",
        workload: { ratePerS: 1, durationMs: 1 },
        scenarios: [{ id: "one", kind: "baseline", label: "a\u001b[31m\nb" }],
      }),
    );
    const { stdout } = await run(["complete", "--", "run", problem, "--scenario", ""]);
    expect(stdout).toBe("one\ta\\u001b[31m\\u000ab\n");
  });
});

describe("completion <shell>", () => {
  it("prints a script for each shell, and refuses others", async () => {
    for (const shell of ["bash", "zsh", "fish"]) {
      const { code, stdout, stderr } = await run(["completion", shell]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("chini-bench complete -- ");
    }
    expect((await run(["completion", "tcsh"])).code).toBe(2);
  });

  it("completes in a real bash, and runs nothing that stands on the line", async () => {
    const binary = directory.write(
      "bin/chini-bench",
      `#!/bin/sh\nexec "${process.execPath}" "${resolve("dist/bin/chini-bench.js")}" "$@"\n`,
    );
    chmodSync(binary, 0o755);
    directory.write("work/design/my canvas.json", "{}");
    const work = join(directory.path, "work");
    const lines = [
      ["chini-bench", "ru"],
      ["chini-bench", "run", "chini-0"],
      ["chini-bench", "run", "chini-002-checkout", "des"],
      ["chini-bench", "run", "chini-002-checkout", "design/"],
      ["chini-bench", "run", "chini-002-checkout", "--scenario", "pay"],
      ["chini-bench", "run", "--reporter", "=", "js"],
      ["chini-bench", "run", "$(touch stolen)", "--decide", ""],
    ];
    const quoted = lines.map((words) => `try ${words.map((word) => `'${word}'`).join(" ")}`);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash's
    const print = 'echo "${COMPREPLY[*]}"';
    const script = [
      "source <(chini-bench completion bash)",
      `try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _chini_bench chini-bench; (IFS="|"; ${print}); }`,
      ...quoted,
      "complete -p chini-bench",
    ].join("\n");
    const { stdout } = await promisify(execFile)("bash", ["--norc", "-c", script], {
      cwd: work,
      env: { ...process.env, PATH: `${join(directory.path, "bin")}${delimiter}${process.env.PATH}` },
    });
    expect(stdout.split("\n")).toEqual([
      "run",
      "chini-002-checkout",
      "design",
      "design/my canvas.json",
      "payment-slow|payment-outage",
      expect.stringMatching(/^json/),
      "interval|mean",
      "complete -F _chini_bench chini-bench",
      "",
    ]);
    expect(readdirSync(work)).toEqual(["design"]);
  });
});
