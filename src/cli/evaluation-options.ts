import { type Command, InvalidArgumentError, Option } from "commander";
import { type EvaluationOptions, mostSeeds, mostWorkers } from "../evaluation/options.js";
import type { Decision } from "../scoring/replications/criterion.js";

/** The options of every command that simulates designs, with every default filled in. */
export interface EvaluationFlags {
  readonly seed: number;
  readonly seeds: number;
  readonly decide: Decision;
  readonly scenario?: readonly string[];
  readonly json?: true;
  readonly reporter?: readonly ReporterChoice[];
  readonly strict?: true;
  readonly scale?: number;
  readonly quiet?: true;
  readonly workers?: number;
  readonly color: boolean;
}

/** `--reporter name[=file]`; to standard output without a file. */
interface ReporterChoice {
  readonly name: string;
  readonly file: string | null;
}

/** Adds the options to a command. */
export function addEvaluationOptions(command: Command, defaults: { readonly seeds: number }): Command {
  return command
    .option("--seed <n>", "seed of all randomness", wholeNumber(0, Number.MAX_SAFE_INTEGER), 42)
    .option(
      "--seeds <n>",
      "replications, each with the next seed: means with 95 % intervals",
      wholeNumber(1, mostSeeds),
      defaults.seeds,
    )
    .addOption(
      new Option("--decide <by>", "what decides a criterion over several seeds")
        .choices(["interval", "mean"] satisfies Decision[])
        .default("interval"),
    )
    .option("--scenario <id>", "only this scenario (repeatable)", collect)
    .option("--json", "print JSON and nothing else")
    .option(
      "--reporter <name[=file]>",
      "how to tell the result, to standard output or a file (repeatable)",
      collectReporter,
    )
    .option("--strict", "refuse to infer what the canvas does not state")
    .option("--scale <s>", "share of the full load to run at, of problem and canvas alike (default: the files')", share)
    .option("--quiet", "print the verdict and its reasons only")
    .option(
      "--workers <n>",
      "threads to simulate on, 1 for none (default: one per processor for long work)",
      wholeNumber(1, mostWorkers),
    );
}

/** What the evaluation itself takes from the flags. */
export function evaluationOptionsOf(flags: EvaluationFlags): EvaluationOptions {
  const { seed, seeds, decide, scenario, strict, scale } = flags;
  return { seed, seeds, decide, scenarios: scenario, strict, scale };
}

/** Parses a whole number within bounds. */
function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Parses a number above 0. */
function share(text: string): number {
  const number = Number(text);
  if (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError("It must be a number above 0, such as 1 or 0.02.");
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return before.includes(value) ? before : [...before, value];
}

function collectReporter(value: string, before: readonly ReporterChoice[] = []): readonly ReporterChoice[] {
  const equals = value.indexOf("=");
  const choice =
    equals === -1 ? { name: value, file: null } : { name: value.slice(0, equals), file: value.slice(equals + 1) };
  if (choice.file === "") throw new InvalidArgumentError("The file's name is missing behind =.");
  return [...before, choice];
}
