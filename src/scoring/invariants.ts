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
    const measured = runs.map((run) => measuredIn(run, id));
    return runs.map((run, index) => judgeRow(run.id, measured[index]!, measured));
  });
}

/**
 * The verdict on an invariant in one run.
 * @param rows what all runs together showed of it: one that nothing broke needs their exposure to have held
 */
export function verdictOfExposure(
  violations: number,
  rows: readonly { readonly violations: number; readonly exposure: number }[],
): InvariantResult["verdict"] {
  if (violations > 0) return "fail";
  const exposure = rows.reduce((sum, row) => sum + row.exposure, 0);
  const untested = exposure < leastExposure && rows.every((row) => row.violations === 0);
  return untested ? "inconclusive" : "pass";
}

/** What a run showed of an invariant; nothing, where it did not look at it. */
function measuredIn(run: ScenarioMeasurement, id: string): InvariantMeasurement {
  return run.invariants.find((candidate) => candidate.id === id) ?? { id, violations: 0, exposure: 0, examples: [] };
}

function judgeRow(
  scenario: string,
  { id, violations, exposure, examples }: InvariantMeasurement,
  all: readonly InvariantMeasurement[],
): InvariantResult {
  const shown = examples.map(({ intent, trace }) => ({ intent, trace: trace.map((step) => ({ ...step })) }));
  return { id, scenario, violations, exposure, verdict: verdictOfExposure(violations, all), examples: shown };
}
