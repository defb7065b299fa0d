import type { Command } from "commander";
import { addWorkersOption } from "./evaluation-options.js";

/** `baseline update|show <file>`: renews the figures that later runs are compared with, or prints them. */
export function registerBaseline(program: Command): void {
  const baseline = program
    .command("baseline")
    .description("renew or print a file of figures that later runs are compared with (run --save-baseline writes it)");
  addWorkersOption(
    baseline
      .command("update")
      .description("run what the file states again, with the same options; print what changed and write it anew")
      .argument("<file>", "a baseline file")
      .option("--quiet", "print the verdicts and what is worse only"),
  ).action(async (file: string, _options: unknown, own: Command) => {
    const { updateBaseline } = await import("./baseline-update.js");
    await updateBaseline(file, own.optsWithGlobals());
  });
  baseline
    .command("show")
    .description("print the stored designs with their verdicts and figures")
    .argument("<file>", "a baseline file")
    .option("--json", "print JSON and nothing else: the file as it is written")
    .action(async (file: string, _options: unknown, own: Command) => {
      const { showBaseline } = await import("./baseline-show.js");
      await showBaseline(file, own.optsWithGlobals());
    });
}
