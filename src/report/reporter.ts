import type { Report } from "./report.js";

/** How a report may look. */
export interface ReportOptions {
  readonly color: boolean;
  /** Most characters in a line. */
  readonly width: number;
  /** Verdict and reasons only. */
  readonly quiet: boolean;
  /** What a canvas file is called where its text is read, such as from the root of a repository; its own name by default. */
  readonly pathOf?: (file: string) => string;
}

/** Turns what a command found out into text. A pure function of its arguments; the text ends with a line feed, or is empty. */
export interface Reporter {
  readonly name: string;
  render(report: Report, options: ReportOptions): string | Promise<string>;
  /** The reporter with which it may share standard output; by default it has that for itself. */
  readonly beside?: string;
  readonly summary?: Summary;
}

/** Text that a reporter adds to a file which an environment variable names; without the variable there is none. */
interface Summary {
  readonly variable: string;
  /** Most bytes that the file may hold. */
  readonly mostBytes: number;
  /** At most `room` bytes in UTF-8; empty when too little fits to say anything. */
  render(report: Report, room: number): string;
}

/** A reporter that waits for nothing. */
export interface SynchronousReporter extends Reporter {
  render(report: Report, options: ReportOptions): string;
}
