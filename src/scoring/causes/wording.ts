import { formatCount, formatDuration, formatRate } from "../quantity.js";
import { type Candidate, type ObservedRun, type Station, waitedFor } from "./observed-run.js";

/** Calls per second that a station can serve: the rate the problem grants, or slots ÷ time held; null without slots. */
export function capacityPerS({ component, measured }: Station): number | null {
  if (component.ratePerS !== null) return component.ratePerS;
  if (measured.slots === null || measured.meanHoldMs === null || measured.meanHoldMs === 0) return null;
  return (1000 * measured.slots) / measured.meanHoldMs;
}

/**
 * Capacity against load: `50 slots ÷ 1.8 s = 28/s under 100/s offered`, or, where only repeated calls are too many,
 * `… under 180/s in its busiest second`. A load below the capacity is left out.
 */
export function describeCapacity(run: ObservedRun, station: Station): string {
  const capacity = capacityPerS(station);
  if (capacity === null) return `${formatCount(station.measured.arrivals)} calls`;
  const { component, measured } = station;
  const servers = counted(measured.slots ?? 0, component.asynchronous ? "consumer" : "slot");
  const granted = `takes ${formatRate(capacity)}`;
  const computed = `${servers} ÷ ${formatDuration(measured.meanHoldMs ?? 0)} = ${formatRate(capacity)}`;
  const text = component.ratePerS === null ? computed : granted;
  if (capacity < run.offeredPerS) return `${text} under ${formatRate(run.offeredPerS)} offered`;
  const peak = measured.peakArrivalsPerS;
  return capacity < peak ? `${text} under ${formatRate(peak)} in its busiest second` : text;
}

/** What holds the slots of a station that waits for an external: `; its slots wait for psp (60/s)`. Empty when nothing does. */
export function describeHeldFor(run: ObservedRun, station: Station): string {
  if (!station.component.active) return "";
  const external = waitedFor(run, station).find((other) => other.component.external);
  if (external === undefined || external.component.ratePerS === null) return "";
  return `; its slots wait for ${external.component.id} (${formatRate(external.component.ratePerS)})`;
}

/**
 * What a station with too few slots needs: `with service.concurrency 180 it keeps up`; a queue, where its slots wait for an
 * external that takes less than is offered; nothing, where it keeps up with new calls, or others before it do not.
 * @param named the id, where the message is about another component
 */
export function mendCapacity(run: ObservedRun, station: Station, named?: string): Pick<Candidate, "mend"> {
  const { component, measured, facesClient } = station;
  const capacity = capacityPerS(station);
  const narrow = waitedFor(run, station).filter((other) => (capacityPerS(other) ?? run.offeredPerS) < run.offeredPerS);
  const external = narrow.find((other) => other.component.external);
  if (component.active && facesClient && external !== undefined)
    return { mend: `a queue between it and ${external.component.id} keeps what comes faster` };
  if (capacity === null || capacity >= run.offeredPerS || narrow.length > 0) return {};
  if (component.ratePerS !== null || component.autoscale !== undefined || measured.meanHoldMs === null) return {};
  const slots = Math.ceil((run.offeredPerS * measured.meanHoldMs) / 1000);
  const path = component.asynchronous ? "behavior.concurrency" : "service.concurrency";
  return { mend: `with ${path} ${slots} ${named ?? "it"} keeps up` };
}

/** Failures that began at a station, largest first: `unavailable 10,038, full 12`; calls without an answer as `unanswered 71`. */
function describeFailures({ measured }: Station): string {
  return [...Object.entries(measured.failures), ["unanswered", measured.lost] as const]
    .filter(([, count]) => count > 0)
    .sort(([, left], [, right]) => right - left)
    .map(([kind, count]) => `${kind} ${formatCount(count)}`)
    .join(", ");
}

/** Failures that began at a station, calls without an answer included. */
export function failuresBegun({ measured }: Station): number {
  return Object.values(measured.failures).reduce((sum, count) => sum + count, measured.lost);
}

/** When the target was down: `; it was down from 60 s to 120 s`; empty outside an outage or for another component. */
function describeOutage(run: ObservedRun, station: Station): string {
  const { kind, disturbance } = run.measurement;
  if (kind !== "outage" || disturbance === null || !station.component.external) return "";
  return `; it was down from ${formatDuration(disturbance.startMs)} to ${formatDuration(disturbance.endMs)}`;
}

/** `3,397 messages`, `1 message`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A station's failures among all its calls: `failed 10,038 of 12,947 calls (unavailable 10,038); it was down from …`. */
export function describeFailing(run: ObservedRun, station: Station): string {
  const share = `${formatCount(failuresBegun(station))} of ${counted(station.measured.arrivals, "call")}`;
  return `failed ${share} (${describeFailures(station)})${describeOutage(run, station)}`;
}

/** The station with the most failures among those that a station's calls wait for; null when none failed. */
export function worstAhead(run: ObservedRun, from: Station): Station | null {
  const failing = waitedFor(run, from).filter((station) => failuresBegun(station) > 0);
  return failing.sort((left, right) => failuresBegun(right) - failuresBegun(left))[0] ?? null;
}
