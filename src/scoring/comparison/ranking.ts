import type { Result } from "../result.js";
import type { Samples } from "../samples.js";
import type { RankedDesign } from "./comparison.js";
import { meanFigure } from "./figures.js";
import { paretoFront, type ScoreAndCost } from "./front.js";

/** A design that is compared with others. */
export interface ComparedDesign {
  /** What it is called in the comparison. */
  readonly label: string;
  readonly result: Result;
  readonly samples: Samples;
}

/** What decides about a design's place, with its index. */
interface Contender extends ScoreAndCost {
  readonly design: number;
  readonly passes: number;
  readonly outOf: number;
}

/**
 * The best design first: more passes, then the higher composite (the mean over the seeds, not rounded), then the lower cost
 * a month. Designs equal in all three share a rank, and the next rank counts them all (1, 1, 3); among each other they stay
 * in the order given, as do those that could not be run, which come last.
 */
export function rankDesigns(designs: readonly ComparedDesign[]): readonly RankedDesign[] {
  const contenders = designs.flatMap(({ result, samples }, design): readonly Contender[] => {
    const composite = meanFigure(samples, "composite");
    const monthlyUsd = meanFigure(samples, "effectiveMonthlyUsd");
    if (composite === null || monthlyUsd === null) return [];
    return [{ design, composite, monthlyUsd, ...passesOf(result) }];
  });
  const sorted = [...contenders].sort(bestFirst);
  const front = new Set(paretoFront(contenders.map(roundedPlace)).map(({ design }) => design));
  const ranked = sorted.map((contender): RankedDesign => {
    const { design, passes, outOf } = contender;
    const rank = sorted.findIndex((other) => bestFirst(other, contender) === 0) + 1;
    return { design, rank, label: designs[design]!.label, passes, outOf, onFront: front.has(design) };
  });
  const running = new Set(contenders.map(({ design }) => design));
  const others = designs.flatMap(({ label }, design): readonly RankedDesign[] =>
    running.has(design) ? [] : [{ design, rank: null, label, passes: 0, outOf: 0, onFront: false }],
  );
  return [...ranked, ...others];
}

/** To a tenth of a point, and the cost to three digits: a front of finer differences would be one of the seeds' luck. */
function roundedPlace({ design, composite, monthlyUsd }: Contender): ScoreAndCost & { readonly design: number } {
  return { design, composite: Number(composite.toFixed(1)), monthlyUsd: Number(monthlyUsd.toPrecision(3)) };
}

function bestFirst(left: Contender, right: Contender): number {
  return right.passes - left.passes || right.composite - left.composite || left.monthlyUsd - right.monthlyUsd;
}

/** Runs passed, and one more when every gate of the whole canvas is. */
function passesOf({ scenarios, criteria }: Result): { readonly passes: number; readonly outOf: number } {
  const passed = scenarios.filter(({ pass }) => pass).length;
  const wholePassed = criteria.every(({ scenario, pass }) => scenario !== null || pass);
  return { passes: passed + (wholePassed ? 1 : 0), outOf: scenarios.length + 1 };
}
