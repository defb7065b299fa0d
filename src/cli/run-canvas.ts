import type { Finding } from "../compile/assumption.js";
import type { Model } from "../compile/model.js";
import type { Problem } from "../problem/problem.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import type { JudgeContext } from "../scoring/judge.js";
import type { Result } from "../scoring/result.js";

/** What one canvas is run with. */
export interface CanvasRunOptions {
  readonly seed: number;
  readonly scenario?: readonly string[];
  readonly json?: true;
  readonly strict?: true;
  readonly quiet?: true;
}

/**
 * load → compile → simulate → judge, for one canvas. A canvas that is not valid gives a result that says so, with
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
  const context = await contextOf(problemName, file, options);
  try {
    const loaded = await loadCanvas(file);
    const model = compile(loaded.canvas, problem, { strict: options.strict === true });
    const measurements = await simulateAll(model, options);
    return judge(model, measurements, {
      ...context,
      canvas: { name: loaded.canvas.name ?? null, file, sha256: loaded.sha256 },
      warnings: [...loaded.warnings.map(formatFault), ...loaded.notes],
    });
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
    seed: options.seed,
    warnings: [],
    repeat: repeatCommand(problemName, file, options),
  };
}

/** The command line that makes the same result again; words are quoted for a POSIX shell where they need it. */
function repeatCommand(problemName: string, file: string, options: CanvasRunOptions): string {
  const scenarios = (options.scenario ?? []).flatMap((id) => ["--scenario", id]);
  const words = ["chini-bench", "run", problemName, file, "--seed", String(options.seed), ...scenarios];
  return [...words, ...(options.strict === true ? ["--strict"] : [])].map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Work that takes longer than this shows how far it has come, on a terminal. */
const patienceMs = 500;

/**
 * Simulates; on a terminal it says how far it has come.
 */
async function simulateAll(model: Model, options: CanvasRunOptions): Promise<readonly ScenarioMeasurement[]> {
  const { planRuns } = await import("../scenarios/simulate.js");
  const shown = process.stderr.isTTY && options.quiet !== true;
  const startedMs = performance.now();
  const runs = planRuns(model, { seed: options.seed, scenarios: options.scenario });
  const measurements: ScenarioMeasurement[] = [];
  for (const run of runs) {
    if (shown && performance.now() - startedMs >= patienceMs) {
      process.stderr.write(`\r\u001b[K${measurements.length + 1}/${runs.length} ${run.id}`);
    }
    measurements.push(run.measure());
  }
  if (shown) process.stderr.write("\r\u001b[K");
  return measurements;
}
