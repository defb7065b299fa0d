import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/scoring/baseline/baseline.js";
import type { Result } from "../../src/scoring/result.js";
import { clerkCanvas, clerkProblem } from "../config/clerk.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const saved = "base line/clerk.json";
const strictGate = "confirmMs.p95 <= 1ms";

const config = {
  gates: [
    { problem: "clerk.problem.json", canvases: ["design/*.json"], scenarios: ["steady"] },
    { problem: "clerk.problem.json", canvases: ["design/a.json"], metrics: [strictGate] },
  ],
  seed: 7,
  seeds: 3,
  baseline: saved,
  failOnRegression: true,
};

/** A folder with a problem, two canvases, and a configuration that names a baseline. */
function project(name: string, own: object = config): string {
  directory.write(`${name}/clerk.problem.json`, clerkProblem);
  directory.write(`${name}/design/a.json`, clerkCanvas);
  directory.write(`${name}/design/b.json`, clerkCanvas);
  directory.write(`${name}/chini-bench.config.json`, JSON.stringify(own));
  const folder = join(directory.path, name);
  mkdirSync(join(folder, "base line"));
  mkdirSync(join(folder, ".git"));
  return folder;
}

async function save(folder: string): Promise<Baseline> {
  const { code, stderr } = await run(["run", "--quiet", "--save-baseline", saved], {}, folder);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  return JSON.parse(readFileSync(join(folder, saved), "utf8")) as Baseline;
}

/** Makes the clerk of a canvas take longer: M/M/1 at λ = 2/s, W from 111 to 333 ms. */
function slowDown(folder: string, canvas: string): void {
  writeFileSync(join(folder, canvas), clerkCanvas.replace('"meanMs": 100', '"meanMs": 200'));
}

async function resultsOf(argv: readonly string[], folder: string, environment = {}) {
  const { code, stdout, stderr } = await run([...argv, "--json"], environment, folder);
  const { results } = JSON.parse(stdout) as { readonly results: readonly Result[] };
  return { code, stderr, results };
}

describe("a configuration that names a baseline", () => {
  it("saves each gate's designs with its own scenarios and gates, by paths from the baseline's folder", async () => {
    const { options, designs } = await save(project("saved"));
    expect(options).toEqual({ seed: 7, seeds: 3, decide: "interval", strict: false });
    expect(
      designs.map(({ canvas, problem, verdict, options: own, scenarios }) => [
        canvas,
        problem,
        verdict,
        own,
        scenarios.map(({ id }) => id),
      ]),
    ).toEqual([
      ["../design/a.json", "../clerk.problem.json", "fail", { gates: [strictGate] }, ["steady", "rush"]],
      ["../design/a.json", "../clerk.problem.json", "pass", { scenarios: ["steady"] }, ["steady"]],
      ["../design/b.json", "../clerk.problem.json", "pass", { scenarios: ["steady"] }, ["steady"]],
    ]);
  });

  it("compares each with its own entry, from a folder below, too, and fails on what is worse", async () => {
    const folder = project("compared");
    await save(folder);
    const same = await resultsOf(["run"], join(folder, "design"));
    expect({ code: same.code, stderr: same.stderr }).toEqual({ code: 1, stderr: "" });
    expect(same.results.map(({ baseline }) => [baseline?.file, baseline?.verdict?.before, baseline?.notes])).toEqual([
      ["../base line/clerk.json", "pass", []],
      ["../base line/clerk.json", "pass", []],
      ["../base line/clerk.json", "fail", []],
    ]);
    slowDown(folder, "design/b.json");
    const only = ["run", "clerk.problem.json", "design/b.json", "--scenario", "steady"];
    expect((await run([...only, "--no-baseline"], {}, folder)).code).toBe(0);
    const report = await run([...only, "--no-fail-on-regression", "--quiet"], {}, folder);
    expect(report).toMatchObject({ code: 0, stdout: expect.stringContaining("(3 common seeds): worse\n") });
    expect((await run([...only, "--quiet"], {}, folder)).code).toBe(1);
  });

  it("makes the same bytes again with baseline update, wherever it is started", async () => {
    const folder = project("updated");
    await save(folder);
    const bytes = readFileSync(join(folder, saved), "utf8");
    const { code, stderr } = await run(["baseline", "update", "../base line/clerk.json"], {}, join(folder, "design"));
    expect({ code, stderr }).toEqual({ code: 1, stderr: "../base line/clerk.json is renewed: 3 designs\n" });
    expect(readFileSync(join(folder, saved), "utf8")).toBe(bytes);
    renameSync(join(folder, "design/b.json"), join(folder, "design/c.json"));
    const gone = await run(["baseline", "update", saved], {}, folder);
    expect(gone).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "design/b.json: no such file\n" +
        `${saved} stays as it was: a canvas could not be run; mend it, or take its entry out of the file\n`,
    });
    expect(readFileSync(join(folder, saved), "utf8")).toBe(bytes);
  });

  it("goes by its own seeds before the baseline's, and these before the default", async () => {
    const folder = project("seeds");
    await save(folder);
    const one = ["run", "clerk.problem.json", "design/a.json"];
    const seedsOf = async (argv: readonly string[], environment = {}) => {
      const { stdout } = await run([...argv, "--json"], environment, folder);
      return (JSON.parse(stdout) as Result).seeds;
    };
    const stated = { ...config, seed: 8, seeds: 5 };
    directory.write("seeds/chini-bench.config.json", JSON.stringify(stated));
    expect(await seedsOf(one)).toEqual([8, 9, 10, 11, 12]);
    expect(await seedsOf(one, { CHINI_BENCH_SEEDS: "2" })).toEqual([8, 9]);
    expect(await seedsOf([...one, "--seeds", "3", "--seed", "6"], { CHINI_BENCH_SEEDS: "2" })).toEqual([6, 7, 8]);
    const { seed: _seed, seeds: _seeds, ...silent } = config;
    directory.write("seeds/chini-bench.config.json", JSON.stringify(silent));
    expect(await seedsOf(one)).toEqual([7, 8, 9]);
    const { stdout } = await run([...one, "--seeds", "1", "--quiet", "--no-fail-on-regression"], {}, folder);
    expect(stdout).toContain("Repeat  chini-bench run clerk.problem.json design/a.json --seed 7 --seeds 1\n");
  });

  it("says how to write a baseline that is not there yet, and that failing needs one", async () => {
    const folder = project("absent");
    expect(await run(["run"], {}, folder)).toEqual({
      code: 2,
      stdout: "",
      stderr: `${saved}: no such file\nchini-bench run … --save-baseline ${saved} writes it\n`,
    });
    const { baseline: _, ...without } = config;
    directory.write("absent/chini-bench.config.json", JSON.stringify(without, null, 2));
    expect((await run(["run"], {}, folder)).stderr).toMatch(
      /^chini-bench\.config\.json:\d+:23 \/failOnRegression: needs "baseline": what a design must not be worse than\n$/,
    );
    const beside = ["run", "clerk.problem.json", "design/a.json", "--fail-on-regression", "--no-baseline"];
    directory.write("absent/chini-bench.config.json", JSON.stringify(config));
    expect((await run(beside, {}, folder)).stderr).toContain("--fail-on-regression needs --baseline <file>");
  });

  it("leaves canvases on the command line that it does not hold alone, and compare", async () => {
    const folder = project("others");
    await save(folder);
    directory.write("others/draft.json", clerkCanvas);
    const draft = await run(["run", "clerk.problem.json", "draft.json", "--quiet"], {}, folder);
    expect(draft.code).toBe(0);
    expect(draft.stdout).toContain("does not hold this design");
    const compare = await run(["compare", "clerk.problem.json", "design", "--quiet"], {}, folder);
    expect({ code: compare.code, stderr: compare.stderr }).toEqual({ code: 0, stderr: "" });
  });
});
