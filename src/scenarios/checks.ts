import { CallFlag, CallState } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { ProgramFault } from "../sim/program-fault.js";
import type { Station } from "../sim/station.js";

/** Share by which two sums of the same times may differ: rounding only. */
const relativeTolerance = 1e-6;

/** Calls at a station at the end of a run, and the times they have spent in its lines so far. */
interface Inside {
  calls: number;
  lineMs: number;
  mailMs: number;
}

/** By station. */
export type CheckedRun = readonly Readonly<Inside>[];

/** Calls that are still at each station. */
export function countInside(engine: Engine): CheckedRun {
  const inside = engine.stations.map((): Inside => ({ calls: 0, lineMs: 0, mailMs: 0 }));
  const { calls, now } = engine;
  calls.forEachLive((call) => {
    const station = inside[calls.station[call]!]!;
    const state = calls.state[call]!;
    if (calls.has(call, CallFlag.message)) station.mailMs += now - calls.arrivedMs[call]!;
    else if (state !== CallState.inTransit) {
      if (!calls.has(call, CallFlag.counted)) station.calls++;
      if (calls.has(call, CallFlag.slot) || state === CallState.queued) station.lineMs += now - calls.arrivedMs[call]!;
    }
  });
  return inside;
}

/**
 * What must hold at the end of every run: calls are conserved at every component, and Little's law holds exactly.
 * @throws ProgramFault naming the component and both sides.
 */
export function checkRun(engine: Engine, inside: CheckedRun): void {
  engine.stations.forEach((station, index) => {
    checkConservation(station, inside[index]!.calls);
    checkLittle(station, "slots", station.line.littlesLaw(inside[index]!.lineMs));
    if (station.reported === station.line) return;
    checkLittle(station, "messages", station.reported.littlesLaw(inside[index]!.mailMs));
  });
}

function checkConservation(station: Station, inside: number): void {
  const failed = station.failures.reduce((sum, count) => sum + count, 0);
  const ended = station.completed + failed + station.failedDownstream + station.lost;
  const counts = [station.arrivals, station.completed, failed, station.failedDownstream, station.lost, inside];
  if (counts.every((count) => count >= 0) && station.arrivals === ended + inside) return;
  throw new ProgramFault(
    `conservation broken at ${station.spec.id}: ${station.arrivals} arrivals, but ${station.completed} completed + ` +
      `${failed} failed + ${station.failedDownstream} failed downstream + ${station.lost} lost + ${inside} inside`,
  );
}

function checkLittle(station: Station, what: string, law: { readonly area: number; readonly residence: number }): void {
  const difference = Math.abs(law.area - law.residence);
  if (difference <= relativeTolerance * Math.max(1, law.area)) return;
  throw new ProgramFault(
    `Little's law broken at ${station.spec.id} (${what}): ∫N dt = ${law.area}, Σ times inside = ${law.residence}`,
  );
}
