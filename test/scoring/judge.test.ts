import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem/problem.js";
import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { assertFinite } from "../../src/scoring/finite.js";
import { invalidResult } from "../../src/scoring/invalid.js";
import { judge } from "../../src/scoring/judge.js";
import { resultSchema } from "../../src/scoring/result.schema.js";
import { ProgramFault } from "../../src/sim/program-fault.js";
import { buildModel, buildRun, checkoutSketch, context, type ModelSketch, type RunSketch } from "./fixtures.js";

const problem: Partial<Problem> = {
  scenarios: [
    { id: "baseline", kind: "baseline" },
    { id: "outage", kind: "outage", recoveryAllowanceMs: 90_000 },
  ],
  criteria: { minStability: 75, maxDropRate: 0.03 },
  invariants: ["no-double-charge"],
  constraints: { maxComponents: 12, requiredBehaviors: ["queue"], monthlyBudgetUsd: 800 },
};

/** A run in which the invariant was put to the test. */
const tested = (sketch: RunSketch = {}, violations = 0, exposure = 50): ScenarioMeasurement =>
  buildRun({ invariants: [{ id: "no-double-charge", violations, exposure, examples: [] }], ...sketch });

function judged(runs: readonly ScenarioMeasurement[], sketch: ModelSketch = checkoutSketch()) {
  return judge(buildModel({ ...sketch, problem: { ...problem, ...sketch.problem } }), runs, context);
}

describe("judge", () => {
  it("passes a design that keeps everything, and its result fits the published schema", () => {
    const result = judged([tested(), tested({ id: "outage:blackhole" }), tested({ id: "outage:failfast" })]);
    expect(result.verdict).toBe("pass");
    expect(result.score).toEqual({
      composite: 100,
      stability: 100,
      delivery: 100,
      cost: 100,
      constraints: 100,
      design: 100,
    });
    expect(result.scenarios.map(({ id, pass }) => [id, pass])).toEqual([
      ["baseline", true],
      ["outage:blackhole", true],
      ["outage:failfast", true],
    ]);
    expect(resultSchema.strict().safeParse(result).error).toBeUndefined();
  });

  it("takes the lower of an outage's two runs, each sub-score by itself, and the mean over scenarios", () => {
    const blackhole = tested({ id: "outage:blackhole", health: [1, 0], metrics: { deliveryRate: 1 } });
    const failfast = tested({ id: "outage:failfast", health: [1, 1], metrics: { deliveryRate: 0.6 } });
    const { score } = judged([tested(), blackhole, failfast]);
    expect(score.stability).toBeCloseTo((100 + 45) / 2, 10);
    expect(score.delivery).toBeCloseTo((100 + 60) / 2, 10);
    expect(score.composite).toBe(Math.round(0.45 * 72.5 + 0.25 * 80 + 30));
  });

  it("fails on a missed criterion and names its cause", () => {
    const components = [{ id: "api", slots: 4, meanHoldMs: 1000, failures: { full: 700 }, firstFullMs: 31_000 }];
    const result = judged([tested({ metrics: { dropRate: 0.7 }, components })]);
    expect(result.verdict).toBe("fail");
    expect(result.scenarios[0]?.pass).toBe(false);
    expect(result.criteria.find(({ pass }) => !pass)).toEqual({
      id: "maxDropRate",
      scenario: "baseline",
      metric: "dropRate",
      expected: "<= 0.03",
      actual: 0.7,
      pass: false,
      verdict: "fail",
      cause: {
        component: "api",
        message:
          "api: 4 slots ÷ 1 s = 4/s under 20/s offered: queue full from 31 s, 700 calls refused; with service.concurrency 20 it keeps up",
      },
    });
  });

  it("fails on a violation with a high composite, and names its cause", () => {
    const result = judged([tested({}, 25)], checkoutSketch({ psp: { idempotency: { key: "attempt" } } }));
    expect(result.verdict).toBe("fail");
    expect(result.score.composite).toBe(98);
    expect(result.invariants[0]).toMatchObject({ verdict: "fail", violations: 25, cause: { component: "psp" } });
    expect(result.scenarios[0]?.pass).toBe(false);
  });

  it("fails over the component limit and over the budget, whatever the runs show", () => {
    const crowded = { ...checkoutSketch(), problem: { constraints: { maxComponents: 6 } } };
    const over = judged([tested()], crowded);
    expect(over.verdict).toBe("fail");
    expect(over.score.constraints).toBe(75);
    expect(over.criteria.at(-1)?.cause?.message).toBe("7 components, 1 above the limit of 6");
    expect(judged([tested()], { ...checkoutSketch(), declared: { api: 900 } }).verdict).toBe("fail");
  });

  it("is inconclusive when an invariant was not put to the test", () => {
    expect(judged([tested({}, 0, 9)]).verdict).toBe("inconclusive");
    expect(judged([]).verdict).toBe("inconclusive");
  });

  it("is inconclusive when a run was cut off, whose measures decide nothing; a violation in it still fails", () => {
    const cut = { truncated: true, metrics: { dropRate: 0.9 } };
    const result = judged([tested(), tested({ id: "outage:failfast", ...cut })]);
    expect(result.verdict).toBe("inconclusive");
    expect(result.scenarios.map(({ pass }) => pass)).toEqual([true, false]);
    expect(judged([tested(cut, 1)]).verdict).toBe("fail");
  });

  it("puts fail before inconclusive", () => {
    expect(judged([tested({ metrics: { dropRate: 0.5 } }, 0, 0)]).verdict).toBe("fail");
  });

  it("fails an impossible scenario with 0 points and its reason", () => {
    const reason = "no component plays the role payment-provider";
    const result = judged([tested(), buildRun({ id: "outage:failfast", impossible: reason })]);
    expect(result.verdict).toBe("fail");
    expect(result.score).toMatchObject({ stability: 50, delivery: 50 });
    expect(result.scenarios[1]).toMatchObject({ pass: false, impossible: reason, stability: 0 });
  });

  it("keeps binding's findings beside the structural ones and says a code once", () => {
    const model = buildModel({ ...checkoutSketch(), problem, unbound: ["lock"] });
    const binding = [
      { code: "unknown-role", severity: "warning" as const, component: "api", message: "role x has no effect" },
      { code: "unbound-role", severity: "error" as const, message: "lock" },
    ];
    const { findings } = judge({ ...model, findings: binding }, [tested()], context);
    expect(findings.map(({ code }) => code)).toEqual(["unbound-role", "unknown-role"]);
  });

  it("gives the same text for the same input", () => {
    const runs = [tested({ metrics: { dropRate: 0.2 } }, 3)];
    expect(JSON.stringify(judged(runs))).toBe(JSON.stringify(judged(runs)));
  });

  it("refuses a number that is not finite", () => {
    expect(() => judged([tested({ metrics: { errors: Number.NaN } })])).toThrow(ProgramFault);
    expect(() => assertFinite({ list: [1, { deep: Number.POSITIVE_INFINITY }] }, "result")).toThrow(
      "result.list[1].deep is Infinity",
    );
    expect(() => assertFinite({ list: [1, null, "NaN", true] }, "result")).not.toThrow();
  });
});

describe("invalidResult", () => {
  it("holds the faults and fits the published schema", () => {
    const findings = [{ code: "json-syntax", severity: "error" as const, message: "a.json:1:5: not valid JSON" }];
    const result = invalidResult("checkout", findings, context);
    expect(result).toMatchObject({ verdict: "invalid", findings, score: { composite: 0 } });
    expect(resultSchema.strict().safeParse(result).error).toBeUndefined();
  });
});
