import { Chalk } from "chalk";
import type { Report } from "./report.js";
import type { ReportOptions } from "./reporter.js";
import { baselineLines, quietBaselineLines } from "./table/baseline.js";
import type { Style } from "./table/style.js";
import { verdictLines } from "./table/verdict.js";

/** The verdict of each design and how it differs from a baseline, and nothing else. */
export function baselineChanges({ designs, baselines }: Report, options: ReportOptions): string {
  const style: Style = { chalk: new Chalk({ level: options.color ? 1 : 0 }), width: options.width };
  const compared = options.quiet ? quietBaselineLines : baselineLines;
  const blocks = designs.map(({ result }, index) => [
    ...verdictLines(result, style),
    ...compared(result, style, baselines?.[index]),
  ]);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n\n")}\n`;
}
