import { printable } from "../document/printable.js";
import type { DesignGroup } from "../evaluation/design.js";
import type { EvaluationOptions } from "../evaluation/options.js";
import { loadProblemRun } from "../evaluation/problem-run.js";
import { UsageError } from "../evaluation/usage-error.js";
import { baselineChanges } from "../report/baseline-changes.js";
import type { Baseline, BaselineDesign } from "../scoring/baseline/baseline.js";
import { compareWithBaseline } from "../scoring/baseline/compare.js";
import { newBaseline, readBaseline, replaceBaseline, requireWritable } from "./baseline-file.js";
import { namesHere, subjectsOf } from "./baseline-subject.js";
import { evaluateGroups } from "./evaluate-designs.js";
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
export async function updateBaseline(file: string, flags: UpdateFlags): Promise<void> {
  const baseline = await readBaseline(file);
  await requireWritable(file);
  const { options } = baseline;
  const groups = await groupsOf(file, baseline);
  const judged = await evaluateGroups(groups, flags);
  const designs = judged.flat();
  process.exitCode = exitCodeOf(designs.map(({ result }) => result.verdict));
  const name = printable(file);
  if (designs.some(({ result }) => result.verdict === "invalid")) {
    process.stderr.write(
      `${name} stays as it was: a canvas could not be run; mend it, or take its entry out of the file\n`,
    );
    return;
  }
  const subjects = subjectsOf(file, groups, judged);
  const baselines = subjects.map((subject) => compareWithBaseline(file, baseline, subject, options));
  await replaceBaseline(file, newBaseline(options, subjects));
  process.stdout.write(baselineChanges({ designs, baselines }, reportOptions(flags)));
  process.stderr.write(`${name} is renewed: ${designs.length} design${designs.length === 1 ? "" : "s"}\n`);
}

/** The baseline's designs, those of one problem under the same options together. */
async function groupsOf(file: string, { options, designs }: Baseline): Promise<readonly DesignGroup[]> {
  const alike = new Map<string, readonly BaselineDesign[]>();
  for (const design of designs) {
    const key = JSON.stringify([design.problem, design.options?.scenarios, design.options?.gates]);
    alike.set(key, [...(alike.get(key) ?? []), design]);
  }
  const groups: DesignGroup[] = [];
  for (const entries of alike.values()) {
    const own: EvaluationOptions = { ...options, ...entries[0]!.options };
    const named = entries.map((entry) => namesHere(file, entry));
    const problem = await ofBaseline(file, () => loadProblemRun(named[0]!.problem, own));
    groups.push({ designs: named.map(({ canvas }) => ({ problem, file: canvas })), options: own });
  }
  return groups;
}

/** What options do not fit any more was not said on the command line. */
async function ofBaseline<Value>(file: string, load: () => Promise<Value>): Promise<Value> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.lines.map((line) => `${printable(file)}: ${line}`));
  }
}
