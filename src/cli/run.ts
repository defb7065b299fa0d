import type { Command } from "commander";
import type { LoadedConfig } from "../config/load.js";
import type { DesignGroup } from "../evaluation/design.js";
import type { EvaluationOptions } from "../evaluation/options.js";
import { addBaselineOptions, type BaselineFlags, concernsBaseline } from "./baseline-flags.js";
import type { BaselineGate } from "./baseline-gate.js";
import type { Output } from "./choose-outputs.js";
import { addEvaluationOptions, type EvaluationFlags, evaluationOptionsOf } from "./evaluation-options.js";
import { exitCodeOf } from "./exit-code.js";
import { configOf } from "./settings.js";

interface RunFlags extends EvaluationFlags, BaselineFlags {
  readonly watch?: true;
}

const examples = `
Examples:
  chini-bench run
  chini-bench run chini-002-checkout design.json --watch
  chini-bench run chini-002-checkout design.json --seeds 20
  chini-bench run chini-002-checkout design.json --reporter html=report.html
  chini-bench run chini-002-checkout design.json --set api.queueLimit=50,100
  chini-bench run chini-002-checkout answer.md --from-model-output --json`;

/** `run [problem] [canvas…]`: simulates every scenario; prints scores, verdict and reasons. */
export function registerRun(program: Command): void {
  const command = program
    .command("run")
    .description("simulate every scenario of a problem on each canvas; print scores, verdict and reasons")
    .argument("[problem]", "a built-in problem's id, or a problem file; without it, what the configuration says")
    .argument("[canvas...]", "canvas files");
  addEvaluationOptions(command, { seeds: 1 });
  addBaselineOptions(command.optionsGroup("Baselines:"))
    .optionsGroup("Options:")
    .option("--watch", "run again whenever a canvas, the problem's file or the configuration is saved")
    .addHelpText("after", examples)
    .action((problem: string | undefined, canvases: readonly string[], _options: unknown, own: Command) =>
      run({ problem, canvases }, own),
    );
}

/** What the command line names; neither problem nor canvases where the configuration is to say. */
interface Named {
  readonly problem: string | undefined;
  readonly canvases: readonly string[];
}

/** What is to be judged, loaded and checked as far as that goes without simulating. */
interface Round {
  readonly gate: BaselineGate<RunFlags>;
  readonly groups: readonly DesignGroup[];
  readonly outputs: readonly Output[];
}

async function run(named: Named, command: Command): Promise<void> {
  if (command.opts<RunFlags>().watch !== true) return runOnce(await roundOf(named, command));
  const { watch } = await import("./watch.js");
  await watch({ command, prepare: () => roundOf(named, command), run: runOnce });
}

async function roundOf(named: Named, command: Command): Promise<Round> {
  const { variantsOf } = await import("../evaluation/variants.js");
  const { chooseOutputs } = await import("./choose-outputs.js");
  const { guardInputs } = await import("./guard-inputs.js");
  const given = command.optsWithGlobals<RunFlags>();
  const gate = await gateOf(given, command);
  const outputs = await chooseOutputs(given);
  const config = configOf(command);
  const groups = await groupsOf(named, config, evaluationOptionsOf(gate.flags));
  gate.require(groups, named.problem !== undefined);
  await guardInputs(
    outputs,
    groups.flatMap(({ designs }) => designs),
    { configuration: config?.file, baseline: given.baseline || undefined, newBaseline: given.saveBaseline },
  );
  return {
    gate,
    outputs,
    groups: groups.map((group) => ({ ...group, designs: variantsOf(group.designs, group.options) })),
  };
}

async function gateOf(given: RunFlags, command: Command): Promise<BaselineGate<RunFlags>> {
  if (!concernsBaseline(given)) return { flags: given, require() {}, conclude: async () => ({ failed: false }) };
  const { openBaselineGate } = await import("./baseline-gate.js");
  return openBaselineGate(given, (option) => command.getOptionValueSource(option));
}

/** The designs to judge, as their files have them. */
async function groupsOf(
  { problem, canvases }: Named,
  config: LoadedConfig | undefined,
  options: EvaluationOptions,
): Promise<readonly DesignGroup[]> {
  const { UsageError } = await import("../evaluation/usage-error.js");
  if (problem === undefined) {
    if (config === undefined) {
      throw new UsageError([
        "nothing to run: there is no configuration here; name a problem and its canvases, or write one with chini-bench init",
      ]);
    }
    if (config.config.gates === undefined) {
      throw new UsageError([
        `nothing to run: ${config.placeOf("")} has no "gates"; name a problem and its canvases, or add them`,
      ]);
    }
    const { planGates } = await import("../config/plan.js");
    return planGates(config, options, process.cwd());
  }
  await requireCanvases(problem, canvases);
  const { loadNamedProblem } = await import("./named-problem.js");
  const loaded = await loadNamedProblem(problem, canvases, options);
  return [{ designs: canvases.map((file) => ({ problem: loaded, file })), options }];
}

/** @throws UsageError when there is no canvas behind the problem, or a folder in place of one */
async function requireCanvases(problem: string, canvases: readonly string[]): Promise<void> {
  const { UsageError } = await import("../evaluation/usage-error.js");
  const { printable } = await import("../document/printable.js");
  const { isProblemPath } = await import("../problem/load.js");
  const { isFolder } = await import("./canvas-files.js");
  if (canvases.length === 0) {
    const shown = printable(problem);
    // Who names one file means a canvas more often than a problem.
    const other = isProblemPath(problem) ? `; if it is the canvas: chini-bench run <problem> ${shown}` : "";
    throw new UsageError([`no canvas to run ${shown} on; name one, as chini-bench run ${shown} design.json${other}`]);
  }
  const faults: string[] = [];
  for (const canvas of canvases) {
    if (!(await isFolder(canvas))) continue;
    const shown = printable(canvas).replace(/\/$/, "");
    faults.push(`${shown} is a folder; run takes files, as ${shown}/*.json; compare takes folders, too`);
  }
  if (faults.length > 0) throw new UsageError(faults);
}

async function runOnce({ gate, groups, outputs }: Round): Promise<void> {
  const { writeOutputs } = await import("./outputs.js");
  const { evaluateGroups } = await import("./evaluate-designs.js");
  const { sweepsOfGroups } = await import("../evaluation/sweeps.js");
  const { flags } = gate;
  const judged = await evaluateGroups(groups, flags);
  const designs = judged.flat();
  const sweeps = sweepsOfGroups(groups, judged);
  const { failed, ...compared } = await gate.conclude(groups, judged);
  const verdicts = designs.map(({ result }) => result.verdict);
  process.exitCode = exitCodeOf(failed ? [...verdicts, "fail"] : verdicts);
  await writeOutputs(outputs, { designs, ...compared, ...(sweeps.length === 0 ? {} : { sweeps }) }, flags);
}
