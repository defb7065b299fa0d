import type { Command } from "commander";
import { comparisonSeeds } from "../evaluation/options.js";
import { addEvaluationOptions, type EvaluationFlags } from "./evaluation-options.js";
import { configOf } from "./settings.js";

export interface CompareFlags extends EvaluationFlags {
  readonly against?: string;
}

const examples = `
Examples:
  chini-bench compare chini-002-checkout designs/
  chini-bench compare chini-002-checkout designs/ --against designs/now.json
  chini-bench compare chini-002-checkout a.json --set api.queueLimit=50,100
  chini-bench compare chini-002-checkout answers/*.md --from-model-output`;

/** `compare <problem> <canvas|folder…>`: ranks designs on the same seeds. */
export function registerCompare(program: Command): void {
  const command = program
    .command("compare")
    .description("rank canvases side by side, on the same seeds")
    .argument("<problem>", "a built-in problem's id, or a problem file")
    .argument("<canvas|folder...>", "canvas files, and folders of them");
  command
    .optionsGroup("Comparison:")
    .option("--against <canvas>", "the canvas that the others are compared with (default: the best)");
  addEvaluationOptions(command, { seeds: comparisonSeeds })
    .addHelpText("after", examples)
    .action(async (problem: string, paths: readonly string[], _options: unknown, own: Command) => {
      const { compare } = await import("./compare-canvases.js");
      await compare(problem, paths, own.optsWithGlobals<CompareFlags>(), configOf(own)?.file);
    });
}
