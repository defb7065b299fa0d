import { pMapIterable } from "p-map";
import type { Model } from "../compile/model.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import { type PlannedRun, planRuns } from "../scenarios/simulate.js";
import type { Simulator } from "./simulator.js";

/** What all scenarios of a model showed with one seed, in the problem's order. */
export interface Replication {
  /** Place of the model in the list. */
  readonly model: number;
  readonly seed: number;
  readonly measurements: readonly ScenarioMeasurement[];
}

/** One run, with its place among those of its model and seed. */
interface Task {
  readonly model: number;
  readonly run: PlannedRun;
  readonly last: boolean;
}

/** Runs that may be under way or waiting for their turn, so many for each thread; and the number where memory ends that. */
const aheadPerThread = 8;
const mostAhead = 128;

/**
 * How many runs may be begun beyond those that were taken. A long run at the head holds up all that stand behind it: of 80
 * runs of the checkout, of 16 to 550 ms, eight threads with two runs each make 4.5 at a time, with eight each 7. What a
 * run showed takes up to 0.5 MB, so that 128 are 64 MB.
 */
export function runsAhead(threads: number): number {
  return Math.max(2 * threads, Math.min(aheadPerThread * threads, mostAhead));
}

/**
 * Simulates the chosen scenarios of one model after the other, each with one seed after the other. The replications come
 * in that order, however many runs are at work at a time; few are finished ahead of the one that is awaited, so that
 * memory stays bounded.
 */
export async function* replications(
  models: readonly Model[],
  seeds: readonly number[],
  scenarios: readonly string[] | undefined,
  simulator: Simulator,
): AsyncGenerator<Replication> {
  const { concurrency } = simulator;
  const measured = pMapIterable(
    tasksOf(models, seeds, scenarios),
    async ({ model, run, last }) => ({ model, last, measurement: await simulator.measure(models[model]!, run) }),
    { concurrency, backpressure: runsAhead(concurrency) },
  );
  let measurements: ScenarioMeasurement[] = [];
  for await (const { model, last, measurement } of measured) {
    measurements.push(measurement);
    if (!last) continue;
    yield { model, seed: measurement.seed, measurements };
    measurements = [];
  }
}

function* tasksOf(
  models: readonly Model[],
  seeds: readonly number[],
  scenarios: readonly string[] | undefined,
): Generator<Task> {
  for (const [index, model] of models.entries()) {
    for (const seed of seeds) {
      const runs = planRuns(model, { seed, scenarios });
      for (const [place, run] of runs.entries()) yield { model: index, run, last: place === runs.length - 1 };
    }
  }
}
