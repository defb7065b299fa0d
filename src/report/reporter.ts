import type { Result } from "../scoring/result.js";

/** How a report may look. */
interface ReportOptions {
  readonly color: boolean;
  /** Most characters in a line. */
  readonly width: number;
  /** Verdict and reasons only. */
  readonly quiet: boolean;
}

/** Turns results into text. A pure function of its arguments; the text ends with a line feed, or is empty. */
export interface Reporter {
  readonly name: string;
  /** @param results one per canvas, in the order of the command line */
  render(results: readonly Result[], options: ReportOptions): string;
}
