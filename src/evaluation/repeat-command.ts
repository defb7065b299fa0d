import type { EvaluationOptions } from "./options.js";

/** The command line that makes the same result again; words are quoted for a POSIX shell where they need it. */
export function repeatCommand(problemName: string, file: string, options: EvaluationOptions): string {
  const seeds = options.seeds > 1 ? ["--seeds", String(options.seeds)] : [];
  return commandLine(["run", problemName, file], options, seeds);
}

/**
 * The command line that makes the same comparison again.
 * @param paths canvases and folders, as they were given
 * @param against the canvas that was named as the reference
 */
export function repeatComparison(
  problemName: string,
  paths: readonly string[],
  against: string | undefined,
  options: EvaluationOptions,
): string {
  const reference = against === undefined ? [] : ["--against", against];
  return commandLine(["compare", problemName, ...paths], options, ["--seeds", String(options.seeds), ...reference]);
}

function commandLine(command: readonly string[], options: EvaluationOptions, afterSeed: readonly string[]): string {
  const words = ["chini-bench", ...command, "--seed", String(options.seed), ...afterSeed];
  if (options.decide !== "interval") words.push("--decide", options.decide);
  for (const id of options.scenarios ?? []) words.push("--scenario", id);
  if (options.scale !== undefined) words.push("--scale", String(options.scale));
  if (options.strict === true) words.push("--strict");
  return words.map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
