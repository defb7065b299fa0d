import type { Model, ModelComponent } from "../../compile/model.js";
import { baseRatePerS } from "../../compile/timing.js";
import type { ComponentMeasurement, ScenarioMeasurement } from "../../scenarios/measurement.js";
import { callerWaits, reachable } from "../design/ways.js";

/** A component beside what it did in a run. */
export interface Station {
  readonly component: ModelComponent;
  readonly measured: ComponentMeasurement;
  /** The client's call gets this far: no queue, batch or `async` connection stands before it. */
  readonly facesClient: boolean;
}

/** A run as the search for causes sees it. */
export interface ObservedRun {
  readonly model: Model;
  readonly measurement: ScenarioMeasurement;
  /** Stations that got calls, in the model's order. */
  readonly stations: readonly Station[];
  /** New intents per second: of the disturbance, or of the workload when there is none. */
  readonly offeredPerS: number;
}

/** Something that explains a failed criterion, with its numbers. */
export interface Candidate {
  readonly component: string;
  /** What it did, without its id. */
  readonly message: string;
  /**
   * What to write into the component to mend it, where that is certain: `with idempotency.key "item" a retry …`. Its paths
   * and values are those that `--set` takes behind the component's id.
   */
  readonly mend?: string;
  /** How much it explains: calls or intents for a loss, milliseconds for a delay. */
  readonly weight: number;
  /** What is lost here stays lost; else something before it tries again, and it counts only for want of better. */
  readonly final: boolean;
}

/** What a candidate says, without how much it explains. */
export type Found = Pick<Candidate, "component" | "message" | "mend">;

/** A way in which designs fail: looks for it in a run. */
export type CauseRule = (run: ObservedRun) => readonly Candidate[];

/** Joins a model with what its components did in a run. */
export function observeRun(model: Model, measurement: ScenarioMeasurement): ObservedRun {
  const facing = new Set(
    reachable(model, model.entries, {
      along: (edge) => callerWaits(edge) && !model.components[edge.from]!.asynchronous,
    }),
  );
  const measuredById = new Map(measurement.components.map((measured) => [measured.id, measured]));
  const stations = model.components.flatMap((component): readonly Station[] => {
    const measured = measuredById.get(component.id);
    if (measured === undefined || measured.arrivals === 0) return [];
    return [{ component, measured, facesClient: facing.has(component) }];
  });
  const offeredPerS = measurement.disturbance?.peakRatePerS ?? baseRatePerS(model.problem);
  return { model, measurement, stations, offeredPerS };
}

/** Stations that a call from this one reaches while its callers wait, the nearest kind of each first in model order. */
export function waitedFor(run: ObservedRun, station: Station): readonly Station[] {
  const reached = new Set(
    reachable(run.model, [station.component.index], {
      along: (edge) => callerWaits(edge) && !run.model.components[edge.to]!.asynchronous,
    }),
  );
  return run.stations.filter((other) => other !== station && reached.has(other.component));
}

/** The heaviest candidate, those that explain something final first; null when there is none. Ties go to the first. */
export function heaviest(candidates: readonly Candidate[]): Candidate | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    if (candidate.weight <= 0) continue;
    const better = best === null || (candidate.final === best.final ? candidate.weight > best.weight : candidate.final);
    if (better) best = candidate;
  }
  return best;
}
