import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { installInto, packInto } from "../../scripts/pack.js";
import { outputOf, shell } from "../../scripts/shell.js";
import { packageVersion } from "../../src/document/package-files.js";
import * as library from "../../src/index.js";
import { temporaryDirectory } from "../fixtures/temporary.js";
import { codeBlocks } from "./markdown.js";

const problem = "chini-002-checkout";
const { path } = temporaryDirectory();
const consumer = join(path, "consumer");
const tsc = `node "${resolve("node_modules/typescript/bin/tsc")}"`;
const guide = readFileSync("docs/library.md", "utf8");

/** Shows what a consumer without any types of its own reads from the package's. */
const typed = `
import { compile, evaluate, InputError, judge, parseCanvas, parseProblem, simulate } from "chini-bench";
import type { Canvas, JudgedDesign, Model, Problem, Report, Result, ScenarioMeasurement } from "chini-bench";

export async function worst(problem: Problem, canvas: Canvas): Promise<number> {
  const model: Model = compile(canvas, problem);
  const measurements: readonly ScenarioMeasurement[] = simulate(model, { seed: 1 });
  const design: JudgedDesign = judge(model, measurements);
  const report: Report = await evaluate({ problem: parseProblem(problem), canvases: [parseCanvas(canvas)] });
  const results: readonly Result[] = [design, ...report.designs].map(({ result }) => result);
  return Math.min(...results.map(({ score }) => score.composite));
}
// @ts-expect-error a verdict is one of four words, so that the types are no \`any\`
export const wrong = (result: Result): boolean => result.verdict === "passed";
export const lines = (error: InputError): readonly (number | null)[] => error.faults.map(({ line }) => line);
`;

/** Compiles files of the consumer in strict mode, the package's declarations included; returns what tsc complains of. */
async function complaints(name: string, files: readonly string[], options: object): Promise<string> {
  const compilerOptions = {
    target: "es2023",
    lib: ["es2023"],
    types: [],
    strict: true,
    skipLibCheck: false,
    ...options,
  };
  writeFileSync(join(consumer, `${name}.json`), JSON.stringify({ compilerOptions, files }));
  return (await shell(`${tsc} -p ${name}.json`, consumer)).output;
}

beforeAll(async () => {
  await installInto(consumer, await packInto(path));
  mkdirSync(join(consumer, "design"));
  copyFileSync(`canvases/${problem}/reference.json`, join(consumer, "design/checkout.json"));
  for (const [index, { text }] of examples().entries()) writeFileSync(join(consumer, `example-${index}.mts`), text);
  writeFileSync(join(consumer, "typed.mts"), typed);
}, 300_000);

function examples() {
  return codeBlocks(guide).filter(({ language }) => language === "ts");
}

describe("the installed binary", () => {
  it("says its version", async () => {
    expect(await outputOf("npx --no-install chini-bench --version", consumer)).toBe(`${packageVersion()}\n`);
  });

  it("judges the shipped reference and prints its own problems and schemas", async () => {
    const reference = `node_modules/chini-bench/canvases/${problem}/reference.json`;
    const { code, output } = await shell(`npx --no-install chini-bench run ${problem} ${reference}`, consumer);
    expect(output).toMatch(/^PASS {2}\d+ of 100 {2}/);
    expect(code).toBe(0);
    expect(await outputOf("npx --no-install chini-bench list", consumer)).toContain(problem);
    const schema = await outputOf("npx --no-install chini-bench schema canvas", consumer);
    expect(JSON.parse(schema)).toHaveProperty("$id", "urn:chini-bench:schema:canvas");
  });

  it("finds its worker threads, and gives the same bytes on them", async () => {
    const run = `npx --no-install chini-bench run ${problem} design/checkout.json --seeds 2 --scenario baseline --json`;
    const [alone, threaded] = [
      await outputOf(`${run} --workers 1`, consumer),
      await outputOf(`${run} --workers 2`, consumer),
    ];
    expect(alone).toContain('"verdict": "pass"');
    expect(threaded).toBe(alone);
  });
});

describe("the installed library", () => {
  it("is used from another folder, on worker threads, and leaves nothing running", async () => {
    const program = `
      import { evaluate } from "chini-bench";
      const { designs } = await evaluate({
        problem: ${JSON.stringify(problem)},
        canvases: [process.argv[2]],
        scenarios: ["baseline"],
        seeds: 2,
        workers: 2,
      });
      console.log(designs[0].result.verdict, designs[0].result.seeds.join());
    `;
    writeFileSync(join(consumer, "elsewhere.mjs"), program);
    const canvas = join(consumer, "design/checkout.json");
    expect(await outputOf(`node "${join(consumer, "elsewhere.mjs")}" "${canvas}"`, path)).toBe("pass 42,43\n");
  });

  it("gives its files by name and nothing besides", async () => {
    const program = `
      import { createRequire } from "node:module";
      const require = createRequire(import.meta.url);
      console.log(require("chini-bench/schemas/result.schema.json").$id);
      console.log(require("chini-bench/problems/${problem}.json").id);
      console.log(require("chini-bench/canvases/${problem}/wrong/no-queue.json").components.length > 3);
      console.log(require("chini-bench/package.json").version);
      await import("chini-bench/dist/src/cli/main.js").catch(({ code }) => console.log(code));
    `;
    writeFileSync(join(consumer, "files.mjs"), program);
    const lines = (await outputOf("node files.mjs", consumer)).trimEnd().split("\n");
    expect(lines).toEqual([
      "urn:chini-bench:schema:result",
      problem,
      "true",
      packageVersion(),
      "ERR_PACKAGE_PATH_NOT_EXPORTED",
    ]);
  });

  it("needs no zod, neither to run nor for its types", () => {
    expect(existsSync(join(consumer, "node_modules/zod"))).toBe(false);
    expect(existsSync(join(consumer, "node_modules/commander"))).toBe(true);
  });

  it.each([
    ["node16", { module: "node16", moduleResolution: "node16" }],
    ["bundler", { module: "esnext", moduleResolution: "bundler" }],
  ])("has types for a strict consumer that checks declarations: %s", async (name, options) => {
    const strict = { noEmit: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
    expect(await complaints(name, ["typed.mts"], { ...strict, ...options })).toBe("");
  });
});

describe("docs/library.md", () => {
  it("shows examples that compile and print what stands below them", async () => {
    const files = examples().map((_, index) => `example-${index}.mts`);
    const typeRoots = [resolve("node_modules/@types")];
    const options = { module: "node16", moduleResolution: "node16", types: ["node"], typeRoots };
    expect(await complaints("examples", files, options)).toBe("");
    const shown = codeBlocks(guide).filter(({ language }) => language === "text");
    const printed = [];
    for (const file of files) {
      const { code, output } = await shell(`node ${file.replace(".mts", ".mjs")}`, consumer);
      expect(code).toBe(0);
      printed.push(output);
    }
    expect(printed).toEqual(shown.map(({ text }) => text));
    expect(files).toHaveLength(3);
  });

  it("names every function and error of the library", () => {
    const names = [...guide.matchAll(/`(\w+)(?:\([^`]*\))?`/g)].map(([, name]) => name);
    expect(Object.keys(library).filter((name) => !names.includes(name))).toEqual([]);
  });
});
