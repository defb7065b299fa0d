import type { Problem, ScenarioSpec } from "../problem/problem.js";
import { ProgramFault } from "../sim/program-fault.js";

/** The scenario a run belongs to: `payment-outage:blackhole` is a run of `payment-outage`. Ids hold no colon of their own. */
export function scenarioOfRun(runId: string): string {
  const colon = runId.indexOf(":");
  return colon === -1 ? runId : runId.slice(0, colon);
}

/**
 * The scenario of the problem that a run was made from.
 * @throws ProgramFault when the problem has no such scenario
 */
export function specOfRun(problem: Problem, runId: string): ScenarioSpec {
  const id = scenarioOfRun(runId);
  const spec = problem.scenarios.find((scenario) => scenario.id === id);
  if (spec === undefined) throw new ProgramFault(`run ${runId} belongs to no scenario of ${problem.id}`);
  return spec;
}
