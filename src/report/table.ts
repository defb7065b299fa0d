import { Chalk } from "chalk";
import type { BaselineComparison } from "../scoring/baseline/compare.js";
import type { Result } from "../scoring/result.js";
import type { SynchronousReporter } from "./reporter.js";
import { baselineLines, quietBaselineLines } from "./table/baseline.js";
import { comparisonLines } from "./table/comparison.js";
import { componentLines } from "./table/components.js";
import { assumptionLines, costLines, findingLines, warningLines } from "./table/design.js";
import { explainLines } from "./table/explain.js";
import { criteriaLines, invariantLines, truncatedLines } from "./table/reasons.js";
import { repeatLines } from "./table/repeat.js";
import { scenarioLines } from "./table/scenarios.js";
import type { Style } from "./table/style.js";
import { summaryLines } from "./table/summary.js";
import { sweepLines } from "./table/sweep.js";
import { scoreLines, verdictLines } from "./table/verdict.js";

type Section = (result: Result, style: Style, baseline?: BaselineComparison) => readonly string[];

/** What makes up a report, in reading order: the verdict first, how to get it again last. */
const sections: readonly Section[] = [
  verdictLines,
  baselineLines,
  scoreLines,
  scenarioLines,
  componentLines,
  criteriaLines,
  invariantLines,
  truncatedLines,
  explainLines,
  costLines,
  findingLines,
  warningLines,
  assumptionLines,
  repeatLines,
];

/** What `--quiet` leaves of it. */
const quietSections: readonly Section[] = [
  verdictLines,
  quietBaselineLines,
  criteriaLines,
  invariantLines,
  truncatedLines,
  explainLines,
  repeatLines,
];

/**
 * For a reader at a terminal. A canvas that is not valid has no report, for its faults are told on standard error;
 * beside others it has its line in the summary. Of designs that were compared, and of variants of one canvas, the
 * comparison or the sweep is told instead.
 */
export const table: SynchronousReporter = {
  name: "table",
  render({ designs, comparison, baselines, sweeps }, options) {
    const results = designs.map(({ result }) => result);
    const style: Style = { chalk: new Chalk({ level: options.color ? 1 : 0 }), width: options.width };
    if (comparison !== undefined) return `${comparisonLines(designs, comparison, style, options.quiet).join("\n")}\n`;
    if (sweeps !== undefined) {
      const blocks = sweeps.map((sweep) => sweepLines(sweep, { results, baselines }, style).join("\n"));
      return `${blocks.join("\n\n\n")}\n`;
    }
    const chosen = options.quiet ? quietSections : sections;
    const reports = results.flatMap((result, index) =>
      result.verdict === "invalid" ? [] : [chosen.flatMap((section) => section(result, style, baselines?.[index]))],
    );
    const summary = results.length > 1 ? [summaryLines(results, style)] : [];
    const blocks = [...reports, ...summary].map((lines) => lines.join("\n"));
    return blocks.length === 0 ? "" : `${blocks.join("\n\n\n")}\n`;
  },
};
