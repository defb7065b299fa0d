import { nearestName } from "../document/nearest.js";
import { printable } from "../document/printable.js";
import { wordName } from "../evaluation/problem-run.js";
import { UsageError } from "../evaluation/usage-error.js";
import { loadReporter, reporterNames } from "../report/index.js";
import type { Report } from "../report/report.js";
import type { Reporter, ReportOptions } from "../report/reporter.js";
import { coloursFor } from "./colour.js";
import type { EvaluationFlags } from "./evaluation-options.js";

/** Columns of a report that goes to a file, or to a pipe where COLUMNS says nothing; and the least and the most. */
const defaultWidth = 100;
const leastWidth = 60;
const mostWidth = 140;

/** A reporter and where its text goes: to standard output without a file. */
export interface Output {
  readonly reporter: Reporter;
  readonly file: string | null;
}

type OutputFlags = Pick<EvaluationFlags, "json" | "reporter" | "quiet" | "color">;

/**
 * The reporters asked for; the table where nothing else writes to standard output.
 * @throws UsageError when they cannot be had
 */
export async function chooseOutputs({ json, reporter }: OutputFlags): Promise<readonly Output[]> {
  const asked = [...(json === true ? [{ name: "json", file: null }] : []), ...(reporter ?? [])];
  const choices = asked.some(({ file }) => file === null) ? asked : [...asked, { name: "table", file: null }];
  const unknown = choices.filter(({ name }) => !reporterNames.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(
      unknown.map(
        ({ name }) => `unknown reporter ${wordName(printable(name), nearestName(name, reporterNames), reporterNames)}`,
      ),
    );
  }
  if (choices.filter(({ file }) => file === null).length > 1) {
    const mend = "give the others a file, as --reporter json=result.json";
    throw new UsageError([`only one reporter can write to standard output; ${mend}`]);
  }
  return Promise.all(choices.map(async ({ name, file }) => ({ reporter: await loadReporter(name), file })));
}

/**
 * Renders the report with each reporter and writes it.
 * @throws UsageError when a file cannot be written
 */
export async function writeOutputs(outputs: readonly Output[], report: Report, flags: OutputFlags): Promise<void> {
  for (const { reporter, file } of outputs) {
    const options = reportOptions(flags);
    if (file === null) process.stdout.write(await reporter.render(report, options));
    else await writeReport(file, await reporter.render(report, { ...options, color: false, width: defaultWidth }));
  }
}

/** How a report may look on standard output. */
export function reportOptions({ quiet, color }: Pick<EvaluationFlags, "quiet" | "color">): ReportOptions {
  return { color: coloursFor("stdout", color).level > 0, width: terminalWidth(), quiet: quiet === true };
}

function terminalWidth(): number {
  const columns = process.stdout.isTTY ? process.stdout.columns : Number(process.env.COLUMNS) || defaultWidth;
  return Math.min(mostWidth, Math.max(leastWidth, columns));
}

async function writeReport(file: string, text: string): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  try {
    await writeFile(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError([`cannot write ${printable(file)}: ${code}`]);
  }
}
