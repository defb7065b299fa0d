import { type Command, InvalidArgumentError, Option } from "commander";
import type { LoadedProblem } from "../problem/load.js";
import type { Reporter } from "../report/reporter.js";
import type { Decision } from "../scoring/replications/criterion.js";
import type { Result } from "../scoring/result.js";
import { exitCode } from "./exit-code.js";
import { gateFaults } from "./gate-faults.js";
import { runCanvas, type ScaledProblem } from "./run-canvas.js";
import { defaultWidth, terminalWidth } from "./terminal-width.js";
import { Workers } from "./workers.js";

/** What `run` can be told, with every default filled in. */
interface RunOptions {
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

/** Most replications: at some seconds each, an evening's work. */
const mostSeeds = 1000;

/** A load so many times the file's, or so small a part of it, is a slip of the keyboard. */
const mostScaling = 10_000;

/** Most worker threads. */
const mostWorkers = 256;

/** Verdicts and their exit codes, the worst first: with several canvases the first that occurs decides. */
const exitByVerdict: readonly (readonly [Result["verdict"], number])[] = [
  ["invalid", exitCode.invalidInput],
  ["fail", exitCode.failed],
  ["inconclusive", exitCode.inconclusive],
  ["pass", exitCode.passed],
];

/** `run <problem> <canvas…>`: simulates every scenario; prints scores, verdict and reasons. */
export function registerRun(program: Command): void {
  program
    .command("run")
    .description("simulate every scenario of a problem on each canvas; print scores, verdict and reasons")
    .argument("<problem>", "a built-in problem's id, or a problem file")
    .argument("<canvas...>", "canvas files")
    .option("--seed <n>", "seed of all randomness", wholeNumber(0, Number.MAX_SAFE_INTEGER), 42)
    .option(
      "--seeds <n>",
      "replications, each with the next seed: means with 95 % intervals",
      wholeNumber(1, mostSeeds),
      1,
    )
    .addOption(
      new Option("--decide <by>", "what decides a criterion over several seeds")
        .choices(["interval", "mean"] satisfies Decision[])
        .default("interval"),
    )
    .option("--scenario <id>", "only this scenario (repeatable)", collect)
    .option("--json", "print JSON and nothing else")
    .option("--reporter <name[=file]>", "table or json, to standard output or a file (repeatable)", collectReporter)
    .option("--strict", "refuse to infer what the canvas does not state")
    .option("--scale <s>", "share of the full load to run at, of problem and canvas alike (default: the files')", share)
    .option("--quiet", "print the verdict and its reasons only")
    .option(
      "--workers <n>",
      "threads to simulate on, 1 for none (default: one per processor for long work)",
      wholeNumber(1, mostWorkers),
    )
    .action((problem: string, canvases: readonly string[], _options: unknown, command: Command) =>
      run(problem, canvases, command.optsWithGlobals<RunOptions>()),
    );
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

async function run(problemName: string, canvases: readonly string[], options: RunOptions): Promise<void> {
  const outputs = await chooseReporters(options);
  if (outputs === null) return;
  const { loadProblem } = await import("../problem/load.js");
  const loaded = await loadProblem(problemName);
  const faults = [...(await gateFaults(loaded)), ...(await scenarioFaults(loaded, options.scenario ?? []))];
  if (faults.length > 0) return refuse(faults);
  const highestSeed = Number.MAX_SAFE_INTEGER - (options.seeds - 1);
  if (options.seed > highestSeed) return refuse([`--seeds ${options.seeds}: the first seed is at most ${highestSeed}`]);
  const scaled = await scale(loaded, options.scale);
  if (scaled === null) return;
  const results: Result[] = [];
  const workers = new Workers(options.workers);
  const run = { ...scaled, problemName, canvases: canvases.length, options, workers };
  try {
    for (const file of canvases) results.push(await runCanvas(run, file));
  } finally {
    await workers.close();
  }
  const worst = exitByVerdict.find(([verdict]) => results.some((result) => result.verdict === verdict));
  process.exitCode = worst?.[1] ?? exitCode.passed;
  for (const output of outputs) await write(output, results, options);
}

/**
 * The problem at the share of the full load that is asked for; null, with a message on standard error, when that is
 * too far from the file's.
 */
async function scale({ problem }: LoadedProblem, asked: number | undefined): Promise<ScaledProblem | null> {
  if (asked === undefined) return { problem, loadFactor: 1 };
  const { scaledProblem, scaleOf } = await import("../problem/scale.js");
  const loadFactor = asked / scaleOf(problem);
  if (loadFactor >= 1 / mostScaling && loadFactor <= mostScaling) {
    return { problem: scaledProblem(problem, loadFactor), loadFactor };
  }
  const most = mostScaling * scaleOf(problem);
  const least = scaleOf(problem) / mostScaling;
  refuse([`--scale ${asked}: ${problem.id} can be run at a scale from ${least} to ${most}`]);
  return null;
}

/** Prints what is wrong with the command, the problem or an output file. */
function refuse(faults: readonly string[]): void {
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = exitCode.invalidInput;
}

interface Output {
  readonly reporter: Reporter;
  readonly file: string | null;
}

/** The reporters asked for; null, with a message on standard error, when they cannot be had. */
async function chooseReporters(options: RunOptions): Promise<readonly Output[] | null> {
  const { reporters } = await import("../report/index.js");
  const { nearestName } = await import("../document/nearest.js");
  const { printable } = await import("../document/printable.js");
  const asked = [...(options.json === true ? [{ name: "json", file: null }] : []), ...(options.reporter ?? [])];
  const choices = asked.some(({ file }) => file === null) ? asked : [...asked, { name: "table", file: null }];
  const outputs: Output[] = [];
  for (const { name, file } of choices) {
    const reporter = reporters.get(name);
    if (reporter === undefined) {
      refuse([
        `unknown reporter ${wordName(printable(name), nearestName(name, reporters.keys()), [...reporters.keys()])}`,
      ]);
      return null;
    }
    outputs.push({ reporter, file });
  }
  if (outputs.filter(({ file }) => file === null).length < 2) return outputs;
  refuse(["only one reporter can write to standard output; give the others a file, as --reporter json=result.json"]);
  return null;
}

function wordName(found: string, nearest: string | null, allowed: readonly string[]): string {
  const suggestion = nearest === null ? "." : `; did you mean "${nearest}"?`;
  return `"${found}"${suggestion} Allowed: ${allowed.join(", ")}.`;
}

/** Scenarios that were asked for and that the problem does not have. */
async function scenarioFaults({ problem }: LoadedProblem, asked: readonly string[]): Promise<readonly string[]> {
  const { nearestName } = await import("../document/nearest.js");
  const { printable } = await import("../document/printable.js");
  const ids = problem.scenarios.map((scenario) => scenario.id);
  return asked
    .filter((id) => !ids.includes(id))
    .map((id) => `${problem.id} has no scenario ${wordName(printable(id), nearestName(id, ids), ids)}`);
}

async function write({ reporter, file }: Output, results: readonly Result[], options: RunOptions): Promise<void> {
  const quiet = options.quiet === true;
  if (file === null) {
    const { coloursFor } = await import("./colour.js");
    const width = terminalWidth();
    const color = coloursFor("stdout", options.color).level > 0;
    process.stdout.write(reporter.render(results, { color, width, quiet }));
    return;
  }
  const { writeFile } = await import("node:fs/promises");
  const { printable } = await import("../document/printable.js");
  try {
    await writeFile(file, reporter.render(results, { color: false, width: defaultWidth, quiet }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    refuse([`cannot write ${printable(file)}: ${code}`]);
  }
}
