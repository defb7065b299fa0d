import { pMapIterable } from "p-map";
import type { Model } from "../compile/model.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import { planRuns } from "../scenarios/simulate.js";
import type { Simulator } from "./simulator.js";

/** What all scenarios showed with one seed, in the problem's order. */
export interface Replication {
  readonly seed: number;
  readonly measurements: readonly ScenarioMeasurement[];
}

/**
 * Simulates the chosen scenarios with one seed after the other. The replications come in the order of the seeds, however
 * many runs are at work at a time; few are finished ahead of the one that is awaited, so that memory stays bounded.
 */
export async function* replications(
  model: Model,
  seeds: readonly number[],
  scenarios: readonly string[] | undefined,
  simulator: Simulator,
): AsyncGenerator<Replication> {
  const runs = seeds.flatMap((seed) => planRuns(model, { seed, scenarios }));
  const perSeed = runs.length / seeds.length;
  const { concurrency } = simulator;
  const measured = pMapIterable(runs, (run) => simulator.measure(model, run), {
    concurrency,
    backpressure: 2 * concurrency,
  });
  let measurements: ScenarioMeasurement[] = [];
  for await (const measurement of measured) {
    measurements.push(measurement);
    if (measurements.length < perSeed) continue;
    yield { seed: measurement.seed, measurements };
    measurements = [];
  }
}
