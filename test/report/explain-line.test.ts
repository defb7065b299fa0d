import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { resolve } from "../../src/explain/resolve.js";
import { explainLines } from "../../src/report/table/explain.js";
import type { CriterionResult, InvariantResult, Result } from "../../src/scoring/result.js";

type Verdict = CriterionResult["verdict"];

function criterion(id: string, metric: string, scenario: string | null, verdict: Verdict): CriterionResult {
  return { id, metric, scenario, expected: "<= 1", actual: 2, pass: verdict === "pass", verdict };
}

function invariant(id: string, verdict: Verdict): InvariantResult {
  return { id, scenario: "baseline", violations: 0, exposure: 0, verdict, examples: [] };
}

function lineFor(
  verdict: Result["verdict"],
  criteria: readonly CriterionResult[],
  invariants: readonly InvariantResult[],
) {
  const result = { verdict, criteria: [...criteria], invariants: [...invariants] } as unknown as Result;
  const lines = explainLines(result, { chalk: new Chalk({ level: 0 }), width: 80 });
  return lines.length === 0 ? null : lines.join("|");
}

describe("the line that leads to explain", () => {
  it.each<[string, Result["verdict"], CriterionResult[], InvariantResult[], string | null]>([
    ["nothing for a pass", "pass", [criterion("maxErrors", "errors", "baseline", "pass")], [], null],
    [
      "the metric of the first missed criterion, and the first broken invariant",
      "fail",
      [
        criterion("minStability", "stability", "baseline", "pass"),
        criterion("maxErrors", "errors", "baseline", "fail"),
        criterion("maxDropRate", "dropRate", "baseline", "fail"),
      ],
      [invariant("nothing-stuck", "inconclusive"), invariant("no-leak", "fail"), invariant("no-oversell", "fail")],
      "errors no-leak",
    ],
    [
      "a gate without its limit",
      "fail",
      [criterion("acceptMs.p95 <= 500", "acceptMs.p95", "sale", "fail")],
      [],
      "acceptMs.p95",
    ],
    [
      "the id of what the canvas misses",
      "fail",
      [criterion("requiredBehaviors.queue", "behavior.queue", null, "fail")],
      [],
      "requiredBehaviors.queue",
    ],
    [
      "the budget",
      "fail",
      [criterion("monthlyBudgetUsd", "effectiveMonthlyUsd", null, "fail")],
      [],
      "monthlyBudgetUsd",
    ],
    [
      "a gate on the cost",
      "fail",
      [criterion("cost.peakMonthlyUsd <= 700", "cost.peakMonthlyUsd", null, "fail")],
      [],
      "cost.peakMonthlyUsd",
    ],
    ["a scenario that could not be run", "fail", [criterion("runnable", "runnable", "outage", "fail")], [], "runnable"],
    [
      "what is undecided, where nothing failed",
      "inconclusive",
      [criterion("maxDropRate", "dropRate", "sale", "inconclusive")],
      [invariant("no-leak", "inconclusive")],
      "dropRate no-leak",
    ],
    ["the verdict, where runs were merely cut off", "inconclusive", [], [], "inconclusive"],
  ])("names %s", (_, verdict, criteria, invariants, ids) => {
    const line = lineFor(verdict, criteria, invariants);
    expect(line).toBe(ids === null ? null : `|Explain  chini-bench explain ${ids}`);
    for (const id of ids?.split(" ") ?? []) expect(resolve(id).ok).toBe(true);
  });
});
