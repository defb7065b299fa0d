import { Chalk } from "chalk";
import type { Result } from "../scoring/result.js";
import type { SynchronousReporter } from "./reporter.js";
import { comparisonLines } from "./table/comparison.js";
import { componentLines } from "./table/components.js";
import { assumptionLines, costLines, findingLines, warningLines } from "./table/design.js";
import { criteriaLines, invariantLines, truncatedLines } from "./table/reasons.js";
import { repeatLines } from "./table/repeat.js";
import { scenarioLines } from "./table/scenarios.js";
import type { Style } from "./table/style.js";
import { summaryLines } from "./table/summary.js";
import { scoreLines, verdictLines } from "./table/verdict.js";

type Section = (result: Result, style: Style) => readonly string[];

/** What makes up a report, in reading order: the verdict first, how to get it again last. */
const sections: readonly Section[] = [
  verdictLines,
  scoreLines,
  scenarioLines,
  componentLines,
  criteriaLines,
  invariantLines,
  truncatedLines,
  costLines,
  findingLines,
  warningLines,
  assumptionLines,
  repeatLines,
];

/** What `--quiet` leaves of it. */
const quietSections: readonly Section[] = [verdictLines, criteriaLines, invariantLines, truncatedLines, repeatLines];

/**
 * For a reader at a terminal. A canvas that is not valid has no report, for its faults are told on standard error;
 * beside others it has its line in the summary. Of designs that were compared the comparison is told instead.
 */
export const table: SynchronousReporter = {
  name: "table",
  render({ designs, comparison }, options) {
    const style: Style = { chalk: new Chalk({ level: options.color ? 1 : 0 }), width: options.width };
    if (comparison !== undefined) return `${comparisonLines(designs, comparison, style, options.quiet).join("\n")}\n`;
    const results = designs.map(({ result }) => result);
    const chosen = options.quiet ? quietSections : sections;
    const reports = results
      .filter((result) => result.verdict !== "invalid")
      .map((result) => chosen.flatMap((section) => section(result, style)));
    const summary = results.length > 1 ? [summaryLines(results, style)] : [];
    const blocks = [...reports, ...summary].map((lines) => lines.join("\n"));
    return blocks.length === 0 ? "" : `${blocks.join("\n\n\n")}\n`;
  },
};
