import { describe, expect, it } from "vitest";
import type { Problem } from "../../../src/problem/problem.js";
import { judge } from "../../../src/scoring/judge.js";
import { combineSeeds } from "../../../src/scoring/replications/combine.js";
import type { Decision } from "../../../src/scoring/replications/criterion.js";
import type { Result } from "../../../src/scoring/result.js";
import { resultSchema } from "../../../src/scoring/result.schema.js";
import {
  buildModel,
  buildRun,
  checkoutSketch,
  context,
  latency,
  nothingMeasured,
  type RunSketch,
} from "../fixtures.js";

const problem: Partial<Problem> = {
  scenarios: [{ id: "baseline", kind: "baseline" }],
  criteria: { maxErrors: 3, metrics: ["acceptMs.p95 <= 500"] },
  invariants: ["no-double-charge"],
};
const model = buildModel({ ...checkoutSketch(), problem });

/** One result per sketch, with the seeds 42, 43, …, as the command line makes them. */
function replicate(sketches: readonly RunSketch[]): readonly Result[] {
  return sketches.map((sketch, index) => {
    const runs = [buildRun({ seed: 42 + index, ...sketch })];
    return judge(model, runs, { ...context, seeds: [42 + index] });
  });
}

function combine(sketches: readonly RunSketch[], decision: Decision = "interval"): Result {
  const combined = combineSeeds(model.problem, replicate(sketches), decision);
  expect(resultSchema.safeParse(combined).error).toBeUndefined();
  return combined;
}

const accepting = (ms: number): RunSketch => ({
  metrics: { acceptMs: latency(ms) },
  invariants: [{ id: "no-double-charge", violations: 0, exposure: 20, examples: [] }],
});

const breaking = (violations: number, steps: number): RunSketch => ({
  invariants: [
    {
      id: "no-double-charge",
      violations,
      exposure: 6,
      examples: Array.from({ length: Math.min(violations, 3) }, (_, intent) => ({
        intent,
        trace: Array.from({ length: steps }, (_, step) => ({ atMs: step, where: "psp", what: "charge captured" })),
      })),
    },
  ],
});

function gate(result: Result, id: string) {
  return result.criteria.find((criterion) => criterion.id === id);
}

describe("several seeds", () => {
  // Mean 300, standard deviation 10, n = 3: 4.3027 · 10/√3 = 24.8417.
  const three = combine([accepting(290), accepting(300), accepting(310)]);

  it("give the mean of every metric and Student's 95 % interval of it", () => {
    const [scenario] = three.scenarios;
    expect(three.seeds).toEqual([42, 43, 44]);
    expect(scenario?.metrics.acceptMs.p95).toBe(300);
    expect(scenario?.intervals?.["acceptMs.p95"]?.[0]).toBeCloseTo(300 - 24.8417, 3);
    expect(scenario?.intervals?.["acceptMs.p95"]?.[1]).toBeCloseTo(300 + 24.8417, 3);
    expect(scenario?.intervals?.stability).toEqual([100, 100]);
    expect(scenario?.events).toBe(3 * 12_345);
  });

  it("give no interval to a number that no seed or only one has", () => {
    expect(three.scenarios[0]?.metrics.recoveryMs).toBeNull();
    expect(three.scenarios[0]?.intervals).not.toHaveProperty("recoveryMs");
    const one = combine([{ metrics: { drainMs: 7 } }, { metrics: { drainMs: null } }]);
    expect(one.scenarios[0]?.metrics.drainMs).toBe(7);
    expect(one.scenarios[0]?.intervals).not.toHaveProperty("drainMs");
  });

  it("average what the components did, with intervals of their own", () => {
    const component = (wait: number) => ({ id: "api", waitMs: { mean: wait, p50: wait, p95: null, p99: null } });
    const result = combine([{ components: [component(10)] }, { components: [component(30)] }]);
    const [api] = result.scenarios[0]?.components ?? [];
    expect(api?.id).toBe("api");
    expect(api?.waitMs).toEqual({ mean: 20, p50: 20, p95: null, p99: null });
    // Two values: 12.7062 · (14.1421/√2).
    expect(api?.intervals?.["waitMs.mean"]?.[1]).toBeCloseTo(20 + 127.062, 2);
  });

  it("average the scores before the composite is rounded", () => {
    const shares = [0.9, 0.9, 0.94].map((deliveryRate) => ({ metrics: { deliveryRate } }));
    const { score } = combine(shares);
    expect(score.delivery).toBeCloseTo(91.3333, 4);
    // 100 − 0.25 · 8.6667 = 97.83, where the composites of the seeds are 98, 98 and 99.
    expect(score.composite).toBe(98);
    expect(score.intervals?.composite?.[0]).toBeLessThan(97.83);
    expect(score.intervals?.composite?.[1]).toBeGreaterThan(97.83);
  });

  it("leave a single seed's result as it is", () => {
    const [only] = replicate([accepting(300)]);
    expect(combineSeeds(model.problem, only === undefined ? [] : [only], "interval")).toBe(only);
    expect(only?.scenarios[0]).not.toHaveProperty("intervals");
  });

  it("are cut off when one of them was, and then decide nothing", () => {
    const result = combine([accepting(900), { ...accepting(900), truncated: true }, accepting(900)]);
    expect(result.scenarios[0]).toMatchObject({ truncated: true, pass: false });
    expect(result.verdict).toBe("inconclusive");
  });
});

describe("a criterion over several seeds", () => {
  it.each([
    { below: "wholly", values: [400, 410, 420], verdict: "pass", code: true },
    { below: "partly", values: [400, 490, 580], verdict: "inconclusive", code: false },
    { below: "not", values: [600, 610, 620], verdict: "fail", code: false },
  ] as const)(
    "is decided by its interval, which lies $below under the limit: $verdict",
    ({ values, verdict, code }) => {
      const result = combine(values.map(accepting));
      expect(gate(result, "acceptMs.p95 <= 500")).toMatchObject({ verdict, pass: code });
      expect(result.scenarios[0]?.pass).toBe(code);
      expect(result.verdict).toBe(verdict);
    },
  );

  it.each([
    { values: [400, 490, 580], verdict: "pass" },
    { values: [420, 510, 600], verdict: "fail" },
  ] as const)("is decided by the mean alone where that is asked for: $values", ({ values, verdict }) => {
    const result = combine(values.map(accepting), "mean");
    expect(gate(result, "acceptMs.p95 <= 500")?.verdict).toBe(verdict);
    expect(result.verdict).toBe(verdict);
  });

  it("keeps a limit that all seeds meet exactly, whatever the sum rounds to", () => {
    const tenth = Array.from({ length: 10 }, () => accepting(500.1));
    const own = buildModel({
      ...checkoutSketch(),
      problem: { ...problem, criteria: { metrics: ["acceptMs.p95 <= 500.1"] } },
    });
    const results = tenth.map((sketch) => judge(own, [buildRun(sketch)], context));
    const result = combineSeeds(own.problem, results, "interval");
    expect(result.criteria[0]).toMatchObject({ actual: 500.1, interval: [500.1, 500.1], verdict: "pass" });
  });

  it("fails when a seed has no value for it: there is no mean then", () => {
    const result = combine([
      accepting(20),
      { ...accepting(20), metrics: { acceptMs: nothingMeasured } },
      accepting(20),
    ]);
    expect(gate(result, "acceptMs.p95 <= 500")).toMatchObject({ actual: null, pass: false, verdict: "fail" });
    expect(gate(result, "acceptMs.p95 <= 500")).not.toHaveProperty("interval");
  });

  it("tells the cause that the first failing seed showed, and which that is", () => {
    const slow = { id: "api", waitMs: { mean: 900, p50: 900, p95: 900, p99: 900 }, firstFullMs: 5 };
    const result = combine([accepting(20), { ...accepting(2000), components: [slow] }]);
    expect(gate(result, "acceptMs.p95 <= 500")?.cause?.message).toMatch(/\(seed 43\)$/);
    expect(gate(combine([accepting(20), accepting(21)]), "acceptMs.p95 <= 500")).not.toHaveProperty("cause");
  });
});

describe("an invariant over several seeds", () => {
  it("counts its exposure over all of them", () => {
    const [row] = combine([breaking(0, 0), breaking(0, 0)]).invariants;
    expect(row).toMatchObject({ violations: 0, exposure: 12, verdict: "pass" });
    expect(replicate([breaking(0, 0)])[0]?.invariants[0]?.verdict).toBe("inconclusive");
  });

  it("is broken when a single seed broke it, and shows the shortest traces of all, each with its seed", () => {
    const result = combine([breaking(0, 0), breaking(2, 9), breaking(2, 4)]);
    const [row] = result.invariants;
    expect(result.verdict).toBe("fail");
    expect(row).toMatchObject({ violations: 4, exposure: 18, verdict: "fail" });
    expect(row?.examples.map(({ seed, trace }) => [seed, trace.length])).toEqual([
      [44, 4],
      [44, 4],
      [43, 9],
    ]);
    expect(row?.cause?.message).toMatch(/\(seed 43\)$/);
  });
});
