import { shortestWay } from "../design/ways.js";
import { numberParameter } from "../parameters.js";
import { formatCount, formatDuration, formatRate } from "../quantity.js";
import { type Candidate, type CauseRule, type ObservedRun, type Station, waitedFor } from "./observed-run.js";
import { heldLock, ownersLost } from "./sequence-causes.js";
import { counted, describeCapacity, describeFailing, describeHeldFor, mendCapacity, worstAhead } from "./wording.js";

/** `50 slots ÷ 1.8 s = 28/s under 100/s offered: queue full from 31 s`. */
const saturatedStation: CauseRule = (run) =>
  run.stations
    .filter(({ component, measured }) => !component.asynchronous && measured.failures.full > 0)
    .map((station) => {
      const { component, measured } = station;
      const from = measured.firstFullMs === null ? "" : `: queue full from ${formatDuration(measured.firstFullMs)}`;
      const refused = `, ${counted(measured.failures.full, "call")} refused`;
      const message = `${describeCapacity(run, station)}${from}${refused}${describeHeldFor(run, station)}`;
      const mend = mendCapacity(run, station);
      return { component: component.id, message, ...mend, weight: measured.failures.full, final: station.facesClient };
    });

/** `1,000 messages, full from 42 s under 100/s offered: 3,210 refused; releases 45/s`. */
const queueOverflow: CauseRule = (run) =>
  run.stations
    .filter(
      ({ component, measured }) =>
        component.asynchronous && measured.failures.full > 0 && measured.firstFullMs !== null,
    )
    .map(({ component, measured }) => {
      const room = measured.queueLimit === null ? "" : `room for ${counted(measured.queueLimit, "message")}, `;
      const full = `full from ${formatDuration(measured.firstFullMs ?? 0)} under ${formatRate(run.offeredPerS)} offered`;
      const release = numberParameter(component, "releaseRps");
      const released = release === null ? "" : `; it releases ${formatRate(release)}`;
      const message = `${room}${full}: ${formatCount(measured.failures.full)} refused${released}`;
      const enough = (measured.queueLimit ?? 0) + measured.failures.full;
      const mend =
        measured.queueLimit === null ? {} : { mend: `with behavior.capacity ${enough} all of them have room` };
      return { component: component.id, message, ...mend, weight: measured.failures.full, final: true };
    });

/** `gave up 665 messages after 3 deliveries; psp failed 10,038 of 12,947 calls (…); no circuitbreaker stops the calls`. */
const givenUpMessages: CauseRule = (run) =>
  run.stations.flatMap((station): readonly Candidate[] => {
    const { component, measured } = station;
    const { unavailable, error, timeout, rejected } = measured.failures;
    const failed = unavailable + error + timeout + rejected;
    // A queue that errs of itself refuses some accepts: those never became messages.
    const givenUp = component.errorRate > 0 ? Math.min(failed, run.measurement.metrics.undelivered) : failed;
    if (!component.asynchronous || givenUp === 0) return [];
    const deliveries = numberParameter(component, "maxDeliveries");
    const after = deliveries === null ? "" : ` after ${counted(deliveries, "delivery", "deliveries")}`;
    const worst = diedAhead(run, station, givenUp) ?? worstAhead(run, station);
    const guarded = worst === null || worst.component.mode === "retry" || hasBreakerBefore(run, station, worst);
    const unguarded = guarded ? "" : "; no circuitbreaker stops the calls";
    const reason = worst === null ? "" : `; ${worst.component.id} ${describeFailing(run, worst)}${unguarded}`;
    const message = `gave up ${counted(givenUp, "message")}${after}${reason}`;
    const mend = mendGivingUp(worst, guarded, deliveries);
    return [{ component: component.id, message, ...mend, weight: givenUp, final: true }];
  });

/** A breaker that is missing; or a delivery more, where a process died with the only one. */
function mendGivingUp(worst: Station | null, guarded: boolean, deliveries: number | null): Pick<Candidate, "mend"> {
  if (worst !== null && !guarded)
    return { mend: `while one before ${worst.component.id} is open, the queue keeps them` };
  if (worst?.component.mode !== "retry" || deliveries !== 1) return {};
  return { mend: "with behavior.maxDeliveries 2 another delivery finds out" };
}

/** A retry ahead whose own lost calls make up most of what was given up: its process died, and what it called is fine. */
function diedAhead(run: ObservedRun, from: Station, givenUp: number): Station | null {
  const died = ({ component, measured }: Station) => component.mode === "retry" && 2 * measured.lost > givenUp;
  return waitedFor(run, from).find(died) ?? null;
}

/** Whether every way from one station to another passes a breaker. */
export function hasBreakerBefore(run: ObservedRun, from: Station, to: Station): boolean {
  const blockedBy = (component: { readonly mode: string }) => component.mode === "circuitbreaker";
  return shortestWay(run.model, [from.component.index], to.component.index, { blockedBy }) === null;
}

/** `open 7 times, 4,914 calls refused; psp failed 79 of 2,648 calls (…)`. */
const openBreaker: CauseRule = (run) =>
  run.stations
    .filter(({ measured }) => measured.failures.open > 0)
    .map((station) => {
      const { component, measured } = station;
      const worst = worstAhead(run, station);
      const reason = worst === null ? "" : `; ${worst.component.id} ${describeFailing(run, worst)}`;
      const held = station.facesClient ? ", no queue before it to keep them" : "";
      const opened = `opened ${counted(measured.opens ?? 0, "time")}`;
      const message = `${opened}, ${counted(measured.failures.open, "call")} refused${held}${reason}`;
      return { component: component.id, message, weight: measured.failures.open, final: station.facesClient };
    });

/** `admits 50/s under 100/s offered: 6,120 calls rejected`. Above the offered rate it only meets repeats. */
const rateLimit: CauseRule = (run) =>
  run.stations
    .filter(({ measured }) => measured.failures.rejected > 0)
    .map((station) => {
      const { component, measured } = station;
      const rps = numberParameter(component, "rps");
      const rejected = `${formatCount(measured.failures.rejected)} of ${counted(measured.arrivals, "call")} rejected`;
      if (component.mode !== "ratelimit" || rps === null) {
        return {
          component: component.id,
          message: rejected,
          weight: measured.failures.rejected,
          final: station.facesClient,
        };
      }
      const below = rps < run.offeredPerS;
      const load = below
        ? `${formatRate(run.offeredPerS)} offered`
        : `${formatRate(measured.peakArrivalsPerS)} in its busiest second`;
      const message = `admits ${formatRate(rps)} under ${load}: ${rejected}`;
      return {
        component: component.id,
        message,
        ...(below ? { mend: `with behavior.rps ${Math.ceil(run.offeredPerS)} it admits them` } : {}),
        weight: measured.failures.rejected,
        final: below && station.facesClient,
      };
    });

/** `failed 630 of 1,200 calls (unavailable 600, unanswered 30); it was down from 60 s to 120 s`. */
const failingStation: CauseRule = (run) =>
  run.stations.flatMap((station): readonly Candidate[] => {
    const { component, measured, facesClient } = station;
    const { unavailable, error, timeout } = measured.failures;
    const weight = unavailable + error + timeout + (component.external ? measured.lost : 0);
    if (component.asynchronous || weight === 0) return [];
    return [
      {
        component: component.id,
        message: describeFailing(run, station),
        weight,
        final: facesClient && !component.external,
      },
    ];
  });

/**
 * `gives up after 1.5 s, and psp takes 1.81 s: 260 of 263 attempts had no answer in time, which
 * onUnknown assume-failed takes for failures`.
 */
const timeoutTooShort: CauseRule = (run) =>
  run.stations.flatMap((station): readonly Candidate[] => {
    const { component } = station;
    const timeoutMs = numberParameter(component, "timeoutMs");
    if (component.mode !== "retry" || timeoutMs === null) return [];
    const ahead = waitedFor(run, station);
    const external = ahead.find((other) => other.component.external);
    const called = ahead.filter((other) =>
      run.model.edges.some((edge) => edge.from === component.index && edge.to === other.component.index),
    );
    const late = called.reduce((sum, other) => sum + other.measured.lost, 0);
    const attempts = Math.max(0, ...called.map((other) => other.measured.arrivals));
    const takesMs =
      external === undefined ? null : (external.measured.meanHoldMs ?? 0) + (external.measured.waitMs.mean ?? 0);
    const assumes = component.parameters.onUnknown === "assume-failed";
    if (external === undefined || takesMs === null || late === 0 || (takesMs < timeoutMs && !assumes)) return [];
    const told = assumes ? ", which onUnknown assume-failed takes for failures" : "";
    const message =
      `gives up after ${formatDuration(timeoutMs)}, and ${external.component.id} takes ${formatDuration(takesMs)}: ` +
      `${formatCount(late)} of ${counted(attempts, "attempt")} had no answer in time${told}`;
    const { offered, delivered } = run.measurement.metrics;
    const share = (offered - delivered) * Math.min(1, late / attempts);
    // What is taken for a failure is not tried again: each late attempt is a loss.
    const weight = assumes ? Math.max(late, share) : share;
    const mends = [...(assumes ? [askAgain] : []), ...(takesMs < timeoutMs ? [] : [describeLongerTimeout(external)])];
    return [{ component: component.id, message, mend: mends.join("; "), weight, final: true }];
  });

/** The mend of `assume-failed`. */
export const askAgain = 'with behavior.onUnknown "same-key" it asks again';

/** `behavior.timeoutMs has to exceed 3.2 s, within which psp ends 95 % of its calls`. */
function describeLongerTimeout({ component, measured }: Station): string {
  const p95 = measured.sojournMs.p95;
  if (p95 === null) return `behavior.timeoutMs has to be longer than ${component.id} takes`;
  return `behavior.timeoutMs has to exceed ${formatDuration(p95)}, within which ${component.id} ends 95 % of its calls`;
}

/** `3,397 messages still wait at the end`. */
const leftWaiting: CauseRule = (run) =>
  run.stations.flatMap((station): readonly Candidate[] => {
    const { component } = station;
    const waiting = run.measurement.timeline.components[component.id]?.queueLength.at(-1) ?? 0;
    if (!component.asynchronous || waiting === 0) return [];
    const breaker = waitedFor(run, station).find((other) => (other.measured.opens ?? 0) > 0);
    const held =
      breaker === undefined ? "" : `; ${breaker.component.id} opened ${counted(breaker.measured.opens ?? 0, "time")}`;
    const message = `${counted(waiting, "message still waits", "messages still wait")} at the end${held}`;
    return [{ component: component.id, message, weight: waiting, final: true }];
  });

/** What keeps an intent from being accepted. */
export const refusalRules: readonly CauseRule[] = [
  saturatedStation,
  queueOverflow,
  openBreaker,
  rateLimit,
  failingStation,
  timeoutTooShort,
  heldLock,
];

/** What makes intents fail. A further way to fail is a further entry. */
export const lossRules: readonly CauseRule[] = [
  saturatedStation,
  queueOverflow,
  givenUpMessages,
  openBreaker,
  rateLimit,
  failingStation,
  timeoutTooShort,
  heldLock,
  ownersLost,
  leftWaiting,
];
