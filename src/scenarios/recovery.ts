import type { Window } from "./plan.js";

/** One number a second. */
export interface Course {
  /** Seconds that the run had. */
  readonly seconds: number;
  /** Backlog at the end of each second. */
  readonly backlog: ArrayLike<number>;
  /** By second of arrival: intents, and healthy ones. */
  readonly arrivals: ArrayLike<number>;
  readonly healthy: ArrayLike<number>;
}

export interface Recovery {
  readonly recoveryMs: number;
  readonly censored: boolean;
  /** Until the backlog alone was back within its bound. */
  readonly drainMs: number;
  /** The disturbance lasted until arrivals stopped. */
  readonly untilEnd: boolean;
  /** The backlog at the end of the run is back within its bound. */
  readonly backlogBack: boolean;
}

/** Seconds before the disturbance that say what the backlog usually is. */
const usualSeconds = 20;
const backlogFactor = 1.1;
/** Health must be this good for so many seconds. */
const healthyShare = 0.99;
const healthySeconds = 10;

/**
 * Recovery runs from the end of the disturbance until the backlog is at most max(1.1 × its mean in the 20 s before,
 * that mean + λ · 1 s) and 99 % of the intents that arrive in the following 10 s are healthy.
 * Never reached: the rest of the run, censored.
 */
export function measureRecovery(
  course: Course,
  disturbance: Window,
  arrivalsEndMs: number,
  ratePerS: number,
): Recovery {
  const end = endSecond(disturbance, arrivalsEndMs);
  const bound = boundOf(course.backlog, disturbance, ratePerS);
  const rest = Math.max(0, course.seconds - end);
  const within = (second: number): boolean => course.backlog[second]! <= bound;
  const drained = firstFrom(end, course.seconds, (second) => within(second));
  const recovered = firstFrom(end, course.seconds, (second) => within(second) && isHealthy(course, second));
  const last = course.seconds - 1;
  return {
    recoveryMs: 1000 * (recovered === null ? rest : recovered - end),
    censored: recovered === null,
    drainMs: 1000 * (drained === null ? rest : drained - end),
    untilEnd: disturbance.endMs >= arrivalsEndMs,
    backlogBack: last < 0 || course.backlog[last]! <= bound,
  };
}

/**
 * How long after the disturbance's end a number that is sampled each second is back within its bound, which is that of
 * the backlog; the rest of the run when it never is. Milliseconds.
 */
export function backWithinMs(
  sampled: ArrayLike<number>,
  seconds: number,
  disturbance: Window,
  arrivalsEndMs: number,
  ratePerS: number,
): number {
  const end = endSecond(disturbance, arrivalsEndMs);
  const bound = boundOf(sampled, disturbance, ratePerS);
  return 1000 * ((firstFrom(end, seconds, (second) => sampled[second]! <= bound) ?? Math.max(end, seconds)) - end);
}

/** The second in which the disturbance has ended, or the arrivals have. */
function endSecond(disturbance: Window, arrivalsEndMs: number): number {
  return Math.ceil(Math.min(disturbance.endMs, arrivalsEndMs) / 1000);
}

function boundOf(sampled: ArrayLike<number>, disturbance: Window, ratePerS: number): number {
  const start = Math.floor(disturbance.startMs / 1000);
  const usual = meanOf(sampled, Math.max(0, start - usualSeconds), start);
  return Math.max(backlogFactor * usual, usual + ratePerS);
}

function firstFrom(from: number, to: number, holds: (second: number) => boolean): number | null {
  for (let second = from; second < to; second++) if (holds(second)) return second;
  return null;
}

function meanOf(sampled: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let second = from; second < to; second++) sum += sampled[second] ?? 0;
  return to > from ? sum / (to - from) : 0;
}

/** Health of the ten seconds from `from` on; where nobody arrives any more, of the last ten in which somebody did. */
function isHealthy(course: Course, from: number): boolean {
  let arrivals = 0;
  let healthy = 0;
  const note = (second: number): void => {
    arrivals += course.arrivals[second]!;
    healthy += course.healthy[second]!;
  };
  for (let second = from; second < from + healthySeconds && second < course.arrivals.length; second++) note(second);
  for (let second = from - 1, windows = 0; arrivals === 0 || windows > 0; second--) {
    if (second < 0 || windows === healthySeconds) break;
    if (course.arrivals[second] === 0) continue;
    note(second);
    windows++;
  }
  return arrivals === 0 || healthy >= healthyShare * arrivals;
}
