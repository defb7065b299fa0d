import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem/problem.js";
import { constraintsScore } from "../../src/scoring/constraints.js";
import { judgeCanvas, judgeRun } from "../../src/scoring/criteria.js";
import { checkGates } from "../../src/scoring/gates.js";
import { judgeInvariants, leastExposure } from "../../src/scoring/invariants.js";
import {
  buildCost,
  buildModel,
  buildRun,
  checkoutProblem,
  checkoutSketch,
  latency,
  nothingMeasured,
} from "./fixtures.js";

const problem: Problem = {
  ...checkoutProblem,
  scenarios: [
    { id: "baseline", kind: "baseline" },
    { id: "sale", kind: "spike", criteria: { minStability: 60, metrics: ["acceptMs.p95 <= 500"] } },
    { id: "outage", kind: "outage" },
  ],
  criteria: {
    minStability: 75,
    maxDropRate: 0.03,
    minDeliveryRate: 0.95,
    maxErrors: 3,
    metrics: ["amplification <= 1.3"],
  },
};

describe("judgeRun", () => {
  it("judges the problem's criteria, named as in the problem file", () => {
    const criteria = judgeRun(problem, buildRun({ metrics: { dropRate: 0.04 } }), 80);
    expect(criteria).toEqual([
      {
        id: "minStability",
        scenario: "baseline",
        metric: "stability",
        expected: ">= 75",
        actual: 80,
        pass: true,
        verdict: "pass",
      },
      {
        id: "maxDropRate",
        scenario: "baseline",
        metric: "dropRate",
        expected: "<= 0.03",
        actual: 0.04,
        pass: false,
        verdict: "fail",
      },
      {
        id: "minDeliveryRate",
        scenario: "baseline",
        metric: "deliveryRate",
        expected: ">= 0.95",
        actual: 1,
        pass: true,
        verdict: "pass",
      },
      {
        id: "maxErrors",
        scenario: "baseline",
        metric: "errors",
        expected: "<= 3",
        actual: 0,
        pass: true,
        verdict: "pass",
      },
      {
        id: "amplification <= 1.3",
        scenario: "baseline",
        metric: "amplification",
        expected: "<= 1.3",
        actual: 1,
        pass: true,
        verdict: "pass",
      },
    ]);
  });

  it("lets a scenario's own limits win and adds its metrics", () => {
    const criteria = judgeRun(problem, buildRun({ id: "sale", metrics: { acceptMs: latency(501) } }), 61);
    expect(criteria.find(({ id }) => id === "minStability")).toMatchObject({ expected: ">= 60", pass: true });
    expect(criteria.map(({ id, pass }) => [id, pass])).toContainEqual(["acceptMs.p95 <= 500", false]);
    expect(criteria.map(({ id }) => id)).toContain("amplification <= 1.3");
  });

  it("fails a gate on a latency of nothing", () => {
    const dead = buildRun({ id: "sale", metrics: { acceptMs: nothingMeasured } });
    const gate = judgeRun(problem, dead, 100).find(({ metric }) => metric === "acceptMs.p95");
    expect(gate).toMatchObject({ actual: null, pass: false });
  });

  it("finds the scenario of an outage's run by the part before the colon", () => {
    expect(judgeRun(problem, buildRun({ id: "outage:failfast" }), 100)).toHaveLength(5);
    expect(() => judgeRun(problem, buildRun({ id: "other" }), 100)).toThrow("run other belongs to no scenario");
  });

  it("an impossible run fails by its reason and by nothing else", () => {
    const reason = "no component plays the role payment-provider";
    const criteria = judgeRun(problem, buildRun({ impossible: reason }), 0);
    expect(criteria).toHaveLength(1);
    expect(criteria[0]).toMatchObject({ id: "runnable", pass: false, cause: { message: reason } });
  });

  it("judges only what the problem limits", () => {
    expect(judgeRun(checkoutProblem, buildRun(), 0)).toEqual([]);
  });
});

describe("constraints", () => {
  const limited: Problem = {
    ...problem,
    constraints: { maxComponents: 6, requiredBehaviors: ["queue", "batch", "storage"], monthlyBudgetUsd: 100 },
  };
  const { canvas } = buildModel(checkoutSketch());

  it("are criteria without a scenario, as is the cost", () => {
    const cost = buildCost({ budgetMonthlyUsd: 100, effectiveMonthlyUsd: 101 });
    expect(
      judgeCanvas(canvas, limited, cost).map(({ id, actual, expected, pass }) => [id, actual, expected, pass]),
    ).toEqual([
      ["maxComponents", 7, "<= 6", false],
      ["requiredBehaviors.queue", 1, ">= 1", true],
      ["requiredBehaviors.batch", 0, ">= 1", false],
      ["requiredBehaviors.storage", 1, ">= 1", true],
      ["monthlyBudgetUsd", 101, "<= 100", false],
    ]);
  });

  it("score 25 less per component over the limit and per behaviour missing, and 0 at least", () => {
    expect(constraintsScore(canvas, limited)).toBe(50);
    expect(constraintsScore(canvas, { ...limited, constraints: { maxComponents: 2 } })).toBe(0);
    expect(constraintsScore(canvas, problem)).toBe(100);
  });
});

describe("checkGates", () => {
  it("lists every fault with its place", () => {
    const faulty: Problem = {
      ...problem,
      scenarios: [{ id: "sale", kind: "spike", criteria: { metrics: ["errors <= 1", "acceptMs.p59 <= 5"] } }],
      criteria: { metrics: ["dropRate <= 3"] },
      invariants: ["no-double-charge", "no-doble-charge", { id: "nothing-stuk", limitMs: 5 }],
    };
    expect(checkGates(faulty, ["no-double-charge", "nothing-stuck"])).toEqual([
      {
        pointer: "/scenarios/0/criteria/metrics/1",
        message: '`acceptMs.p59 <= 5`, character 1: unknown metric "acceptMs.p59"; did you mean "acceptMs.p50"?',
        nearest: "acceptMs.p50",
      },
      {
        pointer: "/criteria/metrics/0",
        message: "`dropRate <= 3`, character 13: dropRate is a share from 0 to 1; for a percentage write 3 as `3%`",
      },
      {
        pointer: "/invariants/1",
        message: 'unknown invariant "no-doble-charge"; did you mean "no-double-charge"?',
        nearest: "no-double-charge",
      },
      {
        pointer: "/invariants/2/id",
        message: 'unknown invariant "nothing-stuk"; did you mean "nothing-stuck"?',
        nearest: "nothing-stuck",
      },
    ]);
  });

  it("accepts what can be judged", () => {
    expect(checkGates({ ...problem, invariants: ["a"] }, ["a"])).toEqual([]);
    const goal = { role: "payment-provider", operation: "chagre" };
    expect(checkGates({ ...problem, goal, invariants: [] }, [])).toEqual([
      {
        pointer: "/goal/operation",
        message:
          'a payment-provider has no operation "chagre"; did you mean "charge"? allowed: charge, query, void, authorise, capture, refund',
        nearest: "charge",
      },
    ]);
  });
});

describe("judgeInvariants", () => {
  const gated: Problem = { ...problem, invariants: ["no-double-charge"] };
  const seen = (violations: number, exposure: number) =>
    buildRun({ invariants: [{ id: "no-double-charge", violations, exposure, examples: [] }] });
  const verdicts = (...runs: readonly ReturnType<typeof seen>[]) =>
    judgeInvariants(gated, runs).map(({ verdict }) => verdict);

  it("fails on any violation, however small the exposure", () => {
    expect(verdicts(seen(1, 1))).toEqual(["fail"]);
    expect(verdicts(seen(1, 1), seen(0, 0))).toEqual(["fail", "pass"]);
  });

  it("pools the exposure over the runs: below 10 in all is inconclusive in each", () => {
    expect(verdicts(seen(0, leastExposure - 1))).toEqual(["inconclusive"]);
    expect(verdicts(seen(0, 5), seen(0, 4))).toEqual(["inconclusive", "inconclusive"]);
    expect(verdicts(seen(0, 5), seen(0, 5))).toEqual(["pass", "pass"]);
  });

  it("takes an invariant that no run measured to be untested", () => {
    expect(verdicts(buildRun())).toEqual(["inconclusive"]);
  });

  it("leaves impossible runs and ungated invariants out", () => {
    expect(verdicts(seen(0, 20), buildRun({ impossible: "no component plays the role x" }))).toEqual(["pass"]);
    expect(judgeInvariants(problem, [seen(3, 20)])).toEqual([]);
  });
});
