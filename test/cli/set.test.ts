import { describe, expect, it } from "vitest";
import type { Result } from "../../src/scoring/result.js";
import type { Sweep } from "../../src/scoring/sweep/sweep.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const problem = "examples/clerk.problem.json";
const canvas = "examples/clerk.json";
const meanMs = "clerk.service.timeMs.meanMs";

async function jsonOf<Value>(...args: readonly string[]): Promise<Value> {
  return JSON.parse((await run(["run", problem, ...args, "--json"])).stdout) as Value;
}

describe("run --set", () => {
  it("changes nothing of the figures when the canvas has the value already", async () => {
    const plain = await jsonOf<Result>(canvas);
    const set = await jsonOf<Result>(canvas, "--set", `${meanMs}=100`);
    expect(set.canvas).toEqual({ ...plain.canvas, set: [{ path: meanMs, value: 100 }] });
    expect(set.repeat).toBe(`${plain.repeat} --set ${meanMs}=100`);
    expect({ ...set, canvas: null, repeat: "" }).toEqual({ ...plain, canvas: null, repeat: "" });
  });

  it("runs the canvas with the value: M/M/1 at 8 a second serves in 1 / (1/0.05 − 8) = 83 ms", async () => {
    const { scenarios } = await jsonOf<Result>(canvas, "--set", `${meanMs}=50`);
    expect(Math.abs(scenarios[0]!.metrics.confirmMs.mean! - 1000 / 12)).toBeLessThan(4);
  });

  it("names what was set in the report, and in the line that repeats it", async () => {
    const { stdout, code } = await run(
      ["run", problem, canvas, "--quiet", "--set", `${meanMs}=110`, "--set", "clerk.label=the clerk"],
      { COLUMNS: "100" },
    );
    expect(code).toBe(1);
    expect(stdout).toContain(`seed 42\nwith ${meanMs} = 110 · clerk.label = the clerk\n`);
    expect(stdout.replace(/ \\\n\s+/g, " ")).toContain(`--seed 42 --set ${meanMs}=110 --set 'clerk.label=the clerk'\n`);
  });

  it("shows where a criterion turns: 500 ms at a mean of 100 ms, 917 ms at 110 ms, with a limit of 600 ms", async () => {
    const { stdout, code } = await run(["run", problem, canvas, "--set", `${meanMs}=90..120:10`], { COLUMNS: "80" });
    expect(code).toBe(1);
    const lines = stdout.split("\n");
    expect(lines.slice(0, 3)).toEqual(["One clerk", "examples/clerk.json · clerk · seed 42", `${meanMs} at 4 values`]);
    expect(lines.filter((line) => /^\d+ /.test(line)).map((line) => line.split(/\s+/).slice(0, 2))).toEqual([
      ["90", "pass"],
      ["100", "pass"],
      ["110", "fail"],
      ["120", "fail"],
    ]);
    expect(stdout).toMatch(
      /Turns \(1 of 2 criteria and invariants\)\n {2}- steady {2}confirmMs.mean ≤ 600 ms: passes up to 100, fails from 110 on; turns\n {4}between 100 \(\d+ ms\) and 110 \(\d+ ms\)\n/,
    );
    expect(stdout).toContain("Passes at every value: 1 of 2 criteria and invariants");
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain("Assumptions");
  });

  it("gives the sweep and every result as JSON", async () => {
    const { sweeps, results } = await jsonOf<{ sweeps: readonly Sweep[]; results: readonly Result[] }>(
      canvas,
      "--set",
      `${meanMs}=100,110`,
      "--set",
      "clerk.service.concurrency=1",
    );
    expect(results.map((result) => result.canvas.set)).toEqual(
      [100, 110].map((value) => [
        { path: meanMs, value },
        { path: "clerk.service.concurrency", value: 1 },
      ]),
    );
    expect(sweeps).toHaveLength(1);
    const [sweep] = sweeps;
    expect(sweep!.paths).toEqual([{ path: meanMs, values: [100, 110] }]);
    expect(sweep!.fixed).toEqual([{ path: "clerk.service.concurrency", value: 1 }]);
    expect(sweep!.rows.map(({ design, verdict }) => [design, verdict])).toEqual([
      [0, "pass"],
      [1, "fail"],
    ]);
    expect(sweep!.repeat).toBe(
      `chini-bench run ${problem} ${canvas} --seed 42 --set ${meanMs}=100,110 --set clerk.service.concurrency=1`,
    );
  });

  it("tries every combination of two settings, and an impossible one beside the others", async () => {
    const settings = ["--set", "clerk.service.concurrency=0,1", "--set", "clerk.service.queueLimit=1,100"];
    const { stdout, stderr, code } = await run(["run", problem, canvas, ...settings], { COLUMNS: "100" });
    expect(code).toBe(2);
    expect(stdout.match(/^[01] +\d+ +(?:invalid|fail|pass)/gm)?.map((line) => line.split(/\s+/))).toEqual([
      ["0", "1", "invalid"],
      ["0", "100", "invalid"],
      ["1", "1", "fail"],
      ["1", "100", "pass"],
    ]);
    // The same fault of two variants is said once.
    expect(stderr).toBe(
      "examples/clerk.json /components/1/service/concurrency (--set clerk.service.concurrency=0): must be at least 1, found 0\n",
    );
    expect(stdout).toMatch(/along clerk.service.queueLimit, .*: fails at 1,\s+passes at 100; turns\s+between/);
  });

  it.each([
    [["a=1"], '(--set a): no component or connection "a". Allowed: people, clerk.'],
    [["clerk"], '"clerk" is not <path>=<value>, as worker.service.concurrency=80'],
    [["a.b=1", "a.b=2"], "--set a.b is given twice; try several values with one, as --set a.b=1,2"],
    [
      ["a.b=1..20:1", "a.c=1..11:1"],
      "--set: 20 × 11 = 220 combinations are more than the limit of 200; try fewer values",
    ],
  ])("refuses %j", async (settings, message) => {
    const flags = settings.flatMap((setting) => ["--set", setting]);
    const { stdout, stderr, code } = await run(["run", problem, canvas, ...flags]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain(message);
  });
});

describe("--from-model-output", () => {
  const answer =
    'Here:\n```json\n{"components":[{"id":"p","type":"person"},{"id":"c","type":"step",}],"connections":[{"from":"p","to":"c"}]}\n```\n';
  const file = directory.write("answer.md", answer);
  const note = `${file}: read from model output: took the code block on line 3; repaired it: unexpected "}" (no comma may stand before it) at 3:67; so faults name no lines`;

  it("runs the canvas of an answer, says what was done, and keeps it in the result", async () => {
    const { stdout, stderr } = await run(["run", problem, file, "--from-model-output", "--json"]);
    const result = JSON.parse(stdout) as Result;
    expect(stderr).toBe(`${note}\n`);
    expect(result.warnings).toEqual([note]);
    expect(result.scenarios).toHaveLength(1);
    expect(result.repeat).toMatch(/ --from-model-output$/);
  });

  it("goes with --set, and is said once for all variants", async () => {
    const { stderr, stdout } = await run([
      "run",
      problem,
      file,
      "--from-model-output",
      "--set",
      "c.service.concurrency=2,3",
    ]);
    expect(stderr).toBe(`${note}\n`);
    expect(stdout).toContain("c.service.concurrency at 2 values");
  });

  it("is an option of validate, too", async () => {
    const { stderr, stdout, code } = await run(["validate", file, "--from-model-output"]);
    expect(code).toBe(0);
    expect(stdout).toBe(`ok  ${file}: 2 components, 1 connection\n`);
    expect(stderr).toContain(`note  ${note}\n`);
    expect((await run(["validate", file])).code).toBe(2);
  });
});
