import type { PairedDifference } from "./paired.js";

/** A design's place among others. */
export interface RankedDesign {
  /** Index of the design in the report. */
  readonly design: number;
  /** From 1; designs that nothing tells apart share it. Null for a design that could not be run: those come last. */
  readonly rank: number | null;
  /** What it is called in the comparison: the shortest part of its file's name that no other has. */
  readonly label: string;
  /** Scenario runs that it passed, and one more for the gates of the whole canvas. */
  readonly passes: number;
  /** How many there are; 0 for a design that could not be run. */
  readonly outOf: number;
  /**
   * No other design has as high a composite at as low a cost, one of them better; the composite to a tenth of a point, the
   * cost to three digits.
   */
  readonly onFront: boolean;
}

/** One figure of a design beside that of the reference. */
export interface FigureDifference extends PairedDifference {
  /** Id of the scenario run; null for a figure of the whole design. */
  readonly scenario: string | null;
  /** Such as `composite` and `acceptMs.p95`; `violations` is the sum over all invariants. */
  readonly figure: string;
}

/** How a design differs from the reference. */
export interface DesignDifferences {
  /** Index of the design in the report. */
  readonly design: number;
  /** Those of the whole design first, then run by run; figures that neither design has with any seed are left out. */
  readonly figures: readonly FigureDifference[];
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
  readonly differences: readonly DesignDifferences[];
  /** The command that makes this comparison again. */
  readonly repeat: string;
}
