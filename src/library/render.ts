import { nearestName } from "../document/nearest.js";
import { printable } from "../document/printable.js";
import { wordName } from "../evaluation/problem-run.js";
import { UsageError } from "../evaluation/usage-error.js";
import { loadReporter, reporterNames } from "../report/index.js";
import type { Report } from "../report/report.js";
import type { ReportOptions } from "../report/reporter.js";

/** Columns of a text that goes to no terminal. */
const defaultWidth = 100;

/**
 * Renders a report by the name of a reporter, one of `reporterNames`.
 *
 * @param options without colour, 100 columns wide and in full when left out
 * @returns the text, which ends with a line feed or is empty
 * @throws UsageError when there is no such reporter
 */
export async function render(
  report: Report,
  reporter = "table",
  options: Partial<ReportOptions> = {},
): Promise<string> {
  if (!reporterNames.includes(reporter)) {
    const allowed = wordName(printable(reporter), nearestName(reporter, reporterNames), reporterNames);
    throw new UsageError([`unknown reporter ${allowed}`]);
  }
  const { render: toText } = await loadReporter(reporter);
  const { color = false, width = defaultWidth, quiet = false } = options;
  return toText(report, { color, width, quiet });
}
