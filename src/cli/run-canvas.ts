import type { Finding } from "../compile/assumption.js";
import type { Model } from "../compile/model.js";
import type { Problem } from "../problem/problem.js";
import type { JudgeContext } from "../scoring/judge.js";
import type { Result } from "../scoring/result.js";
import { type RepeatableOptions, repeatCommand } from "./repeat-command.js";
import { RunFault } from "./run-fault.js";
import type { Workers } from "./workers.js";

/** What one canvas is run with. */
interface CanvasRunOptions extends RepeatableOptions {
  readonly quiet?: true;
}

/** The problem at the load that it is run under. */
export interface ScaledProblem {
  readonly problem: Problem;
  /** Times the load of the problem's file, and so of the canvases'. */
  readonly loadFactor: number;
}

/** What the canvases of one command have in common. */
export interface CanvasRun extends ScaledProblem {
  /** As on the command line; it goes into the line that repeats a run. */
  readonly problemName: string;
  /** How many canvases there are. */
  readonly canvases: number;
  readonly options: CanvasRunOptions;
  readonly workers: Workers;
}

/**
 * load → compile → simulate → judge with each seed → combine the seeds' results, for one canvas. A canvas that is not
 * valid gives a result that says so, with its faults on standard error: the others are judged all the same.
 */
export async function runCanvas(run: CanvasRun, file: string): Promise<Result> {
  const { loadCanvas } = await import("../canvas/load.js");
  const { scaledCanvas } = await import("../canvas/scale.js");
  const { compile, InferenceError } = await import("../compile/compile.js");
  const { formatFault } = await import("../document/fault.js");
  const { InputError } = await import("../document/input-error.js");
  const { problem, options, loadFactor } = run;
  const context = await contextOf(run, file);
  try {
    const loaded = await loadCanvas(file);
    const drawn = loadFactor === 1 ? loaded.canvas : scaledCanvas(loaded.canvas, loadFactor);
    const model = compile(drawn, problem, { strict: options.strict === true, loadFactor });
    const canvas = { name: loaded.canvas.name ?? null, file, sha256: loaded.sha256 };
    const warnings = [...loaded.warnings.map(formatFault), ...loaded.notes];
    return await judgeSeeds(run, file, model, { ...context, canvas, warnings });
  } catch (error) {
    if (error instanceof InputError) {
      const findings = error.faults.map((fault) => invalidFinding(fault.code, formatFault(fault)));
      return refuse(problem, findings, context);
    }
    if (error instanceof InferenceError) {
      const findings = error.message.split("\n").map((line) => invalidFinding("not-stated", `${file}: ${line}`));
      return refuse(problem, findings, context);
    }
    throw error;
  }
}

/** Simulates and judges with one seed after the other. */
async function judgeSeeds(run: CanvasRun, file: string, model: Model, context: JudgeContext): Promise<Result> {
  const { replications } = await import("../parallel/replications.js");
  const { planRuns } = await import("../scenarios/simulate.js");
  const { judge } = await import("../scoring/judge.js");
  const { combineSeeds, withCoursesOf } = await import("../scoring/replications/combine.js");
  const { watchRuns } = await import("./watch-runs.js");
  const { options, problemName } = run;
  const repeat = (seed: number, scenario = options.scenario): string =>
    repeatCommand(problemName, file, { ...options, seed, seeds: 1, ...(scenario === undefined ? {} : { scenario }) });
  const runs = planRuns(model, { seed: options.seed, scenarios: options.scenario });
  const intents = runs.reduce((sum, { expectedIntents }) => sum + expectedIntents, 0);
  const watched = watchRuns(
    await run.workers.simulatorFor(intents * options.seeds * run.canvases),
    runs.length * options.seeds,
    process.stderr.isTTY && options.quiet !== true,
    ({ seed, scenario }) => repeat(seed, [scenario]),
  );
  const results: Result[] = [];
  try {
    const replicated = replications(model, context.seeds, options.scenario, watched.simulator);
    for await (const { seed, measurements } of replicated) {
      const result = judgeOrFault(
        () => judge(model, measurements, { ...context, seeds: [seed] }),
        () => repeat(seed),
      );
      results.push(withCoursesOf(results[0] ?? result, result));
    }
  } finally {
    watched.finish();
  }
  return combineSeeds(run.problem, results, options.decide);
}

function judgeOrFault(judged: () => Result, repeat: () => string): Result {
  try {
    return judged();
  } catch (error) {
    throw new RunFault(error, repeat());
  }
}

function invalidFinding(code: string, message: string): Finding {
  return { code, severity: "error", message };
}

async function refuse(problem: Problem, findings: readonly Finding[], context: JudgeContext): Promise<Result> {
  const { printable } = await import("../document/printable.js");
  const { invalidResult } = await import("../scoring/invalid.js");
  const { cutShort } = await import("./report-error.js");
  const lines = cutShort(findings.map((finding) => printable(finding.message)));
  process.stderr.write(`${lines.join("\n")}\n`);
  return invalidResult(problem.id, findings, context);
}

async function contextOf({ problemName, options }: CanvasRun, file: string): Promise<JudgeContext> {
  const { packageVersion } = await import("../document/package-files.js");
  return {
    tool: { name: "chini-bench", version: packageVersion() },
    canvas: { name: null, file, sha256: "" },
    seeds: Array.from({ length: options.seeds }, (_, index) => options.seed + index),
    ...(options.scale === undefined ? {} : { scale: options.scale }),
    warnings: [],
    repeat: repeatCommand(problemName, file, options),
  };
}
