import { type Ends, endsOf, meanOf } from "../replications/mean.js";

/** Which way a figure is better; null for one that is neither. */
export type Better = "higher" | "lower" | null;

/** What a difference says: `different` of a figure that is better neither way, `unknown` where no interval can be had. */
export type DifferenceWord = "better" | "worse" | "different" | "no difference shown" | "unknown";

/** How one figure of two designs differs, seed by seed. */
export interface PairedDifference {
  /** Mean over the common seeds of the one less the other; null where a seed has no value for either. */
  readonly difference: number | null;
  /** Its 95 % interval; null for fewer than two seeds. */
  readonly interval: Readonly<Ends> | null;
  readonly word: DifferenceWord;
}

type Column = readonly (number | null)[];

/**
 * The paired difference of a figure on common seeds, with Student's interval over the differences. Both designs meet the
 * same arrivals and the same luck, so what they have in common cancels: the interval is narrower than those of the two
 * means. (A. M. Law, Simulation Modeling and Analysis, 10.2.1 and 11.2.)
 * @param own, other values of the same seeds in the same order
 */
export function pairedDifference(own: Column, other: Column, better: Better): PairedDifference {
  if (own.length !== other.length) throw new RangeError(`not the same seeds: ${own.length} and ${other.length}`);
  const differences: number[] = [];
  for (const [index, value] of own.entries()) {
    const opposite = other[index]!;
    if (value === null && opposite === null) continue;
    if (value === null || opposite === null) return { difference: null, interval: null, word: "unknown" };
    differences.push(value - opposite);
  }
  if (differences.length === 0) return { difference: null, interval: null, word: "no difference shown" };
  const difference = meanOf(differences);
  const interval = endsOf(differences);
  return { difference, interval, word: wordOf(difference, interval, better) };
}

function wordOf(difference: number, interval: Readonly<Ends> | null, better: Better): DifferenceWord {
  if (interval === null) return difference === 0 ? "no difference shown" : "unknown";
  const [low, high] = interval;
  if (low <= 0 && high >= 0) return "no difference shown";
  if (better === null) return "different";
  return difference > 0 === (better === "higher") ? "better" : "worse";
}
