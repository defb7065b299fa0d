import type { Finding } from "../compile/assumption.js";
import type { Model } from "../compile/model.js";
import type { Problem } from "../problem/problem.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import type { JudgeContext } from "../scoring/judge.js";
import type { Decision } from "../scoring/replications/criterion.js";
import type { Result } from "../scoring/result.js";
import { RunFault } from "./run-fault.js";

/** What one canvas is run with. */
export interface CanvasRunOptions {
  /** The first seed; each further replication takes the next number. */
  readonly seed: number;
  /** How many replications. */
  readonly seeds: number;
  /** What decides a criterion over several seeds. */
  readonly decide: Decision;
  readonly scenario?: readonly string[];
  readonly json?: true;
  readonly strict?: true;
  readonly quiet?: true;
}

/**
 * load → compile → simulate → judge, for one canvas, with each seed, and the seeds' results combined. A canvas that is not valid gives a result that says so, with
 * its faults on standard error: the others are judged all the same.
 * @param problemName as on the command line; it goes into the line that repeats the run
 */
export async function runCanvas(
  problem: Problem,
  problemName: string,
  file: string,
  options: CanvasRunOptions,
): Promise<Result> {
  const { loadCanvas } = await import("../canvas/load.js");
  const { compile, InferenceError } = await import("../compile/compile.js");
  const { formatFault } = await import("../document/fault.js");
  const { InputError } = await import("../document/input-error.js");
  const { judge } = await import("../scoring/judge.js");
  const { combineSeeds } = await import("../scoring/replications/combine.js");
  const context = await contextOf(problemName, file, options);
  try {
    const loaded = await loadCanvas(file);
    const model = compile(loaded.canvas, problem, { strict: options.strict === true });
    const canvas = { name: loaded.canvas.name ?? null, file, sha256: loaded.sha256 };
    const warnings = [...loaded.warnings.map(formatFault), ...loaded.notes];
    const repeat = (seed: number, scenario: readonly string[] | undefined) =>
      repeatCommand(problemName, file, { ...options, seed, seeds: 1, ...(scenario === undefined ? {} : { scenario }) });
    const results: Result[] = [];
    for await (const { seed, measurements } of replications(model, options, repeat)) {
      const judged = () => judge(model, measurements, { ...context, canvas, seeds: [seed], warnings });
      results.push(repeatable(judged, () => repeat(seed, options.scenario)));
    }
    return combineSeeds(problem, results, options.decide);
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

async function contextOf(problemName: string, file: string, options: CanvasRunOptions): Promise<JudgeContext> {
  const { packageVersion } = await import("../document/package-files.js");
  return {
    tool: { name: "chini-bench", version: packageVersion() },
    canvas: { name: null, file, sha256: "" },
    seeds: seedsOf(options),
    warnings: [],
    repeat: repeatCommand(problemName, file, options),
  };
}

/** The command line that makes the same result again; words are quoted for a POSIX shell where they need it. */
function repeatCommand(problemName: string, file: string, options: CanvasRunOptions): string {
  const scenarios = (options.scenario ?? []).flatMap((id) => ["--scenario", id]);
  const words = ["chini-bench", "run", problemName, file, "--seed", String(options.seed)];
  if (options.seeds > 1) words.push("--seeds", String(options.seeds));
  if (options.decide !== "interval") words.push("--decide", options.decide);
  words.push(...scenarios);
  if (options.strict === true) words.push("--strict");
  return words.map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Work that takes longer than this shows how far it has come, on a terminal. */
const patienceMs = 500;

/** Does the work; a fault of the program in it leaves as one that names the command to repeat it. */
function repeatable<Value>(work: () => Value, repeat: () => string): Value {
  try {
    return work();
  } catch (error) {
    throw new RunFault(error, repeat());
  }
}

/** The seeds of the replications: the first and those that follow it. */
function seedsOf({ seed, seeds }: CanvasRunOptions): readonly number[] {
  return Array.from({ length: seeds }, (_, index) => seed + index);
}

/**
 * Simulates every scenario with one seed after the other; on a terminal it says how far it has come.
 */
async function* replications(
  model: Model,
  options: CanvasRunOptions,
  repeat: (seed: number, scenario: readonly string[]) => string,
): AsyncGenerator<{ readonly seed: number; readonly measurements: readonly ScenarioMeasurement[] }> {
  const { planRuns } = await import("../scenarios/simulate.js");
  const shown = process.stderr.isTTY && options.quiet !== true;
  const startedMs = performance.now();
  const seeds = seedsOf(options);
  let done = 0;
  try {
    for (const seed of seeds) {
      const runs = planRuns(model, { seed, scenarios: options.scenario });
      const measurements: ScenarioMeasurement[] = [];
      for (const run of runs) {
        if (shown && performance.now() - startedMs >= patienceMs) {
          const which = seeds.length > 1 ? `${run.id}, seed ${seed}` : run.id;
          process.stderr.write(`\r\u001b[K${done + 1}/${runs.length * seeds.length} ${which}`);
        }
        measurements.push(
          repeatable(
            () => run.measure(),
            () => repeat(seed, [run.scenario]),
          ),
        );
        done++;
      }
      yield { seed, measurements };
    }
  } finally {
    if (shown) process.stderr.write("\r\u001b[K");
  }
}
