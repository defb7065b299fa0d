import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { loadCanvas } from "../../src/canvas/load.js";
import { loadProblem } from "../../src/problem/load.js";
import { json } from "../../src/report/json.js";
import { judge } from "../../src/scoring/judge.js";
import { resultSchema } from "../../src/scoring/result.schema.js";
import { temporaryDirectory } from "../fixtures/temporary.js";
import { problems } from "../fuzz/problem.js";
import { runDesign } from "../fuzz/run-design.js";
import { canvases } from "../fuzz/topology.js";
import { reportOf } from "../report/report-of.js";
import { context } from "../scoring/fixtures.js";

const directory = temporaryDirectory();
const options = { color: false, width: 80, quiet: false };

/** The same value, the keys of every object in another order. */
function shuffled(value: unknown, rankOf: (key: string) => number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((member) => shuffled(member, rankOf));
  const entries = Object.entries(value).map(([key, member]) => [key, shuffled(member, rankOf)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => rankOf(a) - rankOf(b)));
}

/** Fields of other tools in every object: names that no schema knows. */
function annotated(value: unknown, notes: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((member) => annotated(member, notes));
  const known = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, annotated(member, notes)]));
  return { ...known, "x-drawing-tool": notes, position: { x: 1.5, y: -2 } };
}

describe("a round trip through JSON", () => {
  it("keeps a canvas", async () => {
    await fc.assert(
      fc.asyncProperty(canvases, async (canvas) => {
        const loaded = await loadCanvas(directory.write("canvas.json", JSON.stringify(canvas)));
        expect(loaded.canvas).toEqual(JSON.parse(JSON.stringify(canvas)));
        expect([loaded.notes, loaded.warnings.filter(({ code }) => code !== "unused-parameter")]).toEqual([[], []]);
      }),
      { numRuns: 150, seed: 51 },
    );
  });

  it("keeps what other tools wrote into a canvas, and names it in one note", async () => {
    // An own key __proto__ is left out on purpose.
    const notes = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes("__proto__"));
    await fc.assert(
      fc.asyncProperty(canvases, notes, async (canvas, note) => {
        const text = JSON.stringify(annotated(canvas, note), null, 2);
        const loaded = await loadCanvas(directory.write("canvas.json", text));
        expect(loaded.canvas).toEqual(JSON.parse(text));
        expect(loaded.notes).toHaveLength(1);
      }),
      { numRuns: 100, seed: 52 },
    );
  });

  it("keeps a problem", async () => {
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const text = JSON.stringify(problem);
        const loaded = await loadProblem(directory.write("problem.json", text));
        expect(loaded.problem).toEqual(JSON.parse(text));
      }),
      { numRuns: 150, seed: 53 },
    );
  });

  it("keeps a result", () => {
    fc.assert(
      fc.property(canvases, problems, (canvas, problem) => {
        const { model, measurements } = runDesign(canvas, problem);
        const result = judge(model, measurements, context);
        const read = JSON.parse(json.render(reportOf(result), options));
        expect(read).toEqual(result);
        expect(resultSchema.parse(read)).toEqual(read);
      }),
      { numRuns: 50, seed: 54 },
    );
  });
});

describe("the order of keys in a canvas's objects", () => {
  it("changes nothing of its result", () => {
    fc.assert(
      fc.property(canvases, problems, fc.func(fc.nat()), (canvas, problem, rankOf) => {
        const [before, after] = [canvas, shuffled(canvas, rankOf) as Canvas].map((design) => {
          const { model, measurements } = runDesign(design, problem);
          return json.render(reportOf(judge(model, measurements, context)), options);
        });
        expect(after).toBe(before);
      }),
      { numRuns: 50, seed: 55 },
    );
  });
});
