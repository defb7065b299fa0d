import type { Report } from "./report.js";

/** How a report may look. */
export interface ReportOptions {
  readonly color: boolean;
  /** Most characters in a line. */
  readonly width: number;
  /** Verdict and reasons only. */
  readonly quiet: boolean;
}

/** Turns what a command found out into text. A pure function of its arguments; the text ends with a line feed, or is empty. */
export interface Reporter {
  readonly name: string;
  render(report: Report, options: ReportOptions): string | Promise<string>;
}

/** A reporter that waits for nothing. */
export interface SynchronousReporter extends Reporter {
  render(report: Report, options: ReportOptions): string;
}
