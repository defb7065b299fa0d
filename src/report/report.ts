import type { JudgedDesign } from "../evaluation/design.js";
import type { BaselineComparison } from "../scoring/baseline/compare.js";
import type { Comparison } from "../scoring/comparison/comparison.js";

/** What a command found out, for a reporter to tell. */
export interface Report {
  /** In the order of the command line. */
  readonly designs: readonly JudgedDesign[];
  /** The designs beside each other, where they were compared. */
  readonly comparison?: Comparison;
  /** Where a baseline was given: each design beside what it says of it, in the order of the designs. */
  readonly baselines?: readonly BaselineComparison[];
}
