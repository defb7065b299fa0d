import type { ArrivalRate } from "./arrivals.js";

/** The quietest and the busiest second of a workload, arrivals per second. */
export interface RateExtremes {
  readonly lowestPerS: number;
  readonly highestPerS: number;
}

const secondMs = 1000;

/**
 * The smallest and the largest rate of the whole seconds in which intents arrive, each read at the second's middle: of a
 * rate that is linear within the second, its mean. A workload that ends within its first second has one rate.
 * @param rate not read before: its times must not go back
 */
export function rateExtremes(rate: ArrivalRate): RateExtremes {
  let lowestPerS = rate.at(Math.min(secondMs, rate.endMs) / 2);
  let highestPerS = lowestPerS;
  for (let startMs = secondMs; startMs + secondMs <= rate.endMs; startMs += secondMs) {
    const ratePerS = rate.at(startMs + secondMs / 2);
    lowestPerS = Math.min(lowestPerS, ratePerS);
    highestPerS = Math.max(highestPerS, ratePerS);
  }
  return { lowestPerS, highestPerS };
}
