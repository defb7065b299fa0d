import { externalSlots } from "../compile/timing.js";
import type { Engine } from "../sim/engine.js";
import type { Availability } from "../sim/station.js";
import type { Target } from "./plan.js";

/** Takes a target down: calls in service still take effect, those that wait are lost without effect. */
export function takeDown(engine: Engine, target: Target, availability: Exclude<Availability, "up">): void {
  target.station.availability = availability;
  engine.service.loseWaiting(target.station);
}

export function bringUp({ station }: Target): void {
  station.availability = "up";
  for (const listener of station.listeners) listener.resume();
}

/**
 * Slows a target down. An external role keeps its rate: its slots follow its latency, for a provider that answers
 * later is not one that serves fewer.
 */
export function slowDown(engine: Engine, target: Target, addMs: number, factor: number): void {
  const { component, station } = target;
  station.timeAddMs = addMs;
  station.timeFactor = factor;
  if (component.ratePerS !== null) {
    station.setSlots(externalSlots(component.ratePerS, component.meanServiceMs * factor + addMs));
  }
  engine.service.callUp(station);
}

/**
 * Ends a slowness. Calls that began slowly keep their slots on top of the usual ones until they leave, so that the rate
 * for new calls is the same all along.
 */
export function speedUp(engine: Engine, target: Target): void {
  const { component, station } = target;
  station.timeAddMs = 0;
  station.timeFactor = 1;
  if (component.ratePerS === null) return;
  station.setSlots(component.slots);
  station.lendSlots(station.line.busy);
  engine.service.callUp(station);
}

/** Takes capacity away, slows service and adds errors, all at once. */
export function brownOut(
  engine: Engine,
  target: Target,
  capacityFactor: number,
  latencyFactor: number,
  errorRate: number,
): void {
  const { component, station } = target;
  station.setSlots(Math.max(1, Math.round(component.slots * capacityFactor)));
  station.timeFactor = latencyFactor;
  station.addedErrorRate = errorRate;
  station.curveFactor = capacityFactor;
  engine.service.callUp(station);
}
