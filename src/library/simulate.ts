import type { Model } from "../compile/model.js";
import { printable } from "../document/printable.js";
import { scenarioFaults } from "../evaluation/problem-run.js";
import { UsageError } from "../evaluation/usage-error.js";
import { invariants } from "../invariants/index.js";
import type { Problem } from "../problem/problem.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import { simulate as simulateScenarios } from "../scenarios/simulate.js";
import { checkGates } from "../scoring/gates.js";
import { wholeNumberFaults } from "./check-options.js";

export interface SimulateOptions {
  /** Seed of all randomness, from 0; 42 when left out. One seed, one result, byte for byte. */
  readonly seed?: number | undefined;
  /** Ids of the scenarios to run; all of the problem's when left out. */
  readonly scenarios?: readonly string[] | undefined;
}

/**
 * Simulates the scenarios of a model's problem with one seed, on this thread, in the order of the problem file.
 *
 * @returns one measurement per run; an outage in both modes has two. Times are milliseconds, rates shares from 0 to 1,
 *   arrival rates per second.
 * @throws UsageError before anything runs, when the problem has no such scenario or a gate that cannot be judged
 * @throws ProgramFault when conservation or Little's law is broken: a defect of the engine
 */
export function simulate(model: Model, options: SimulateOptions = {}): readonly ScenarioMeasurement[] {
  const { seed = 42, scenarios } = options;
  const lines = [
    ...wholeNumberFaults("seed", seed, 0, Number.MAX_SAFE_INTEGER),
    ...gateFaults(model.problem),
    ...scenarioFaults(model.problem, scenarios ?? []),
  ];
  if (lines.length > 0) throw new UsageError(lines);
  return simulateScenarios(model, { seed, scenarios });
}

/** What is wrong with a problem's gates, as printable lines. */
function gateFaults(problem: Problem): readonly string[] {
  return checkGates(problem, [...invariants.keys()]).map(({ pointer, message }) =>
    printable(`${problem.id} ${pointer}: ${message}`),
  );
}
