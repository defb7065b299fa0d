import type { WorkloadSpec } from "../problem/problem.js";
import { Draws } from "../sim/draws.js";
import type { RateWindow } from "./plan.js";

interface Point {
  readonly atMs: number;
  readonly ratePerS: number;
}

/** The arrival rate over time: a profile, linear between its points, times a factor within a window. */
export class ArrivalRate {
  private readonly points: readonly Point[];
  private segment = 0;
  /** No profile: the rate is the same all along, but for the window. */
  readonly steady: boolean;
  /** The rate is the peak rate all along. */
  readonly flat: boolean;
  /** Never exceeded; per second. */
  readonly peakPerS: number;

  constructor(
    workload: Pick<WorkloadSpec, "ratePerS" | "profile">,
    readonly endMs: number,
    private readonly window: RateWindow | undefined,
  ) {
    this.points = workload.profile ?? [{ atMs: 0, ratePerS: workload.ratePerS ?? 0 }];
    this.steady = workload.profile === undefined && window?.outside !== 0;
    this.flat = workload.profile === undefined && window === undefined;
    const highest = Math.max(...this.points.map((point) => point.ratePerS));
    this.peakPerS = highest * Math.max(1, window?.multiplier ?? 1);
  }

  /** Rate at a time, per second; times must not go back. */
  at(timeMs: number): number {
    const { points, window } = this;
    while (this.segment + 1 < points.length && points[this.segment + 1]!.atMs <= timeMs) this.segment++;
    const from = points[this.segment]!;
    const to = points[this.segment + 1];
    const rate =
      to === undefined || timeMs < from.atMs
        ? from.ratePerS
        : from.ratePerS + ((to.ratePerS - from.ratePerS) * (timeMs - from.atMs)) / (to.atMs - from.atMs);
    if (window === undefined) return rate;
    const inside = timeMs >= window.startMs && timeMs < window.endMs;
    return rate * (inside ? window.multiplier : window.outside);
  }
}

/** Mean over the arrivals of the rate that a workload plans, times the factor of a window; per second. */
export function meanArrivalRatePerS(workload: WorkloadSpec, window: RateWindow | undefined): number {
  const { durationMs, profile = [] } = workload;
  const breaks = [...profile.map((point) => point.atMs), window?.startMs ?? 0, window?.endMs ?? durationMs, durationMs];
  const rate = new ArrivalRate(workload, durationMs, window);
  let sum = 0;
  let fromMs = 0;
  for (const atMs of breaks.sort((a, b) => a - b)) {
    const toMs = Math.min(atMs, durationMs);
    if (toMs <= fromMs) continue;
    // The rate is linear in between: its mean is its value in the middle.
    sum += rate.at((fromMs + toMs) / 2) * (toMs - fromMs);
    fromMs = toMs;
  }
  return sum / durationMs;
}

/** The times of a Poisson process that follows the rate, by thinning one at the peak rate (Lewis and Shedler, 1979). */
export function poissonArrivals(rate: ArrivalRate, uniform: Draws): Draws {
  const { peakPerS, endMs, flat } = rate;
  const peakPerMs = peakPerS / 1000;
  // In an object: a variable that outlives the function would be one more object for each arrival.
  const last = { atMs: peakPerMs > 0 ? 0 : Number.POSITIVE_INFINITY };
  return new Draws((into) => {
    let next = last.atMs;
    for (let i = 0; i < into.length; i++) {
      while (next < endMs) {
        next -= Math.log(1 - uniform.next()) / peakPerMs;
        if (next >= endMs) break;
        const below = uniform.next() * peakPerS;
        if (flat || below < rate.at(next)) break;
      }
      into[i] = next < endMs ? next : Number.POSITIVE_INFINITY;
    }
    last.atMs = next;
  });
}

/** Step in which the rate is summed up, milliseconds. */
const stepMs = 10;

/** The times of evenly spaced arrivals: the next comes when the rate has summed up to one since the last. */
export function constantArrivals(rate: ArrivalRate): Draws {
  let next = 0;
  return new Draws((into) => {
    for (let i = 0; i < into.length; i++) {
      next = rate.steady ? within(rate, next + 1000 / rate.at(next)) : nextOf(rate, next);
      into[i] = next;
    }
  });
}

function nextOf(rate: ArrivalRate, timeMs: number): number {
  let due = 1;
  for (let from = timeMs; from < rate.endMs; from += stepMs) {
    const arrivals = (rate.at(from) * stepMs) / 1000;
    if (arrivals >= due) return within(rate, from + (stepMs * due) / arrivals);
    due -= arrivals;
  }
  return Number.POSITIVE_INFINITY;
}

function within(rate: ArrivalRate, timeMs: number): number {
  return timeMs >= rate.endMs ? Number.POSITIVE_INFINITY : timeMs;
}
