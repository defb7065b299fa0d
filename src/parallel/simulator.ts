import type { Model } from "../compile/model.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import type { PlannedRun } from "../scenarios/simulate.js";

/** Where planned runs are simulated. What a run shows is the same wherever it is. */
export interface Simulator {
  /** Runs that it works on at a time. */
  readonly concurrency: number;
  /**
   * Simulates one run of the model.
   * @throws what the simulation throws; from another thread an error of the same name, message and stack
   */
  measure(model: Model, run: PlannedRun): Promise<ScenarioMeasurement>;
  close(): Promise<void>;
}

/** One run after the other, here. */
export const inThisThread: Simulator = {
  concurrency: 1,
  measure: async (_model, run) => run.measure(),
  close: async () => {},
};
