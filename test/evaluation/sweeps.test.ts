import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { readSchema } from "../../src/document/json-schema.js";
import type { Result } from "../../src/scoring/result.js";
import type { Sweep } from "../../src/scoring/sweep/sweep.js";
import { clerkCanvas, clerkProblem } from "../config/clerk.js";
import { run } from "../fixtures/binary.js";
import { temporaryDirectory } from "../fixtures/temporary.js";

interface Printed {
  readonly sweeps: readonly Sweep[];
  readonly results: readonly Result[];
}

const directory = temporaryDirectory();
directory.write("one.json", clerkProblem);
directory.write("two.json", JSON.stringify({ ...(JSON.parse(clerkProblem) as object), id: "second" }));
directory.write("a.json", clerkCanvas);
directory.write("b.json", clerkCanvas);
const gates = [
  { problem: "./one.json", canvases: ["a.json"] },
  { problem: "./two.json", canvases: ["a.json", "b.json"], metrics: ["errors <= 3"] },
];
directory.write("chini-bench.config.json", JSON.stringify({ gates }));
const path = "clerk.service.concurrency";

function swept(...args: readonly string[]) {
  return run(["run", "--set", `${path}=1,2`, ...args], { COLUMNS: "120" }, directory.path);
}

describe("a sweep over the gates of a configuration", () => {
  it("names each variant by its place among the results of all gates", async () => {
    const printed = JSON.parse((await swept("--json")).stdout) as Printed;
    const { sweeps, results } = printed;
    expect(sweeps.map(({ rows }) => rows.map(({ design }) => design))).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    for (const { file, rows } of sweeps) {
      for (const { design, values, composite, verdict } of rows) {
        expect(results[design]).toMatchObject({ canvas: { file, set: [{ path, value: values[0] }] }, verdict });
        expect(results[design]!.score.composite).toBe(composite);
      }
    }
    expect(sweeps.map(({ rows }) => results[rows[0]!.design]!.problem)).toEqual(["clerk", "second", "second"]);
  });

  it("is repeated with the problem, the file and the extra gates of its own gate", async () => {
    const { sweeps } = JSON.parse((await swept("--json")).stdout) as Printed;
    const tail = `--set ${path}=1,2`;
    expect(sweeps.map(({ repeat }) => repeat)).toEqual([
      `chini-bench run one.json a.json --seed 42 ${tail}`,
      `chini-bench run two.json a.json --seed 42 --gate 'errors <= 3' ${tail}`,
      `chini-bench run two.json b.json --seed 42 --gate 'errors <= 3' ${tail}`,
    ]);
  });

  it("is told with the problem of its own gate, and the report of one of its own variants", async () => {
    const { stdout } = await swept();
    expect(stdout).toContain("a.json · clerk · seed 42\n");
    expect(stdout).toContain("a.json · second · seed 42\n");
    expect(stdout).toContain("b.json · second · seed 42\n");
    const reports = stdout.match(/(?<=The full report .*\n)Repeat .*(?:\n {8}.*)*/g) ?? [];
    expect(reports.map((lines) => lines.replace(/ \\\n\s+/g, " "))).toEqual([
      expect.stringMatching(/run one\.json a\.json .*concurrency=[12]$/),
      expect.stringMatching(/run two\.json a\.json .*concurrency=[12]$/),
      expect.stringMatching(/run two\.json b\.json .*concurrency=[12]$/),
    ]);
  });

  it("prints JSON that conforms to chini-bench schema results, and results without sweeps do as well", async () => {
    const conforms = new Ajv2020({ strict: false }).compile(readSchema("results"));
    const printed = JSON.parse((await swept("--json")).stdout) as { sweeps: { rows: object[] }[] };
    expect([conforms(printed), conforms.errors]).toEqual([true, null]);
    const plain = JSON.parse((await run(["run", "--json"], {}, directory.path)).stdout) as object;
    expect([Object.keys(plain), conforms(plain)]).toEqual([["schemaVersion", "results"], true]);
    printed.sweeps[0]!.rows[0] = { design: "first" };
    expect(conforms(printed)).toBe(false);
  });
});
