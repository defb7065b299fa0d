import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Result } from "../../src/scoring/result.js";
import { clerkCanvas, clerkProblem } from "../config/clerk.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const directory = temporaryDirectory();
const gates = [{ problem: "clerk.problem.json", canvases: ["design/*.json"], scenarios: ["steady"] }];

/** A folder with a problem, two canvases and a configuration. */
function project(name: string, config?: object): string {
  directory.write(`${name}/clerk.problem.json`, clerkProblem);
  directory.write(`${name}/design/a.json`, clerkCanvas);
  directory.write(`${name}/design/b.json`, clerkCanvas);
  if (config !== undefined) directory.write(`${name}/chini-bench.config.json`, JSON.stringify(config));
  return join(directory.path, name);
}

const here = ["run", "clerk.problem.json", "design/a.json"];

async function resultOf(argv: readonly string[], environment: Record<string, string>, folder: string): Promise<Result> {
  const { stdout, stderr } = await run([...argv, "--json"], environment, folder);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Result;
}

describe("run without arguments", () => {
  it("judges what the configuration says, and names a line for each that repeats it without one", async () => {
    const folder = project("plain", { gates: [{ ...gates[0], metrics: ["confirmMs.p95 <= 1ms"] }] });
    const { code, stdout, stderr } = await run(["run"], {}, folder);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toContain("2 canvases: 2 fail");
    expect(stdout).toMatch(/✗ steady {2}confirmMs\.p95 .* expected ≤ 1 ms/);
    expect(stdout).not.toContain("rush");
    const repeat =
      "chini-bench run clerk.problem.json design/b.json --seed 42 --scenario steady --gate 'confirmMs.p95 <= 1ms'";
    expect(stdout.replaceAll(/ \\\n +/g, " ")).toContain(`Repeat  ${repeat}\n`);
    const again = await resultOf([...here, "--scenario", "steady", "--gate", "confirmMs.p95 <= 1ms"], {}, folder);
    expect(again.criteria.map(({ id, pass }) => [id, pass])).toEqual([
      ["dropRate <= 1%", true],
      ["confirmMs.p95 <= 1ms", false],
    ]);
  });

  it("works from a folder below, in a repository; reporters write beside the configuration", async () => {
    const folder = project("below", { gates, reporters: ["json=result.json"] });
    mkdirSync(join(folder, ".git"));
    mkdirSync(join(folder, "deep/er"), { recursive: true });
    const { code, stdout } = await run(["run", "--quiet"], {}, join(folder, "deep/er"));
    expect(code).toBe(0);
    expect(stdout).toContain("../../design/a.json");
    const written = JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as { results: readonly Result[] };
    expect(written.results.map(({ canvas }) => canvas.file)).toEqual(["../../design/a.json", "../../design/b.json"]);
  });

  it("judges by several problems in one run", async () => {
    const other = { problem: "other.problem.json", canvases: ["design/a.json"] };
    const folder = project("several", { gates: [gates[0], other] });
    directory.write("several/other.problem.json", clerkProblem.replace('"id":"clerk"', '"id":"other"'));
    const { results } = (await resultOf(["run"], {}, folder)) as unknown as { results: readonly Result[] };
    expect(results.map(({ problem, canvas, scenarios }) => [problem, canvas.file, scenarios.length])).toEqual([
      ["clerk", "design/a.json", 1],
      ["clerk", "design/b.json", 1],
      ["other", "design/a.json", 2],
    ]);
  });

  it("exits 2 and names init where there is no configuration, and the file that has no gates", async () => {
    const none = await run(["run"], {}, project("none"));
    expect(none).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "nothing to run: there is no configuration here; name a problem and its canvases, or write one with chini-bench init\n",
    });
    const empty = await run(["run"], {}, project("empty", { seeds: 2 }));
    expect(empty.stderr).toBe(
      'nothing to run: chini-bench.config.json:1:1 has no "gates"; name a problem and its canvases, or add them\n',
    );
    expect((await run(["run", "--no-config"], {}, project("hidden", { gates }))).stderr).toContain("chini-bench init");
  });

  it("exits 2 when a problem stands alone, or a gate does not read", async () => {
    const folder = project("alone", { gates });
    expect(await run(["run", "clerk.problem.json"], {}, folder)).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "no canvas to run clerk.problem.json on; name one, as chini-bench run clerk.problem.json design.json; " +
        "if it is the canvas: chini-bench run <problem> clerk.problem.json\n",
    });
    expect(await run([...here, "--gate", "dropRate < x"], {}, folder)).toEqual({
      code: 2,
      stdout: "",
      stderr: 'gate "dropRate < x", character 12: expected a number after <\n',
    });
  });
});

describe("what counts", () => {
  const seedsOf = async (argv: readonly string[], environment: Record<string, string>, folder: string) =>
    (await resultOf(argv, environment, folder)).seeds;

  it("is the flag before the environment before the configuration before the default", async () => {
    const bare = project("bare");
    const folder = project("settled", { seed: 7, seeds: 2 });
    expect(await seedsOf(here, {}, bare)).toEqual([42]);
    expect(await seedsOf(here, {}, folder)).toEqual([7, 8]);
    expect(await seedsOf(here, { CHINI_BENCH_SEED: "9" }, folder)).toEqual([9, 10]);
    expect(await seedsOf([...here, "--seed", "11"], { CHINI_BENCH_SEED: "9" }, folder)).toEqual([11, 12]);
    expect(await seedsOf([...here, "--no-config"], { CHINI_BENCH_SEEDS: "3" }, folder)).toEqual([42, 43, 44]);
  });

  it("is the file of --config before CHINI_BENCH_CONFIG before the one that is found", async () => {
    const folder = project("files", { seed: 1 });
    directory.write("files/two.json", '{ "seed": 2 }');
    directory.write("files/three.mjs", "export default { seed: 3 };");
    expect(await seedsOf(here, {}, folder)).toEqual([1]);
    expect(await seedsOf(here, { CHINI_BENCH_CONFIG: "two.json" }, folder)).toEqual([2]);
    expect(await seedsOf([...here, "--config", "three.mjs"], { CHINI_BENCH_CONFIG: "two.json" }, folder)).toEqual([3]);
  });

  it("reaches strict, scale and decide as well", async () => {
    const folder = project("others", { strict: true, scale: 0.5, decide: "mean", seeds: 2 });
    expect((await resultOf(here, {}, folder)).repeat).toBe(
      "chini-bench run clerk.problem.json design/a.json --seed 42 --seeds 2 --decide mean --scale 0.5 --strict",
    );
    const result = await resultOf([...here, "--no-strict", "--seeds", "1"], { CHINI_BENCH_DECIDE: "interval" }, folder);
    expect(result.scale).toBe(0.5);
    expect(result.repeat).toBe(
      "chini-bench run clerk.problem.json design/a.json --seed 42 --seeds 1 --decide interval --scale 0.5 --no-strict",
    );
  });

  it("for reporters: a flag takes the place of all others, --json only of those on standard output", async () => {
    const folder = project("reporters", { reporters: ["table", "json=config.json"] });
    const written = (name: string) => {
      try {
        return readFileSync(join(folder, name), "utf8").startsWith("{");
      } catch {
        return false;
      }
    };
    await run([...here, "--reporter", "json=flag.json"], { CHINI_BENCH_REPORTER: "json=environment.json" }, folder);
    expect([written("flag.json"), written("environment.json"), written("config.json")]).toEqual([true, false, false]);
    const { stdout } = await run(here, { CHINI_BENCH_REPORTER: "json, json=environment.json" }, folder);
    expect([stdout[0], written("environment.json"), written("config.json")]).toEqual(["{", true, false]);
    await resultOf(here, {}, folder);
    expect(written("config.json")).toBe(true);
  });

  it("is refused with the name of the variable, or the place in the configuration", async () => {
    const folder = project("wrong", { reporters: ["tabel", "json="] });
    const wrong = await run([...here, "--no-config"], { CHINI_BENCH_SEEDS: "many" }, folder);
    expect(wrong).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "error: option '--seeds <n>' value 'many' from env 'CHINI_BENCH_SEEDS' is invalid. It must be a whole number from 1 to 1000.\n",
    });
    const reporters = await run([...here, "--no-config"], { CHINI_BENCH_REPORTER: "table,jsn=x" }, folder);
    expect(reporters.code).toBe(2);
    expect(reporters.stderr).toMatch(/^CHINI_BENCH_REPORTER: unknown reporter "jsn"; did you mean "json"\? Allowed: /);
    const config = await run(here, {}, folder);
    expect(config.code).toBe(2);
    expect(config.stderr).toMatch(
      /^chini-bench\.config\.json:1:15 \/reporters\/0: unknown reporter "tabel"; did you mean "table"\? Allowed: .*\nchini-bench\.config\.json:1:23 \/reporters\/1: the file's name is missing behind =\n$/,
    );
  });
});
