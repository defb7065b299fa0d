import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Ended, run, start } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const manifest = JSON.parse(readFileSync(fileURLToPath(new URL("../../package.json", import.meta.url)), "utf8")) as {
  readonly version: string;
};

/** Runs with a module loaded before the program, to break something under it. */
function runBroken(argv: readonly string[], module: string): Promise<Ended> {
  const file = directory.write("broken.mjs", module);
  return run(argv, { NODE_OPTIONS: `--import=${file}` });
}

describe("chini-bench", () => {
  it("--help prints the commands and the exit codes", async () => {
    const { code, stdout, stderr } = await run(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const text of ["validate", "list", "schema", "Exit codes:", "inconclusive", "--no-color", "--debug"]) {
      expect(stdout).toContain(text);
    }
    expect(await run(["help"])).toEqual({ code, stdout, stderr });
  });

  it("--version prints the package's version", async () => {
    expect(await run(["--version"])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it("without a command prints the help to stderr and exits 2", async () => {
    const { code, stdout, stderr } = await run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: chini-bench [options] [command]");
  });

  it.each([
    [["valdate", "x.json"], "error: unknown command 'valdate'\n(Did you mean validate?)\n"],
    [["validate", "--jsn", "x.json"], "error: unknown option '--jsn'\n(Did you mean --json?)\n"],
    [["validate"], "error: missing required argument 'canvas'\n"],
    [["list", "x"], "error: too many arguments for 'list'. Expected 0 arguments but got 1.\n"],
    [["\u001b[31mred"], "error: unknown command '\\u001b[31mred'\n"],
  ])("%j is wrong usage: exit 2", async (argv, stderr) => {
    expect(await run(argv)).toEqual({ code: 2, stdout: "", stderr });
  });
});

describe("an unexpected fault", () => {
  const module = 'JSON.stringify = () => { throw new Error("boom \\u001b[31m"); };';

  it("exits 70 and asks for a report, without a stack", async () => {
    expect(await runBroken(["list", "--json"], module)).toEqual({
      code: 70,
      stdout: "",
      stderr: [
        `chini-bench ${manifest.version} met a fault of its own: Error: boom \\u001b[31m`,
        "This is a bug, not a fault of your design. Please report it with the command line and the input files.",
        "With --debug the report can hold a stack trace.",
        "",
      ].join("\n"),
    });
  });

  it("shows the stack under --debug", async () => {
    const { code, stderr } = await runBroken(["list", "--json", "--debug"], module);
    expect(code).toBe(70);
    expect(stderr).toMatch(/\n {4}at .*broken\.mjs/);
  });

  it("outside of any command exits 70, not 1, which would mean that a design failed", async () => {
    const { code, stderr } = await runBroken(
      ["list"],
      'process.stdout.write = () => { setImmediate(() => { throw new Error("late"); }); };',
    );
    expect(code).toBe(70);
    expect(stderr).toContain("met a fault of its own: Error: late");
  });
});

describe("the streams", () => {
  it("ends quietly when the reader of stdout has gone", async () => {
    const child = start(["schema", "problem"]);
    child.stdout.destroy();
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("%s ends a long simulation at once, by the signal itself", async (signal) => {
    const problem = JSON.parse(readFileSync("problems/chini-002-checkout.json", "utf8")) as { workload: object };
    Object.assign(problem.workload, { ratePerS: 2_000, durationMs: 3_600_000 });
    const file = directory.write("endless.json", JSON.stringify(problem));
    const child = start(["run", file, "canvases/chini-002-checkout/plain.json"]);
    const ended = new Promise((resolve) => child.on("close", (code, by) => resolve({ code, by })));
    const timer = setTimeout(() => child.kill(signal), 1_500);
    expect(await ended).toEqual({ code: null, by: signal });
    clearTimeout(timer);
  });
});
