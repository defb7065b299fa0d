import type { EvaluationOptions, SpelledOption } from "./options.js";

/** The command line that makes the same result again; words are quoted for a POSIX shell where they need it. */
export function repeatCommand(problemName: string, file: string, options: EvaluationOptions): string {
  const seeds = options.seeds > 1 || isSpelled(options, "seeds") ? ["--seeds", String(options.seeds)] : [];
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

function isSpelled({ spelledOut }: EvaluationOptions, option: SpelledOption): boolean {
  return spelledOut?.includes(option) === true;
}

function commandLine(command: readonly string[], options: EvaluationOptions, afterSeed: readonly string[]): string {
  const words = ["chini-bench", ...command, "--seed", String(options.seed), ...afterSeed];
  if (options.decide !== "interval" || isSpelled(options, "decide")) words.push("--decide", options.decide);
  for (const id of options.scenarios ?? []) words.push("--scenario", id);
  if (options.scale !== undefined) words.push("--scale", String(options.scale));
  if (options.strict === true) words.push("--strict");
  else if (isSpelled(options, "strict")) words.push("--no-strict");
  for (const gate of options.gates ?? []) words.push("--gate", gate);
  for (const setting of options.settings ?? []) words.push("--set", setting);
  if (options.fromModelOutput === true) words.push("--from-model-output");
  if (isSpelled(options, "config")) words.push("--no-config");
  return words.map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
