import type { Command } from "commander";
import { exitCode } from "./exit-code.js";

interface ExplainOptions {
  readonly json?: true;
  readonly color: boolean;
}

/** `explain [id…]`: what a code, metric or invariant means, how it is computed, how to mend it; without one, all ids. */
export function registerExplain(program: Command): void {
  program
    .command("explain")
    .description("what a code, metric or invariant means, how it is computed and how to mend it")
    .argument("[id...]", "ids or gates as reports print them; all ids are listed without one")
    .option("--json", "print JSON and nothing else")
    .action((asked: readonly string[], _options: unknown, command: Command) =>
      explain(asked, command.optsWithGlobals<ExplainOptions>()),
    );
}

async function explain(asked: readonly string[], { json, color }: ExplainOptions): Promise<void> {
  const { resolve } = await import("../explain/resolve.js");
  const { printable } = await import("../document/printable.js");
  const resolved = asked.map(resolve);
  const faults = resolved.flatMap((one) => (one.ok ? [] : [one.fault]));
  if (faults.length > 0) {
    for (const fault of faults) process.stderr.write(`${printable(fault)}\n`);
    process.stderr.write("chini-bench explain lists everything that can be asked for\n");
    process.exitCode = exitCode.invalidInput;
    return;
  }
  const explanations = resolved.flatMap((one) => (one.ok ? [one.explanation] : []));
  const { catalogue } = await import("../explain/catalogue.js");
  if (json === true) {
    const value = asked.length === 0 ? { entries: catalogue } : { explanations };
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, ...value }, null, 2)}\n`);
    return;
  }
  const { catalogueLines, explanationLines } = await import("../report/explanation.js");
  const { coloursFor } = await import("./colour.js");
  const { terminalWidth } = await import("./terminal-width.js");
  const style = { chalk: coloursFor("stdout", color), width: terminalWidth() };
  const blocks =
    asked.length === 0
      ? [catalogueLines(catalogue, style)]
      : explanations.map((explanation) => explanationLines(explanation, style));
  process.stdout.write(`${blocks.map((lines) => lines.join("\n")).join("\n\n\n")}\n`);
}
