import { describe, expect, it } from "vitest";
import {
  compile,
  evaluate,
  judge,
  listProblems,
  loadCanvas,
  loadProblem,
  parseProblem,
  render,
  reporterNames,
  simulate,
} from "../../src/index.js";

const problem = await loadProblem("chini-002-checkout");
const canvas = await loadCanvas("canvases/chini-002-checkout/wrong/new-key-per-attempt.json");
const model = compile(canvas.canvas, problem.problem);

describe("simulate and judge", () => {
  it("come to what evaluate comes to", async () => {
    const { designs } = await evaluate({ problem, canvases: [canvas] });
    const judged = judge(model, simulate(model), { canvas, problem });
    expect(judged.result).toEqual(designs[0]?.result);
    expect(judged.samples).toEqual(designs[0]?.samples);
    expect(judged.positionOf("psp")).toEqual(designs[0]?.positionOf("psp"));
    expect(judged.positionOf("nobody")).toBeUndefined();
  });

  it("say which scenarios and seed they are of, and need no file", () => {
    const { result, positionOf } = judge(model, simulate(model, { seed: 7, scenarios: ["payment-outage"] }));
    expect(result.seeds).toEqual([7]);
    expect(result.scenarios.map(({ id }) => id)).toEqual(["payment-outage:blackhole", "payment-outage:failfast"]);
    expect(result.canvas).toMatchObject({ file: "canvas", sha256: "" });
    expect(result.repeat).toBe("chini-bench run chini-002-checkout canvas --seed 7 --scenario payment-outage");
    expect(positionOf("psp")).toBeUndefined();
  });

  it("refuse what cannot be judged before anything runs", () => {
    expect(() => simulate(model, { seed: 0.5, scenarios: ["basline"] })).toThrow(
      /^seed: 0\.5 is not a whole number from 0 to \d+\nchini-002-checkout has no scenario "basline"; did you mean/,
    );
    const gated = parseProblem({ ...problem.problem, criteria: { metrics: ["acceptMs.p96 <= 500"] } }, "gated");
    expect(() => simulate(compile(canvas.canvas, gated.problem))).toThrow(
      /^chini-002-checkout \/criteria\/metrics\/0: /,
    );
  });

  it("refuse no measurements, and those of two seeds", () => {
    const scenarios = ["baseline"];
    expect(() => judge(model, [])).toThrow(new RangeError("there are no measurements to judge"));
    const mixed = [...simulate(model, { seed: 1, scenarios }), ...simulate(model, { seed: 2, scenarios })];
    expect(() => judge(model, mixed)).toThrow("measurements of one seed are judged, these are of 1 and 2");
  });
});

describe("render", () => {
  const design = judge(model, simulate(model, { scenarios: ["baseline"] }), { canvas, problem });

  it("writes the table without colour where nothing else is asked for", async () => {
    const text = await render({ designs: [design] });
    expect(text).toMatch(/^FAIL {2}\d+ of 100 {2}Wrong: a new provider key per attempt\n/);
    expect(text).not.toContain("\u001b");
    expect(await render({ designs: [design] }, "table", { quiet: true })).not.toContain("Assumptions");
    expect(await render({ designs: [design] }, "table", { color: true })).toContain("\u001b[31m");
  });

  it.each(reporterNames)("knows the reporter %s, which ends its text with a line feed", async (name) => {
    expect(await render({ designs: [design] }, name)).toMatch(/\n$/);
  });

  it("names the reporters there are", async () => {
    await expect(render({ designs: [design] }, "jsn")).rejects.toThrow(
      `unknown reporter "jsn"; did you mean "json"? Allowed: ${reporterNames.join(", ")}`,
    );
  });
});

describe("the library's problems", () => {
  it("are those of the command line", async () => {
    expect((await listProblems()).map(({ id }) => id)).toContain("chini-002-checkout");
  });

  it("may come from memory: by its name a result is made again", async () => {
    const own = parseProblem(JSON.stringify(problem.problem), "problems/own.json");
    const { designs } = await evaluate({ problem: own, canvases: [canvas], scenarios: ["baseline"] });
    expect(designs[0]?.result.repeat).toContain("run problems/own.json canvases/");
    expect(() => parseProblem({ id: "x" })).toThrow(/^problem:1:1: /);
  });
});
