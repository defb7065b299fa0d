import type { Command } from "commander";
import { addEvaluationOptions, type EvaluationFlags, evaluationOptionsOf } from "./evaluation-options.js";
import { exitCodeOf } from "./exit-code.js";

/** `run <problem> <canvas…>`: simulates every scenario; prints scores, verdict and reasons. */
export function registerRun(program: Command): void {
  const command = program
    .command("run")
    .description("simulate every scenario of a problem on each canvas; print scores, verdict and reasons")
    .argument("<problem>", "a built-in problem's id, or a problem file")
    .argument("<canvas...>", "canvas files");
  addEvaluationOptions(command, { seeds: 1 }).action(
    (problem: string, canvases: readonly string[], _options: unknown, own: Command) =>
      run(problem, canvases, own.optsWithGlobals<EvaluationFlags>()),
  );
}

async function run(problemName: string, canvases: readonly string[], flags: EvaluationFlags): Promise<void> {
  const { chooseOutputs, writeOutputs } = await import("./outputs.js");
  const { loadProblemRun } = await import("../evaluation/problem-run.js");
  const { evaluateDesigns } = await import("./evaluate-designs.js");
  const outputs = await chooseOutputs(flags);
  const problem = await loadProblemRun(problemName, evaluationOptionsOf(flags));
  const { variantsOf } = await import("../evaluation/variants.js");
  const { withSweeps } = await import("../evaluation/sweeps.js");
  const named = canvases.map((file) => ({ problem, file }));
  const designs = await evaluateDesigns(variantsOf(named, evaluationOptionsOf(flags)), flags);
  process.exitCode = exitCodeOf(designs.map(({ result }) => result.verdict));
  await writeOutputs(outputs, withSweeps(designs, problemName, evaluationOptionsOf(flags)), flags);
}
