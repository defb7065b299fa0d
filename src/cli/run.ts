import type { Command } from "commander";
import { addBaselineOptions, type BaselineFlags } from "./baseline-flags.js";
import { addEvaluationOptions, type EvaluationFlags, evaluationOptionsOf } from "./evaluation-options.js";
import { exitCodeOf } from "./exit-code.js";

/** `run <problem> <canvas…>`: simulates every scenario; prints scores, verdict and reasons. */
export function registerRun(program: Command): void {
  const command = program
    .command("run")
    .description("simulate every scenario of a problem on each canvas; print scores, verdict and reasons")
    .argument("<problem>", "a built-in problem's id, or a problem file")
    .argument("<canvas...>", "canvas files");
  addEvaluationOptions(command, { seeds: 1 });
  addBaselineOptions(command).action((problem: string, canvases: readonly string[], _options: unknown, own: Command) =>
    run(problem, canvases, own),
  );
}

async function run(problemName: string, canvases: readonly string[], command: Command): Promise<void> {
  const { chooseOutputs, writeOutputs } = await import("./outputs.js");
  const { loadProblemRun } = await import("../evaluation/problem-run.js");
  const { evaluateDesigns } = await import("./evaluate-designs.js");
  const { openBaselineGate } = await import("./baseline-gate.js");
  const given = command.optsWithGlobals<EvaluationFlags & BaselineFlags>();
  const outputs = await chooseOutputs(given);
  const gate = await openBaselineGate(given, (option) => command.getOptionValueSource(option) !== "default");
  const { flags } = gate;
  const problem = await loadProblemRun(problemName, evaluationOptionsOf(flags));
  const asked = canvases.map((file) => ({ problem, file }));
  const designs = await evaluateDesigns(asked, flags);
  const { failed, ...compared } = await gate.conclude(designs, asked);
  const verdicts = designs.map(({ result }) => result.verdict);
  process.exitCode = exitCodeOf(failed ? [...verdicts, "fail"] : verdicts);
  await writeOutputs(outputs, { designs, ...compared }, flags);
}
