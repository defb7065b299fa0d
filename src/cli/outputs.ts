import { dirname } from "node:path";
import { printable } from "../document/printable.js";
import { UsageError } from "../evaluation/usage-error.js";
import type { Report } from "../report/report.js";
import type { Reporter, ReportOptions } from "../report/reporter.js";
import type { Output } from "./choose-outputs.js";
import { coloursFor } from "./colour.js";
import type { EvaluationFlags } from "./evaluation-options.js";
import { onGitHubActions, pathInRepository, withoutCommands } from "./github-actions.js";
import { defaultWidth, terminalWidth } from "./terminal-width.js";

export { chooseOutputs } from "./choose-outputs.js";

/**
 * Renders the report with each reporter and writes it; then what each adds to the summary of a job.
 * @throws UsageError when a file cannot be written
 */
export async function writeOutputs(
  outputs: readonly Output[],
  report: Report,
  flags: Pick<EvaluationFlags, "quiet" | "color">,
): Promise<void> {
  const options = reportOptions(flags);
  for (const { reporter, file } of outputs) {
    if (file === null) {
      const text = await reporter.render(report, options);
      const obeyed = reporter.name === "table" && onGitHubActions(process.env);
      process.stdout.write(obeyed ? withoutCommands(text) : text);
    } else {
      // What is kept is whole: --quiet is for the one who looks on.
      const kept = { ...options, color: false, width: defaultWidth, quiet: false };
      await writeText(file, await reporter.render(report, kept));
    }
    await addSummary(reporter, report);
  }
}

/** How a report may look on standard output. */
export function reportOptions({ quiet, color }: Pick<EvaluationFlags, "quiet" | "color">): ReportOptions {
  return {
    color: coloursFor("stdout", color).level > 0,
    width: terminalWidth(),
    quiet: quiet === true,
    pathOf: (file) => pathInRepository(file, process.env),
  };
}

/** Writes a report, and makes the folders that it lies in. */
async function writeText(file: string, text: string): Promise<void> {
  const { mkdir, writeFile } = await import("node:fs/promises");
  await orUsageError(file, async () => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  });
}

/** Adds to the file that the reporter's variable names as much as it still has room for. */
async function addSummary({ summary }: Reporter, report: Report): Promise<void> {
  const file = summary === undefined ? "" : (process.env[summary.variable] ?? "");
  if (summary === undefined || file === "") return;
  const { appendFile, stat } = await import("node:fs/promises");
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  const text = summary.render(report, Math.max(0, summary.mostBytes - size));
  if (text === "") {
    process.stderr.write(`${summary.variable}: no summary, for ${printable(file)} is full\n`);
    return;
  }
  await orUsageError(`${file} (${summary.variable})`, () => appendFile(file, text));
}

/** What to do about the faults of a file system that a user can mend. */
const mends: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "its folder does not exist"],
  ["EISDIR", "it is a folder; name a file in it"],
  ["EEXIST", "a part of its path is a file, not a folder"],
  ["ENOTDIR", "a part of its path is a file, not a folder"],
  ["EACCES", "it may not be written here (permissions)"],
  ["EPERM", "it may not be written here (permissions)"],
  ["EROFS", "it lies where nothing can be written (read-only)"],
  ["ENOSPC", "the disk is full"],
  ["ENAMETOOLONG", "its name is too long"],
]);

/**
 * Writes, and tells a fault of the file system as one that the user can mend.
 * @throws UsageError that names what cannot be written
 */
export async function orUsageError(what: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError([`cannot write ${printable(what)}: ${mends.get(code) ?? code}`]);
  }
}
