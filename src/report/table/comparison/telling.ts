import type { FigureDifference } from "../../../scoring/comparison/comparison.js";
import { figuresOf } from "../../../scoring/comparison/figures.js";
import type { DifferenceWord } from "../../../scoring/comparison/paired.js";
import { meanOf } from "../../../scoring/replications/mean.js";
import type { Samples } from "../../../scoring/samples.js";
import { formatFigure } from "./signed.js";

/** Figures told of each design. */
const mostTold = 4;

/** What is certain, and good or bad. */
const tellingWords: ReadonlySet<DifferenceWord> = new Set(["better", "worse"]);

/** A figure that differs by less, though for certain, tells nobody anything. */
const leastShare = 0.005;

/** What a reader asks for first; among differences as large as each other the earlier one is told. */
const figuresByWeight: readonly string[] = [
  "violations",
  "stability",
  "errors",
  "dropRate",
  "confirmMs.p95",
  "recoveryMs",
  "acceptMs.p95",
  "amplification",
  "deliveryRate",
  "delivery",
  "constraints",
  "design",
  "cost",
];

/** A difference with what it is the difference of, as text. */
export interface TellingDifference extends FigureDifference {
  readonly own: string;
  readonly other: string;
}

/**
 * The figures that differ most and for certain: those that are better or worse, by |own − other| ÷ (|own| + |other|), which
 * is 1 where one of them is 0. Each figure is told of the run only in which it differs most.
 */
export function mostTelling(
  differences: readonly FigureDifference[],
  own: Samples,
  other: Samples,
): readonly TellingDifference[] {
  const ownMeans = meansOf(own);
  const otherMeans = meansOf(other);
  const certain = differences
    .filter(({ figure, word }) => tellingWords.has(word) && figuresByWeight.includes(figure))
    .map((difference) => {
      const key = keyOf(difference.scenario, difference.figure);
      const values = [ownMeans.get(key) ?? 0, otherMeans.get(key) ?? 0] as const;
      return { difference, values, share: shareOf(values), weight: figuresByWeight.indexOf(difference.figure) };
    })
    .filter(({ share }) => share >= leastShare)
    .sort((left, right) => right.share - left.share || left.weight - right.weight || sizeOf(right) - sizeOf(left));
  const told = new Map<string, TellingDifference>();
  for (const { difference, values } of certain) {
    const { figure } = difference;
    if (told.has(figure)) continue;
    const [ownText, otherText] = values.map((value) => formatFigure(figure, value));
    told.set(figure, { ...difference, own: ownText!, other: otherText! });
  }
  return [...told.values()].slice(0, mostTold);
}

function sizeOf({ difference }: { readonly difference: FigureDifference }): number {
  return Math.abs(difference.difference ?? 0);
}

function shareOf([own, other]: readonly [number, number]): number {
  const sum = Math.abs(own) + Math.abs(other);
  return sum === 0 ? 0 : Math.abs(own - other) / sum;
}

function meansOf(samples: Samples): ReadonlyMap<string, number | null> {
  return new Map(figuresOf(samples).map(({ scenario, name, column }) => [keyOf(scenario, name), meanOf(column)]));
}

function keyOf(scenario: string | null, figure: string): string {
  return `${scenario ?? ""} ${figure}`;
}
