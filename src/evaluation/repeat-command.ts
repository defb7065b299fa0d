import type { EvaluationOptions, SpelledOption } from "./options.js";

/** The command line that makes the same result again; words are quoted for a POSIX shell where they need it. */
export function repeatCommand(problemName: string, file: string, options: EvaluationOptions): string {
  const words = ["chini-bench", "run", problemName, file, "--seed", String(options.seed)];
  const spelled = (option: SpelledOption) => options.spelledOut?.includes(option) === true;
  if (options.seeds > 1 || spelled("seeds")) words.push("--seeds", String(options.seeds));
  if (options.decide !== "interval" || spelled("decide")) words.push("--decide", options.decide);
  for (const id of options.scenarios ?? []) words.push("--scenario", id);
  if (options.scale !== undefined) words.push("--scale", String(options.scale));
  if (options.strict === true) words.push("--strict");
  else if (spelled("strict")) words.push("--no-strict");
  for (const gate of options.gates ?? []) words.push("--gate", gate);
  for (const setting of options.settings ?? []) words.push("--set", setting);
  if (options.fromModelOutput === true) words.push("--from-model-output");
  return words.map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
