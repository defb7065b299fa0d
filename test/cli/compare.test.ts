import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { readSchema } from "../../src/document/json-schema.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

const problem = "chini-002-checkout";
const canvases = `canvases/${problem}`;
const reference = `${canvases}/reference.json`;
const plain = `${canvases}/plain.json`;
const noQueue = `${canvases}/wrong/no-queue.json`;
const directory = temporaryDirectory();

describe("chini-bench compare", () => {
  it("prints the same bytes with 1, 2 and 3 threads, and JSON as its schema says", async () => {
    const asked = ["compare", problem, noQueue, plain, reference, "--seeds", "3", "--json"];
    const ended = await Promise.all(["1", "2", "3"].map((workers) => run([...asked, "--workers", workers])));
    expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(Array(3).fill([1, ""]));
    expect(ended[1]!.stdout).toBe(ended[0]!.stdout);
    expect(ended[2]!.stdout).toBe(ended[0]!.stdout);
    const printed = JSON.parse(ended[0]!.stdout);
    const validate = new Ajv2020({ strict: false }).compile(readSchema("comparison"));
    expect(validate(printed), JSON.stringify(validate.errors)).toBe(true);
    expect(printed.results.map(({ canvas }: { canvas: { file: string } }) => canvas.file)).toEqual([
      noQueue,
      plain,
      reference,
    ]);
    expect(printed.comparison.ranking[2]).toMatchObject({
      rank: 3,
      label: "no-queue",
      verdict: "fail",
      onFront: false,
    });
    expect(printed.comparison.ranking.map(({ outOf }: { outOf: number }) => outOf)).toEqual([6, 6, 6]);
    const worse = printed.comparison.differences
      .find(({ file }: { file: string }) => file === noQueue)
      .figures.find(
        ({ scenario, figure }: { scenario: string; figure: string }) =>
          scenario === "flash-sale" && figure === "dropRate",
      );
    // Without a queue the provider's limit turns a third of a flash sale away.
    expect(worse.word).toBe("worse");
    expect(worse.difference).toBeGreaterThan(0.2);
    expect(worse.interval[0]).toBeLessThan(worse.difference);
  }, 120_000);

  it("compares a folder, takes what is named twice once, and repeats with the line that it prints", async () => {
    for (const [name, file] of [
      ["designs/b/x.json", plain],
      ["designs/a/x.json", reference],
    ] as const) {
      directory.write(name, readFileSync(file));
    }
    const folder = join(directory.path, "designs");
    const asked = [problem, folder, join(folder, "a", "x.json"), "--seeds", "2", "--scenario", "baseline"];
    const first = await run(["compare", ...asked]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toContain(`2 designs · ${problem} · seeds 42 to 43`);
    expect(first.stdout).toMatch(/^1 {2}[ab]\/x +pass +2\/2 /m);
    const repeat = first.stdout.slice(first.stdout.indexOf("Repeat  ") + 8).replaceAll(/\s*\\\n\s*/g, " ");
    const [tool, ...again] = repeat.trim().split(" ");
    expect(tool).toBe("chini-bench");
    expect(await run(again)).toEqual(first);
  }, 60_000);

  it("takes its default of 5 seeds and the reference that is asked for, also one that is not among the canvases", async () => {
    const asked = ["compare", problem, plain, "--against", reference, "--scenario", "baseline", "--json"];
    const { comparison, results } = JSON.parse((await run(asked)).stdout);
    expect(comparison.seeds).toEqual([42, 43, 44, 45, 46]);
    expect(comparison.reference).toBe(reference);
    expect(comparison.differences.map(({ file }: { file: string }) => file)).toEqual([plain]);
    expect(results).toHaveLength(2);
    expect(comparison.repeat).toBe(
      `chini-bench compare ${problem} ${plain} --seed 42 --seeds 5 --against ${reference} --scenario baseline`,
    );
  }, 60_000);

  it("lists an invalid canvas last, tells its faults, compares the others and exits 2", async () => {
    const broken = directory.write("broken.json", '{"components": [{"id": "a", "type": "tol"}], "connections": []}');
    const asked = ["compare", problem, broken, plain, "--seeds", "2", "--scenario", "baseline", "--quiet"];
    const { code, stdout, stderr } = await run(asked);
    expect(code).toBe(2);
    expect(stderr).toContain('unknown type "tol"; did you mean "tool"?');
    const lines = stdout.split("\n");
    expect(lines.find((line) => line.startsWith("1  plain "))).toBeDefined();
    expect(lines.find((line) => line.includes("broken"))).toMatch(/^– {2}broken +invalid +– +– +–$/);
    expect(stdout).not.toContain("Repeat");
  }, 60_000);

  it("refuses a reference that is invalid or a folder, and an empty folder, before it simulates", async () => {
    const broken = directory.write("none.json", "[]");
    const invalid = await run(["compare", problem, plain, "--against", broken]);
    expect(invalid).toMatchObject({ code: 2, stdout: "" });
    expect(invalid.stderr).toContain(`--against ${broken}: nothing can be compared with a canvas that is not valid\n`);
    expect(await run(["compare", problem, plain, "--against", canvases])).toEqual({
      code: 2,
      stdout: "",
      stderr: `--against ${canvases} is a folder; name one canvas file\n`,
    });
    const empty = join(directory.path, "empty");
    mkdirSync(empty);
    expect(await run(["compare", problem, empty])).toEqual({
      code: 2,
      stdout: "",
      stderr: `no *.json file in the folder ${empty} or below\n`,
    });
  });
});
