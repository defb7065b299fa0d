import type { JudgedDesign } from "../evaluation/design.js";

/** What a command found out, for a reporter to tell. */
export interface Report {
  /** In the order of the command line. */
  readonly designs: readonly JudgedDesign[];
}
