import { describe, expect, it } from "vitest";
import { invalidResult } from "../../../src/scoring/invalid.js";
import type { Result, SetField } from "../../../src/scoring/result.js";
import { sweepsOf } from "../../../src/scoring/sweep/sweeps.js";
import { context } from "../fixtures.js";

type Verdict = "pass" | "fail" | "inconclusive" | "invalid";

/** A variant whose one criterion says so; `actual` is its figure. */
function variant(set: readonly SetField[] | null, verdict: Verdict, actual = 1, file = "a.json"): Result {
  const canvas = { ...context.canvas, file, ...(set === null ? {} : { set }) };
  const base = invalidResult("checkout", [], { ...context, canvas });
  if (verdict === "invalid") return base;
  const criterion = { id: "maxDropRate", scenario: "baseline", metric: "dropRate", expected: "<= 0.03", actual };
  const invariant = { id: "no-leak", scenario: "baseline", violations: 0, exposure: 20, examples: [] };
  return {
    ...base,
    verdict,
    score: { ...base.score, composite: 90 },
    criteria: [{ ...criterion, pass: verdict === "pass", verdict }],
    invariants: [{ ...invariant, verdict: "pass" }],
  };
}

const set = (value: SetField["value"]): readonly SetField[] => [{ path: "w.x", value }];
const repeat = () => "again";

describe("sweepsOf", () => {
  it("finds none where nothing was tried at several values", () => {
    expect(sweepsOf([variant(null, "pass"), variant(null, "fail", 1, "b.json")], repeat)).toEqual([]);
    expect(sweepsOf([variant(set(1), "pass"), variant(set(1), "fail", 1, "b.json")], repeat)).toEqual([]);
  });

  it("cuts a gate's course where its verdict changes, each time", () => {
    const verdicts: readonly Verdict[] = ["fail", "fail", "pass", "inconclusive", "fail"];
    const results = verdicts.map((verdict, index) => variant(set(10 * index), verdict, index));
    const [sweep] = sweepsOf(results, repeat);
    expect(sweep!.gates[0]!.courses).toEqual([
      {
        path: "w.x",
        held: [],
        runs: [
          { verdict: "fail", values: [0, 10], actuals: [0, 1] },
          { verdict: "pass", values: [20], actuals: [2] },
          { verdict: "inconclusive", values: [30], actuals: [3] },
          { verdict: "fail", values: [40], actuals: [4] },
        ],
      },
    ]);
    expect(sweep!.gates[1]).toMatchObject({ kind: "invariant", metric: "violations.no-leak", expected: "== 0" });
    expect(sweep!.rows.map(({ missed, broken }) => [missed, broken])).toEqual([
      [1, 0],
      [1, 0],
      [0, 0],
      [0, 0],
      [1, 0],
    ]);
  });

  it("passes over variants that could not be run, and files as they stand", () => {
    const results = [
      variant(null, "fail"),
      variant(set(1), "invalid"),
      variant(set(2), "pass"),
      variant(set(3), "fail"),
    ];
    const [sweep] = sweepsOf(results, repeat);
    expect(sweep!.rows.map(({ design, composite }) => [design, composite])).toEqual([
      [1, null],
      [2, 90],
      [3, 90],
    ]);
    expect(sweep!.gates[0]!.readings[0]).toBeNull();
    expect(sweep!.gates[0]!.courses[0]!.runs.map(({ values }) => values)).toEqual([[2], [3]]);
  });

  it("follows each path with the other's value held", () => {
    const both = (x: number, y: string): readonly SetField[] => [
      { path: "w.x", value: x },
      { path: "w.y", value: y },
    ];
    const results = [
      variant(both(1, "a"), "fail"),
      variant(both(1, "b"), "fail"),
      variant(both(2, "a"), "fail"),
      variant(both(2, "b"), "pass"),
    ];
    const [sweep] = sweepsOf(results, repeat);
    const courses = sweep!.gates[0]!.courses.map(({ path, held, runs }) => [
      path,
      held.map(({ value }) => value),
      runs.map(({ verdict, values }) => `${verdict} ${values.join()}`),
    ]);
    expect(courses).toEqual([
      ["w.x", ["a"], ["fail 1,2"]],
      ["w.x", ["b"], ["fail 1", "pass 2"]],
      ["w.y", [1], ["fail a,b"]],
      ["w.y", [2], ["fail a", "pass b"]],
    ]);
  });

  it("gives each file a sweep of its own, with all that was set for the line that repeats it", () => {
    const files = ["a.json", "b.json"];
    const results = files.flatMap((file) => [1, 2].map((value) => variant(set(value), "pass", 1, file)));
    const sweeps = sweepsOf(results, (design, settings) => `${design} ${JSON.stringify(settings)}`);
    expect(sweeps.map((sweep) => sweep.repeat)).toEqual(
      [0, 2].map((design) => `${design} [{"path":"w.x","values":[1,2]}]`),
    );
  });
});
