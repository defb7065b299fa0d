import { relative, resolve } from "node:path";
import type { Command } from "commander";
import type { LoadedConfig } from "../config/load.js";
import { nearestName } from "../document/nearest.js";
import { printable } from "../document/printable.js";
import type { SpelledOption } from "../evaluation/options.js";
import { UsageError } from "../evaluation/usage-error.js";
import { type ReporterChoice, reporterChoice, reporterVariable } from "./reporter-choice.js";

/** Options that a configuration gives under their own name. */
const configured = ["seed", "seeds", "decide", "strict", "workers", "scale"] as const;

/** Options that the line that repeats a run leaves out at their default, with the environment's name for them. */
const spelled: readonly (readonly [Exclude<SpelledOption, "config">, string | null])[] = [
  ["seeds", "CHINI_BENCH_SEEDS"],
  ["decide", "CHINI_BENCH_DECIDE"],
  ["strict", null],
];

const loadedConfigs = new WeakMap<Command, LoadedConfig>();

/** The configuration that a command's options were settled with; undefined when there is none. */
export function configOf(command: Command): LoadedConfig | undefined {
  return loadedConfigs.get(command);
}

/**
 * Settles a command's options: flags count before the environment, this before the configuration, and this before the
 * program's defaults. Commander has read flags and environment; the configuration fills in what they leave.
 * @param again they were settled before, and the configuration may have changed
 * @throws InputError, UsageError when the configuration or a reporter in the environment cannot be used
 */
export async function settle(command: Command, again = false): Promise<void> {
  const { config: asked } = command.opts<{ readonly config?: string | false }>();
  await splitReporters(command);
  const workingDirectory = process.cwd();
  const loaded = asked === false ? null : await load(workingDirectory, asked, again);
  forgetConfig(command);
  loadedConfigs.delete(command);
  if (loaded !== null) {
    applyConfig(command, loaded, await reportersOf(loaded, workingDirectory));
    loadedConfigs.set(command, loaded);
  }
  if (command.getOptionValue("json") === true) leaveOutputToJson(command);
  const names = spelled
    .filter(
      ([name, variable]) =>
        (variable !== null && variable in process.env) ||
        loaded?.config[name] !== undefined ||
        // A configured baseline gives its seeds where none are said.
        (name === "seeds" && loaded?.config.baseline !== undefined),
    )
    .map(([name]): SpelledOption => name);
  if (asked !== undefined) names.push("config");
  command.setOptionValueWithSource("spelledOut", names, "config");
}

async function load(workingDirectory: string, asked: string | undefined, again: boolean): Promise<LoadedConfig | null> {
  const { loadConfig } = await import("../config/load.js");
  return loadConfig({ workingDirectory, file: asked, again });
}

/** The environment has room for one text: its reporters stand behind one another, with commas between. */
async function splitReporters(command: Command): Promise<void> {
  if (command.getOptionValueSource("reporter") !== "env") return;
  const names = (process.env[reporterVariable] ?? "").split(",").map((name) => name.trim());
  command.setOptionValueWithSource("reporter", await knownReporters(names, () => reporterVariable), "env");
}

/** Takes back what an earlier configuration filled in. */
function forgetConfig(command: Command): void {
  for (const option of command.options) {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== "config") continue;
    command.setOptionValueWithSource(name, option.negate ? undefined : option.defaultValue, "default");
  }
}

function applyConfig(command: Command, loaded: LoadedConfig, reporters: readonly ReporterChoice[]): void {
  const { config } = loaded;
  const fill = (name: string, value: unknown) => {
    const free = [undefined, "default"].includes(command.getOptionValueSource(name));
    if (free && value !== undefined) command.setOptionValueWithSource(name, value, "config");
  };
  for (const name of configured) fill(name, config[name]);
  if (reporters.length > 0) fill("reporter", reporters);
  if (command.options.some((option) => option.attributeName() === "baseline")) {
    fill("baseline", baselineOf(loaded));
    fill("failOnRegression", config.failOnRegression);
  }
}

/**
 * The configuration's baseline, as seen from the working directory.
 * @throws UsageError when it has none and is to fail on regressions from it
 */
function baselineOf({ config: { baseline, failOnRegression }, directory, placeOf }: LoadedConfig): string | undefined {
  if (baseline !== undefined) return relative(process.cwd(), resolve(directory, baseline));
  if (failOnRegression !== true) return undefined;
  throw new UsageError([`${placeOf("/failOnRegression")}: needs "baseline": what a design must not be worse than`]);
}

/** The configuration's reporters, with files as seen from the working directory. */
async function reportersOf(loaded: LoadedConfig, workingDirectory: string): Promise<readonly ReporterChoice[]> {
  const { config, directory, placeOf } = loaded;
  const choices = await knownReporters(config.reporters ?? [], (index) => placeOf(`/reporters/${index}`));
  return choices.map(({ name, file }) => ({
    name,
    file: file === null ? null : relative(workingDirectory, resolve(directory, file)),
  }));
}

/**
 * Reads reporters that do not stand on the command line.
 * @param placeOf where a text of the list stands
 * @throws UsageError with every one that there is not
 */
async function knownReporters(
  texts: readonly string[],
  placeOf: (index: number) => string,
): Promise<readonly ReporterChoice[]> {
  const { reporterNames } = await import("../report/index.js");
  const { wordName } = await import("../evaluation/problem-run.js");
  const faults: string[] = [];
  const choices = texts.map((text, index) => {
    const choice = reporterChoice(text);
    if (choice.file === "") faults.push(`${placeOf(index)}: the file's name is missing behind =`);
    else if (!reporterNames.includes(choice.name)) {
      const nearest = nearestName(choice.name, reporterNames);
      faults.push(`${placeOf(index)}: unknown reporter ${wordName(printable(choice.name), nearest, reporterNames)}`);
    }
    return choice;
  });
  if (faults.length > 0) throw new UsageError(faults);
  return choices;
}

/** `--json` takes standard output from the reporters that were not asked for beside it. */
function leaveOutputToJson(command: Command): void {
  const source = command.getOptionValueSource("reporter");
  if (source !== "env" && source !== "config") return;
  const choices = command.getOptionValue("reporter") as readonly ReporterChoice[];
  command.setOptionValueWithSource(
    "reporter",
    choices.filter(({ file }) => file !== null),
    source,
  );
}
