import type { Problem } from "../problem/problem.js";
import type { InvariantMeasurement, ScenarioMeasurement } from "../scenarios/measurement.js";
import { invariantId } from "./gates.js";
import type { InvariantResult } from "./result.js";

/** Intents that must have met an invariant's hazard before its holding says anything; pooled over the scenarios. */
export const leastExposure = 10;

/**
 * Judges every gated invariant in every run that could be made, invariants in the problem's order.
 * A violation is a fail. Without any, an exposure below 10 over all runs together is inconclusive, for an invariant
 * that nothing put to the test has not held.
 */
export function judgeInvariants(
  problem: Problem,
  measurements: readonly ScenarioMeasurement[],
): readonly InvariantResult[] {
  const runs = measurements.filter((measurement) => measurement.impossible === null);
  return (problem.invariants ?? []).flatMap((invariant) => {
    const id = invariantId(invariant);
    const rows = runs.map((run) => ({ run, measured: run.invariants.find((candidate) => candidate.id === id) }));
    const exposure = rows.reduce((sum, row) => sum + (row.measured?.exposure ?? 0), 0);
    const violations = rows.reduce((sum, row) => sum + (row.measured?.violations ?? 0), 0);
    const untested = violations === 0 && exposure < leastExposure;
    return rows.map(({ run, measured }) => judgeRow(id, run.id, measured, untested));
  });
}

function judgeRow(
  id: string,
  scenario: string,
  measured: InvariantMeasurement | undefined,
  untested: boolean,
): InvariantResult {
  const violations = measured?.violations ?? 0;
  return {
    id,
    scenario,
    violations,
    exposure: measured?.exposure ?? 0,
    verdict: violations > 0 ? "fail" : untested ? "inconclusive" : "pass",
    examples: (measured?.examples ?? []).map((example) => ({
      intent: example.intent,
      trace: example.trace.map((step) => ({ ...step })),
    })),
  };
}
