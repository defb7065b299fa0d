import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { printable } from "../document/printable.js";
import type { DesignGroup } from "../evaluation/design.js";
import { isProblemPath } from "../problem/load.js";
import { FileWatch } from "./file-watch.js";
import { reportError } from "./report-error.js";
import { configOf, settle } from "./settings.js";

/** What is run again and again. */
export interface WatchedRun<Round extends { readonly groups: readonly DesignGroup[] }> {
  readonly command: Command;
  /** The designs, from the files as they are now. */
  prepare(): Promise<Round>;
  run(round: Round): Promise<void>;
}

const clearScreen = "\u001b[2J\u001b[3J\u001b[H";

/**
 * Runs, and runs again whenever a canvas, a problem's file or the configuration changes. What a file holds may be wrong for
 * a moment: its faults are told, and the watch goes on until a signal ends the process. One run ends before the next begins.
 * @throws InputError, UsageError when there is nothing to watch, as what was asked for at first cannot be had
 */
export async function watch<Round extends { readonly groups: readonly DesignGroup[] }>(
  watched: WatchedRun<Round>,
): Promise<void> {
  const round = await watched.prepare();
  const files = new FileWatch((fault) => tell(`cannot watch: ${fault}`));
  const names = filesOf(round, watched.command);
  await files.begin(names);
  tell(`Watching ${names.join(", ")}; Ctrl-C ends it.`);
  await orReport(watched, () => watched.run(round));
  for (;;) {
    tell("Waiting for a change.");
    while (!(await runAgain(watched, files, await files.next())));
  }
}

/** @returns whether the changes had to do with the run */
async function runAgain<Round extends { readonly groups: readonly DesignGroup[] }>(
  watched: WatchedRun<Round>,
  files: FileWatch,
  changed: readonly string[],
): Promise<boolean> {
  const before = changed.filter((file) => files.has(file));
  const next = await attempt(async () => {
    await settle(watched.command, true);
    const round = await watched.prepare();
    files.replace(filesOf(round, watched.command));
    return round;
  });
  const concerned = changed.filter((file) => before.includes(file) || files.has(file));
  if (concerned.length === 0) return false;
  if (process.stdout.isTTY) process.stdout.write(clearScreen);
  tell(`Changed: ${concerned.join(", ")}`);
  await orReport(watched, async () => watched.run(next()));
  return true;
}

/** What a run reads, sorted, without the package's own files. */
function filesOf({ groups }: { readonly groups: readonly DesignGroup[] }, command: Command): readonly string[] {
  const designs = groups.flatMap((group) => group.designs);
  const problems = designs.map(({ problem }) => problem.name).filter(isProblemPath);
  const config = configOf(command)?.file;
  const files = [...designs.map(({ file }) => file), ...problems, ...(config === undefined ? [] : [config])];
  return [...new Set(files.map((file) => relative("", resolve(file))))].sort();
}

/** What came of it, a value or what it threw, to be had later. */
async function attempt<Value>(work: () => Promise<Value>): Promise<() => Value> {
  try {
    const value = await work();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Tells a fault instead of ending for it: the next save may mend it. */
async function orReport({ command }: { readonly command: Command }, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    reportError(error, command.optsWithGlobals<{ readonly debug?: true }>().debug === true);
  }
}

function tell(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}
