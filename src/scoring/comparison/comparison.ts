import type { PairedDifference } from "./paired.js";

/** A design's place among others. */
export interface RankedDesign {
  /** Index of the design in the report. */
  readonly design: number;
  /** From 1; designs that nothing tells apart share it. */
  readonly rank: number;
  /** What it is called in the comparison: the shortest part of its file's name that no other has. */
  readonly label: string;
  /** Scenario runs that it passed, and one more for the gates of the whole canvas. */
  readonly passes: number;
  /** How many there are. */
  readonly outOf: number;
  /** No other design has as high a composite at as low a cost, one of them better. */
  readonly onFront: boolean;
}

/** One figure of a design beside that of the reference. */
export interface FigureDifference extends PairedDifference {
  /** Id of the scenario run; null for a figure of the whole design. */
  readonly scenario: string | null;
  /** Such as `composite` and `acceptMs.p95`. */
  readonly figure: string;
}

/** Designs of one problem beside each other, on the same seeds. */
export interface Comparison {
  readonly problem: string;
  readonly seeds: readonly number[];
  /** The best first. */
  readonly ranking: readonly RankedDesign[];
  /** Index in the report of the design that the others are compared with; null when none could be run. */
  readonly reference: number | null;
  /** Of every other design that could be run, in the order of the ranking. */
  readonly differences: readonly { readonly design: number; readonly figures: readonly FigureDifference[] }[];
}
