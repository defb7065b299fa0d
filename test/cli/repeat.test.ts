import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { clerkCanvas, clerkProblem } from "../config/clerk.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const config = {
  gates: [
    { problem: "clerk.problem.json", canvases: ["it's a.json"], scenarios: ["steady"], metrics: ["dropRate < 2%"] },
    { problem: "./clerk.problem.json", canvases: ["b.json"] },
  ],
  seed: 7,
  seeds: 2,
  decide: "mean",
  scale: 0.5,
};

/** A folder with a problem, canvases, a model's answer and a configuration. */
function project(): string {
  directory.write("clerk.problem.json", clerkProblem);
  for (const name of ["it's a.json", "b.json", "c=d.json"]) directory.write(name, clerkCanvas);
  directory.write("answer.md", `Here it is:\n\`\`\`json\n${clerkCanvas.replace(/\}\s*$/, ",}")}\n\`\`\`\n`);
  directory.write("chini-bench.config.json", JSON.stringify(config));
  return directory.path;
}

/** What a POSIX shell makes of the line, with `--json` behind it. */
async function again(line: string, folder: string): Promise<string> {
  const binary = `'${process.execPath}' '${resolve("dist/bin/chini-bench.js")}'`;
  const command = `${line.replace(/^chini-bench/, binary)} --json`;
  const shell = promisify(execFile)("sh", ["-c", command], { cwd: folder, maxBuffer: 1e8 });
  // A design that fails makes the shell exit 1, and has a result all the same.
  return (await shell.catch((ended: { stdout: string }) => ended)).stdout;
}

interface Printed {
  readonly repeat?: string;
  readonly results?: readonly { readonly repeat: string }[];
  readonly comparison?: { readonly repeat: string };
  readonly sweeps?: readonly { readonly repeat: string }[];
}

async function printed(argv: readonly string[], environment: Record<string, string> = {}) {
  const { stdout } = await run([...argv, "--json"], environment, project());
  return { stdout, ...(JSON.parse(stdout) as Printed) };
}

const environment = { CHINI_BENCH_SEEDS: "3", CHINI_BENCH_DECIDE: "interval", CHINI_BENCH_SCALE: "1" };
const here = ["clerk.problem.json", "it's a.json"];

describe("the line that repeats", () => {
  it.each<[what: string, argv: readonly string[], environment: Record<string, string>]>([
    ["a run with the configuration's options", ["run", ...here, "--workers", "2"], {}],
    ["a run with the environment's", ["run", ...here, "--strict", "--gate", "dropRate <= 2%"], environment],
    ["a run of an answer, edited", ["run", here[0]!, "answer.md", "--from-model-output", "--set", "clerk.x=1"], {}],
    [
      "a run of an edited canvas",
      ["run", ...here, "--no-config", "--set", "clerk.queueLimit=5", "--set", 'clerk.label="a, b"'],
      {},
    ],
  ])("prints the same bytes: %s", async (_, argv, variables) => {
    const { stdout, repeat = "" } = await printed(argv, variables);
    expect(await again(repeat, project())).toBe(stdout);
  });

  it("prints each result of the configuration's gates, without it too", async () => {
    const { results = [] } = await printed(["run"]);
    expect(results).toHaveLength(2);
    for (const result of results) {
      expect(JSON.parse(await again(result.repeat, project()))).toEqual(result);
      const without = `${result.repeat} --no-config`;
      expect(JSON.parse(await again(without, project()))).toEqual({ ...result, repeat: without });
    }
  });

  it.each<[what: string, options: readonly string[], environment: Record<string, string>]>([
    ["with the configuration's seeds", ["--gate", "dropRate <= 2%"], {}],
    ["with its own five seeds", ["--no-config", "--scenario", "steady"], {}],
    [
      "against a canvas that is not among them",
      ["--against", "c=d.json", "--set", "clerk.queueLimit=5,9"],
      environment,
    ],
    ["of an answer", ["answer.md", "--from-model-output", "--against", "b.json"], {}],
  ])("prints the same comparison %s", async (_, options, variables) => {
    const { stdout, comparison } = await printed(["compare", ...here, "b.json", ...options], variables);
    expect(await again(comparison?.repeat ?? "", project())).toBe(stdout);
  });

  it("prints the same sweep, and of each variant its own result", async () => {
    const settings = ["--set", "clerk.queueLimit=5,9", "--set", "clerk.service.concurrency=1..2:1"];
    const { stdout, sweeps = [], results = [] } = await printed(["run", ...here, ...settings]);
    expect(results).toHaveLength(4);
    expect(await again(sweeps[0]!.repeat, project())).toBe(stdout);
    expect(JSON.parse(await again(results[3]!.repeat, project()))).toEqual(results[3]);
  });

  it("was printed for the files as they are", () => {
    expect(readFileSync(join(directory.path, "b.json"), "utf8")).toBe(clerkCanvas);
  });
});
