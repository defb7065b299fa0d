import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Baseline } from "../../src/scoring/baseline/baseline.js";
import type { Result } from "../../src/scoring/result.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();

/** The example of the docs, a tenth as long: one clerk, M/M/1, λ = 8/s, μ = 10/s. */
const specification = JSON.parse(readFileSync("examples/clerk.problem.json", "utf8")) as { readonly workload: object };
const criteria = { metrics: ["confirmMs.mean <= 2s"] };
const problem = directory.write(
  "clerk.problem.json",
  JSON.stringify({ ...specification, workload: { ...specification.workload, durationMs: 220_000 }, criteria }),
);
const clerk = readFileSync("examples/clerk.json", "utf8");
const canvas = directory.write("clerk.json", clerk);
const saved = `${directory.path}/base.json`;

/** The clerk takes so many milliseconds on average. */
function clerkOf(name: string, meanMs: number): string {
  return directory.write(name, clerk.replace('"meanMs": 100', `"meanMs": ${meanMs}`));
}

function read(file: string): Baseline {
  return JSON.parse(readFileSync(file, "utf8")) as Baseline;
}

/** A copy of the baseline in which the design is another file. */
function baselineFor(name: string, file: string, change: (baseline: Baseline) => unknown = (same) => same): string {
  const baseline = read(saved);
  const designs = baseline.designs.map((design) => ({ ...design, canvas: basename(file) }));
  return directory.write(name, JSON.stringify(change({ ...baseline, designs })));
}

beforeAll(async () => {
  const { code, stderr } = await run(["run", problem, canvas, "--seeds", "8", "--seed", "7", "--save-baseline", saved]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

describe("run --save-baseline", () => {
  it("keeps the options, the files by their paths from its folder, and a figure per seed", () => {
    const { options, designs, tool } = read(saved);
    expect(tool.name).toBe("chini-bench");
    expect(options).toEqual({ seed: 7, seeds: 8, decide: "interval", strict: false });
    expect(designs).toHaveLength(1);
    expect(designs[0]).toMatchObject({
      problem: "clerk.problem.json",
      canvas: "clerk.json",
      verdict: "pass",
    });
    expect(designs[0]?.scenarios[0]?.figures["confirmMs.p95"]).toHaveLength(8);
    expect(readFileSync(saved, "utf8")).toMatch(/^ {12}"confirmMs\.p95": \[[\d.,]+\],$/m);
  });

  it("refuses a file that exists, before it simulates, and never writes over it", async () => {
    const bytes = readFileSync(saved, "utf8");
    const missing = "no-such-problem";
    expect(await run(["run", missing, canvas, "--save-baseline", saved])).toEqual({
      code: 2,
      stdout: "",
      stderr: `${saved} exists; \`chini-bench baseline update ${saved}\` renews it\n`,
    });
    expect(readFileSync(saved, "utf8")).toBe(bytes);
    const nowhere = await run(["run", missing, canvas, "--save-baseline", `${directory.path}/no/base.json`]);
    expect(nowhere).toEqual({
      code: 2,
      stdout: "",
      stderr: `cannot write ${directory.path}/no/base.json: its folder does not exist\n`,
    });
  });

  it("writes nothing when one of the designs cannot be run", async () => {
    const broken = directory.write("broken.json", clerk.replace('"step"', '"stepp"'));
    const file = `${directory.path}/never.json`;
    const { code, stderr } = await run(["run", problem, canvas, broken, "--save-baseline", file]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${file} is not written: a canvas could not be run`);
    expect(existsSync(file)).toBe(false);
  });
});

describe("run --baseline", () => {
  it("takes the baseline's seeds, finds no difference to itself, and prints the same bytes twice", async () => {
    const words = [
      "run",
      problem,
      `${directory.path}/./clerk.json`,
      "--baseline",
      saved,
      "--fail-on-regression",
      "--json",
    ];
    const [once, again] = await Promise.all([run(words), run(words)]);
    expect(once).toEqual(again);
    expect(once.code).toBe(0);
    const { seeds, baseline } = JSON.parse(once.stdout) as Result;
    expect(seeds).toEqual([7, 8, 9, 10, 11, 12, 13, 14]);
    expect(baseline).toMatchObject({ file: saved, status: "compared", regressed: false, notes: [] });
    expect(baseline?.figures.length).toBeGreaterThan(10);
    expect(baseline?.figures.filter(({ difference }) => difference !== 0)).toEqual([]);
  });

  it("fails on a slower clerk with --fail-on-regression only, and not on a faster one", async () => {
    // M/M/1: W = 1/(μ − λ) grows from 500 ms to 1.08 s, within the gate of 2 s.
    const slower = clerkOf("slower.json", 112);
    const words = ["run", problem, slower, "--baseline", baselineFor("for-slower.json", slower), "--decide", "mean"];
    const [gate, report] = await Promise.all([run([...words, "--fail-on-regression"]), run(words)]);
    expect(gate.code).toBe(1);
    expect(gate.stdout).toMatch(
      /^PASS[\s\S]*\(8 common seeds\): worse$[\s\S]*steady confirmMs\.p95 +[\d.]+ s .* worse$/m,
    );
    expect(report.code).toBe(0);
    expect(report.stdout).toBe(gate.stdout);
    const faster = clerkOf("faster.json", 80);
    const beside = ["--baseline", baselineFor("for-faster.json", faster), "--fail-on-regression", "--quiet"];
    const better = await run(["run", problem, faster, ...beside]);
    expect(better.code).toBe(0);
    expect(better.stdout).toContain("(8 common seeds): better\n");
  });

  it("notes designs of the baseline that were not run, and says that a design is new, without failing", async () => {
    const other = clerkOf("other.json", 100);
    const beside = ["--baseline", saved, "--quiet"];
    const { code, stdout, stderr } = await run(["run", problem, other, ...beside]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "does not hold this design: nothing to compare it with\n  - it holds the same canvas as clerk.json:",
    );
    expect(stderr).toBe(`note  not run of ${saved}: clerk.json (clerk.problem.json)\n`);
    const gate = await run(["run", problem, other, canvas, canvas, ...beside, "--fail-on-regression"]);
    expect({ code: gate.code, stderr: gate.stderr }).toEqual({ code: 0, stderr: "" });
    expect(gate.stdout.match(/no difference shown/g)).toHaveLength(2);
  });

  it("refuses to gate where the baseline holds none of the designs: nothing could ever be worse", async () => {
    const other = clerkOf("renamed.json", 100);
    const { code, stdout, stderr } = await run(["run", problem, other, "--baseline", saved, "--fail-on-regression"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      `--fail-on-regression: ${saved} holds none of the designs: renamed.json (clerk.problem.json)\n` +
        "it holds, by their paths from its folder: clerk.json (clerk.problem.json)\n",
    );
  });

  const unpaired: readonly (readonly [args: readonly string[], message: string])[] = [
    [
      ["--seeds", "1"],
      `the run has one, ${saved} 8; where no option, environment or configuration says any, the run takes the file's\n`,
    ],
    [
      ["--seed", "14"],
      "has 7 to 14, the run 14 to 21; where no option, environment or configuration says any, the run takes the file's\n",
    ],
  ];
  it.each(unpaired)("refuses to gate on fewer than two common seeds: %j", async (args, message) => {
    const { code, stdout, stderr } = await run([
      ...["run", "no-such-problem", canvas, "--baseline", saved, "--fail-on-regression", ...args],
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("--fail-on-regression needs at least two common seeds: ");
    expect(stderr).toContain(message);
  });

  it("refuses to gate on a baseline of one seed, or on none, and a file that is no baseline", async () => {
    const one = `${directory.path}/one.json`;
    await run(["run", problem, canvas, "--save-baseline", one]);
    const gate = ["run", problem, canvas, "--fail-on-regression"];
    expect((await run([...gate, "--baseline", one])).stderr).toBe(
      `--fail-on-regression needs at least two common seeds: ${one} has one, 42; save a baseline with more: ` +
        "--seeds 5 --save-baseline <file>\n--no-fail-on-regression reports what is worse and does not fail for it\n",
    );
    expect(await run(gate)).toEqual({
      code: 2,
      stdout: "",
      stderr: "--fail-on-regression needs --baseline <file>: what the design must not be worse than\n",
    });
    expect(await run([...gate, "--baseline", canvas])).toEqual({
      code: 2,
      stdout: "",
      stderr: `${canvas} is not a baseline\nchini-bench run … --save-baseline <file> writes one\n`,
    });
    const short = directory.write("short.json", readFileSync(saved, "utf8").slice(0, 400));
    expect((await run([...gate, "--baseline", short])).stderr).toMatch(
      /short\.json:\d+:\d+: not valid JSON: the file ends too early\n$/,
    );
  });
});

describe("baseline update", () => {
  it("leaves the same bytes where nothing changed", async () => {
    const copy = `${directory.path}/copy.json`;
    copyFileSync(saved, copy);
    const { code, stdout, stderr } = await run(["baseline", "update", copy]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PASS[\s\S]*\(8 common seeds\): no difference shown in \d+ figures\n$/);
    expect(stderr).toBe(`${copy} is renewed: 1 design\n`);
    expect(readFileSync(copy, "utf8")).toBe(readFileSync(saved, "utf8"));
  });

  it("writes the new figures and prints what is worse; then nothing is", async () => {
    const slow = clerkOf("slow.json", 150);
    const options = { scenarios: ["steady"], gates: ["confirmMs.p95 <= 1ms"] };
    const file = baselineFor("for-slow.json", slow, (baseline) => ({
      ...baseline,
      options: { ...baseline.options, decide: "mean", strict: true },
      designs: baseline.designs.map((design) => ({ ...design, options })),
    }));
    const { code, stdout } = await run(["baseline", "update", file, "--quiet"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL/);
    expect(stdout).toContain("  ✗ verdict pass → fail\n");
    expect(stdout).toContain("confirmMs.p95");
    expect(read(file).options).toEqual({ ...read(saved).options, decide: "mean", strict: true });
    expect(read(file).designs[0]).toMatchObject({ verdict: "fail", canvas: "slow.json", options });
    expect((await run(["baseline", "update", file, "--quiet"])).stdout).toContain("no difference shown");
  });

  it("leaves the file as it was when a canvas can no longer be run, or a problem has gone", async () => {
    const moved = directory.write("moved.json", clerk);
    const file = baselineFor("for-moved.json", moved);
    const bytes = readFileSync(file, "utf8");
    writeFileSync(moved, "{}");
    const { code, stdout, stderr } = await run(["baseline", "update", file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(
      `${file} stays as it was: a canvas could not be run; mend it, or take its entry out of the file\n`,
    );
    expect(readFileSync(file, "utf8")).toBe(bytes);
    const homeless = baselineFor("homeless.json", canvas, (baseline) => ({
      ...baseline,
      designs: baseline.designs.map((design) => ({ ...design, problem: "chini-002-chekout" })),
    }));
    const gone = await run(["baseline", "update", homeless]);
    expect(gone.code).toBe(2);
    expect(gone.stderr).toContain('did you mean "chini-002-checkout"?');
    const scenario = baselineFor("scenario.json", canvas, (baseline) => ({
      ...baseline,
      designs: baseline.designs.map((design) => ({ ...design, options: { scenarios: ["rush"] } })),
    }));
    expect((await run(["baseline", "update", scenario])).stderr).toBe(
      `${scenario}: clerk has no scenario "rush". Allowed: steady.\n`,
    );
  });
});

describe("baseline show", () => {
  it("prints the stored designs within the width, and the file itself with --json", async () => {
    const shown = await run(["baseline", "show", saved], { COLUMNS: "80" });
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toContain("seeds 7 to 14");
    expect(shown.stdout).toMatch(/^steady +[\d.]+ +0 %/m);
    for (const line of shown.stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    const json = await run(["baseline", "show", saved, "--json"]);
    expect(json).toEqual({ code: 0, stdout: readFileSync(saved, "utf8"), stderr: "" });
  });

  it("says that a file is missing", async () => {
    expect(await run(["baseline", "show", "no-such.json"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "no-such.json: no such file\nchini-bench run … --save-baseline no-such.json writes it\n",
    });
  });
});
