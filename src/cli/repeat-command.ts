import type { Decision } from "../scoring/replications/criterion.js";

/** What decides about a result beside the problem and the canvas. */
export interface RepeatableOptions {
  /** The first seed; each further replication takes the next number. */
  readonly seed: number;
  /** How many replications. */
  readonly seeds: number;
  /** What decides a criterion over several seeds. */
  readonly decide: Decision;
  readonly scenario?: readonly string[];
  readonly strict?: true;
  /** Share of the full load to run at. */
  readonly scale?: number;
}

/** The command line that makes the same result again; words are quoted for a POSIX shell where they need it. */
export function repeatCommand(problemName: string, file: string, options: RepeatableOptions): string {
  const words = ["chini-bench", "run", problemName, file, "--seed", String(options.seed)];
  if (options.seeds > 1) words.push("--seeds", String(options.seeds));
  if (options.decide !== "interval") words.push("--decide", options.decide);
  for (const id of options.scenario ?? []) words.push("--scenario", id);
  if (options.scale !== undefined) words.push("--scale", String(options.scale));
  if (options.strict === true) words.push("--strict");
  return words.map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
