import type { Tally } from "../sim/tally.js";
import type { LatencyHistogram } from "./measurement.js";

/** Ten to a decade, as the preferred numbers of ISO 3 have them: every bin is about a quarter wider than the one before. */
const steps = [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8];
/** From 1 ms to 10¹⁰ ms (116 days); what is shorter is in the first bin. */
const decades = 10;

const boundsMs: readonly number[] = [
  0,
  ...Array.from({ length: decades }, (_, decade) => steps.map((step) => step * Number(`1e${decade}`))).flat(),
  Number(`1e${decades}`),
];

/** How the values are spread: from the first bin that holds any to the last. */
export function latencyHistogram(tally: Tally): LatencyHistogram {
  const counts = tally.countsWithin(boundsMs);
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  if (first === -1) return { boundsMs: [], counts: [] };
  return { boundsMs: boundsMs.slice(first, last + 2), counts: counts.slice(first, last + 1) };
}
