import { type Command, InvalidArgumentError, Option } from "commander";
import { type EvaluationOptions, mostSeeds, mostWorkers, type SpelledOption } from "../evaluation/options.js";
import { reporterNames } from "../report/index.js";
import type { Decision } from "../scoring/replications/criterion.js";
import { type ReporterChoice, reporterChoice, reporterVariable } from "./reporter-choice.js";
import { settle } from "./settings.js";

/** The options of every command that simulates designs, with every default filled in: by flag, environment or configuration. */
export interface EvaluationFlags {
  readonly seed: number;
  readonly seeds: number;
  readonly decide: Decision;
  readonly scenario?: readonly string[];
  readonly gate?: readonly string[];
  readonly json?: true;
  readonly reporter?: readonly ReporterChoice[];
  readonly strict?: boolean;
  readonly scale?: number;
  readonly set?: readonly string[];
  readonly fromModelOutput?: true;
  readonly quiet?: true;
  readonly workers?: number;
  /** Options that environment or configuration speak of. */
  readonly spelledOut?: readonly SpelledOption[];
  readonly color: boolean;
}

const environmentHelp = `
Environment: CHINI_BENCH_SEED, CHINI_BENCH_SEEDS, CHINI_BENCH_DECIDE,
CHINI_BENCH_WORKERS, CHINI_BENCH_SCALE, CHINI_BENCH_REPORTER and
CHINI_BENCH_CONFIG give the options of these names, where no flag does.`;

/** Adds the options to a command. Environment and configuration have filled them in when its action begins. */
export function addEvaluationOptions(command: Command, defaults: { readonly seeds: number }): Command {
  addTrialOptions(command.optionsGroup("What is simulated:"));
  addReplicationOptions(command.optionsGroup("Seeds and threads:"), defaults);
  addOutputOptions(command.optionsGroup("Output:"));
  addConfigurationOptions(command.optionsGroup("Configuration:"));
  return command
    .optionsGroup("Options:")
    .hook("preAction", (_command, acting) => settle(acting))
    .addHelpText("after", environmentHelp);
}

function addTrialOptions(command: Command): void {
  command
    .option("--scenario <id>", "only this scenario (repeatable)", collect)
    .option("--gate <expression>", 'one more gate, such as "acceptMs.p95 <= 300ms" (repeatable)', collect)
    .option(
      "--set <path=value>",
      "run with this field set; several values, as a=1,2, are all tried (repeatable)",
      collect,
    )
    .addOption(
      new Option("--scale <s>", "share of the full load to run at, of problem and canvas alike (default: the files')")
        .argParser(share)
        .env("CHINI_BENCH_SCALE"),
    )
    .option("--strict", "refuse to infer what the canvas does not state")
    .option("--no-strict", "infer it, whatever the configuration says")
    .option("--from-model-output", "take the canvas out of the text around it, and repair its JSON");
}

function addReplicationOptions(command: Command, defaults: { readonly seeds: number }): void {
  command
    .addOption(
      new Option("--seed <n>", "seed of all randomness")
        .argParser(wholeNumber(0, Number.MAX_SAFE_INTEGER))
        .default(42)
        .env("CHINI_BENCH_SEED"),
    )
    .addOption(
      new Option("--seeds <n>", "replications, each with the next seed: means with 95 % intervals")
        .argParser(wholeNumber(1, mostSeeds))
        .default(defaults.seeds)
        .env("CHINI_BENCH_SEEDS"),
    )
    .addOption(
      new Option("--decide <by>", "what decides a criterion over several seeds")
        .choices(["interval", "mean"] satisfies Decision[])
        .default("interval")
        .env("CHINI_BENCH_DECIDE"),
    );
  addWorkersOption(command);
}

function addOutputOptions(command: Command): void {
  command
    .addOption(
      new Option(
        "--reporter <name[=file]>",
        `how to tell the result, to standard output or a file (repeatable): ${reporterNames.join(", ")}`,
      )
        .argParser(collectReporter)
        .env(reporterVariable),
    )
    .option("--json", "print JSON and nothing else")
    .option("--quiet", "print the verdict and its reasons only; files hold all of it");
}

function addConfigurationOptions(command: Command): void {
  command
    .addOption(
      new Option("--config <file>", "the configuration (default: the one that is found)").env("CHINI_BENCH_CONFIG"),
    )
    .option("--no-config", "read no configuration");
}

/** Adds the option of a command that simulates by what a file states. */
export function addWorkersOption(command: Command): Command {
  return command.addOption(
    new Option("--workers <n>", "threads to simulate on, 1 for none (default: one per processor for long work)")
      .argParser(wholeNumber(1, mostWorkers))
      .env("CHINI_BENCH_WORKERS"),
  );
}

/** What the evaluation itself takes from the flags. */
export function evaluationOptionsOf(flags: EvaluationFlags): EvaluationOptions {
  const { seed, seeds, decide, scenario, strict, scale, gate, set, fromModelOutput, spelledOut } = flags;
  const chosen = { seed, seeds, decide, scenarios: scenario, strict, scale };
  return { ...chosen, gates: gate, settings: set, fromModelOutput, spelledOut };
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

function collectReporter(text: string, before: readonly ReporterChoice[] = []): readonly ReporterChoice[] {
  const choice = reporterChoice(text);
  if (choice.file === "") throw new InvalidArgumentError("The file's name is missing behind =.");
  return [...before, choice];
}
