import { printable } from "../document/printable.js";
import type { Design } from "../evaluation/design.js";
import { loadProblemRun, type ProblemRun } from "../evaluation/problem-run.js";
import { baselineChanges } from "../report/baseline-changes.js";
import type { Baseline } from "../scoring/baseline/baseline.js";
import { compareWithBaseline } from "../scoring/baseline/compare.js";
import { loadBaseline } from "../scoring/baseline/load.js";
import { newBaseline, subjectOf, writeBaseline } from "./baseline-file.js";
import { evaluateDesigns } from "./evaluate-designs.js";
import type { EvaluationFlags } from "./evaluation-options.js";
import { exitCodeOf } from "./exit-code.js";
import { reportOptions } from "./outputs.js";

type UpdateFlags = Pick<EvaluationFlags, "workers" | "quiet" | "color">;

/**
 * Runs every design of a baseline again with the baseline's options, prints what changed, and writes the file anew;
 * it stays as it was when a canvas cannot be run.
 * @throws InputError with every fault of the baseline or a problem
 * @throws UsageError when a problem no longer has what the options name, or the file cannot be written
 */
export async function updateBaseline(file: string, given: UpdateFlags): Promise<void> {
  const baseline = await loadBaseline(file);
  const { options } = baseline;
  const { scale, scenarios, strict, ...rest } = options;
  const flags: EvaluationFlags = {
    ...rest,
    ...given,
    ...(scale === undefined ? {} : { scale }),
    ...(scenarios === undefined ? {} : { scenario: scenarios }),
    ...(strict ? { strict } : {}),
  };
  const asked = await designsOf(baseline);
  const designs = await evaluateDesigns(asked, flags);
  const subjects = designs.map((design, index) => subjectOf(design, asked[index]!));
  process.exitCode = exitCodeOf(designs.map(({ result }) => result.verdict));
  const name = printable(file);
  if (designs.some(({ result }) => result.verdict === "invalid")) {
    process.stderr.write(`${name} stays as it was: a canvas could not be run\n`);
    return;
  }
  const baselines = subjects.map((subject) => compareWithBaseline(file, baseline, subject, options));
  await writeBaseline(file, newBaseline(options, subjects), "w");
  process.stdout.write(baselineChanges({ designs, baselines }, reportOptions(flags)));
  process.stderr.write(`${name} is renewed: ${designs.length} design${designs.length === 1 ? "" : "s"}\n`);
}

/** The baseline's designs, each with its problem under the baseline's options. */
async function designsOf({ options, designs }: Baseline): Promise<readonly Design[]> {
  const problems = new Map<string, ProblemRun>();
  const asked: Design[] = [];
  for (const { problem, canvas } of designs) {
    const loaded = problems.get(problem) ?? (await loadProblemRun(problem, options));
    problems.set(problem, loaded);
    asked.push({ problem: loaded, file: canvas });
  }
  return asked;
}
