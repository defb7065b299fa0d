import type { Model } from "../compile/model.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";

/** One run, as it is sent to a worker thread. */
export interface WorkerTask {
  readonly model: Model;
  readonly seed: number;
  /** Of the scenario, and of its run. */
  readonly scenario: string;
  readonly run: string;
}

/** What comes back: an error loses its class on the way. */
export type WorkerAnswer =
  | { readonly measurement: ScenarioMeasurement }
  | { readonly fault: { readonly name: string; readonly message: string; readonly stack: string | undefined } };
