import { numberParameter } from "../parameters.js";
import { formatCount, formatDuration, formatRate } from "../quantity.js";
import { type Candidate, type CauseRule, type ObservedRun, type Station, waitedFor } from "./observed-run.js";
import { capacityPerS, counted, describeCapacity, describeHeldFor, mendCapacity } from "./wording.js";

/** `releases 45/s under 100/s offered: up to 6,582 messages wait, 95 % of them at most 141 s`. */
const queueBacklog: CauseRule = (run) =>
  run.stations
    .filter(({ component, measured }) => component.asynchronous && (measured.waitMs.p95 ?? 0) > 0)
    .map((station) => {
      const { component, measured } = station;
      const waitMs = measured.waitMs.p95 ?? 0;
      const waiting = counted(measured.queueLength.max, "message waits", "messages wait");
      const message = `${describeRelease(run, station)}: up to ${waiting}, 95 % of them at most ${formatDuration(waitMs)}`;
      const narrow = narrowAhead(run, station);
      const mend = narrow === undefined ? {} : mendCapacity(run, narrow, narrow.component.id);
      return { component: component.id, message, ...mend, weight: waitMs, final: true };
    });

/** What a queue lets out: its release rate, what its consumers can do, or nothing while a breaker is open. */
function describeRelease(run: ObservedRun, station: Station): string {
  const release = numberParameter(station.component, "releaseRps");
  const offered = formatRate(run.offeredPerS);
  if (release !== null && release < run.offeredPerS) return `releases ${formatRate(release)} under ${offered} offered`;
  const breaker = waitedFor(run, station).find((other) => (other.measured.opens ?? 0) > 0 && !hasOtherWay(run, other));
  const rate = release === null ? describeCapacity(run, station) : `releases ${formatRate(release)}`;
  const narrow = breaker === undefined ? narrowAhead(run, station) : undefined;
  if (narrow !== undefined) return `${rate}; ${narrow.component.id} can do ${describeCapacity(run, narrow)}`;
  if (breaker === undefined) return rate;
  return `${rate}, paused while ${breaker.component.id} is open (${counted(breaker.measured.opens ?? 0, "time")})`;
}

/** Who takes fewer calls a second than are offered: what waits for them waits in the queue. */
function narrowAhead(run: ObservedRun, queue: Station): Station | undefined {
  return waitedFor(run, queue).find((other) => (capacityPerS(other) ?? run.offeredPerS) < run.offeredPerS);
}

/** A queue goes on before a breaker that has a fallback, or fails over, in this run. */
function hasOtherWay({ model, stations }: ObservedRun, breaker: Station): boolean {
  return breaker.component.edges
    .map((index) => model.edges[index]!)
    .filter(({ on }) => on === "failure" || on === "open")
    .some(({ to }) => stations.some(({ component }) => component.index === to));
}

/** `50 slots ÷ 1.8 s = 28/s under 100/s offered: 95 % of its calls wait at most 12 s for a slot`. */
const waitingForSlots: CauseRule = (run) =>
  run.stations
    .filter(({ component, measured }) => !component.asynchronous && (measured.waitMs.p95 ?? 0) > 0)
    .map((station) => {
      const waitMs = station.measured.waitMs.p95 ?? 0;
      const wait = `95 % of its calls wait at most ${formatDuration(waitMs)} for a slot`;
      const message = `${describeCapacity(run, station)}: ${wait}${describeHeldFor(run, station)}`;
      return { component: station.component.id, message, ...mendCapacity(run, station), weight: waitMs, final: true };
    });

/** `serves a call in 1.81 s on average`. */
const slowService: CauseRule = (run) =>
  run.stations.flatMap(({ component, measured }): readonly Candidate[] => {
    const serviceMs = measured.serviceMs.mean;
    if (serviceMs === null || serviceMs === 0) return [];
    const calls = `${formatCount(measured.arrivals)} calls`;
    const message = `serves a call in ${formatDuration(serviceMs)} on average (${calls})`;
    return [{ component: component.id, message, weight: serviceMs, final: true }];
  });

/** What makes intents late. A further way to be late is a further entry. */
export const delayRules: readonly CauseRule[] = [queueBacklog, waitingForSlots, slowService];

/** An accept that waits for the provider takes as long as it does: a queue answers before. */
export function answeredByQueue(run: ObservedRun, cause: Candidate | null): Candidate | null {
  if (cause === null || cause.mend !== undefined) return cause;
  const external = run.stations.some(({ component }) => component.external && component.id === cause.component);
  return external ? { ...cause, mend: "a queue before it answers the client first" } : cause;
}

/** The part of a run that an accepted intent has passed: stations that the client waits for, and no queue's own backlog. */
export function beforeAcceptance(run: ObservedRun): ObservedRun {
  return {
    ...run,
    stations: run.stations.filter(({ component, facesClient }) => facesClient && !component.asynchronous),
  };
}
