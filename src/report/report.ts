import type { JudgedDesign } from "../evaluation/design.js";
import type { BaselineComparison } from "../scoring/baseline/compare.js";
import type { Comparison } from "../scoring/comparison/comparison.js";
import type { Sweep } from "../scoring/sweep/sweep.js";

/** What a command found out, for a reporter to tell. */
export interface Report {
  /** In the order of the command line. */
  readonly designs: readonly JudgedDesign[];
  /** The designs beside each other, where they were compared. */
  readonly comparison?: Comparison;
  /** Designs that are variants of one file, beside each other; absent when there are none. */
  readonly sweeps?: readonly Sweep[];
  /** Where a baseline was given: each design beside what it says of it, in the order of the designs. */
  readonly baselines?: readonly BaselineComparison[];
  /** Whether a design that is worse than its baseline fails the run. */
  readonly failOnRegression?: boolean;
}
