import type { Comparison } from "./comparison.js";
import { figureDifferences } from "./differences.js";
import { type ComparedDesign, rankDesigns } from "./ranking.js";

/** What a comparison says about where it comes from. */
interface ComparisonContext {
  readonly problem: string;
  readonly seeds: readonly number[];
  /** Index of the design that the others are compared with, which can be run; the best-ranked when left out. */
  readonly reference?: number | undefined;
  /** The command that makes the comparison again. */
  readonly repeat: string;
}

/**
 * Puts designs of one problem, run with the same seeds, beside each other.
 * @throws RangeError when the reference could not be run
 */
export function compareDesigns(designs: readonly ComparedDesign[], context: ComparisonContext): Comparison {
  const { problem, seeds, repeat } = context;
  const ranking = rankDesigns(designs);
  const running = ranking.filter(({ rank }) => rank !== null).map(({ design }) => design);
  const reference = context.reference ?? running[0] ?? null;
  if (reference !== null && !running.includes(reference)) throw new RangeError(`design ${reference} could not be run`);
  const samplesOf = (design: number) => designs[design]!.samples;
  const differences = running
    .filter((design) => reference !== null && design !== reference)
    .map((design) => ({ design, figures: figureDifferences(samplesOf(design), samplesOf(reference!)) }));
  return { problem, seeds, ranking, reference, differences, repeat };
}
