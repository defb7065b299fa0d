import type { CriterionResult, InvariantResult, Result, ScenarioResult } from "./result.js";

/**
 * Fail before inconclusive before pass. The measures of a run that was cut off are reported, but decide nothing;
 * a violation that it saw is real all the same.
 */
export function overallVerdict(
  scenarios: readonly ScenarioResult[],
  criteria: readonly CriterionResult[],
  invariants: readonly InvariantResult[],
): Result["verdict"] {
  const cut = new Set<string | null>(scenarios.filter(({ truncated }) => truncated).map(({ id }) => id));
  const verdicts = [
    ...criteria.filter(({ scenario }) => !cut.has(scenario)).map(({ verdict }) => verdict),
    ...invariants.map(({ verdict }) => verdict),
  ];
  if (verdicts.includes("fail")) return "fail";
  return verdicts.includes("inconclusive") || cut.size > 0 || scenarios.length === 0 ? "inconclusive" : "pass";
}
