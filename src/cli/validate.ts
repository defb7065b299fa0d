import type { Command } from "commander";
import type { LoadedCanvas } from "../canvas/load.js";
import type { InputError } from "../document/input-error.js";
import { exitCode } from "./exit-code.js";

interface ValidateOptions {
  readonly json?: true;
  readonly color: boolean;
}

/** What came of one file: a canvas, or its faults. */
interface Checked {
  readonly file: string;
  readonly outcome: LoadedCanvas | InputError;
}

async function check(file: string): Promise<Checked> {
  const { loadCanvas } = await import("../canvas/load.js");
  const { InputError } = await import("../document/input-error.js");
  try {
    return { file, outcome: await loadCanvas(file) };
  } catch (error) {
    if (error instanceof InputError) return { file, outcome: error };
    throw error;
  }
}

function jsonReport(checked: readonly Checked[]): object {
  const files = checked.map(({ file, outcome }) => ({
    file,
    valid: "canvas" in outcome,
    faults: "canvas" in outcome ? [] : outcome.faults,
    warnings: "canvas" in outcome ? outcome.warnings : [],
    notes: "canvas" in outcome ? outcome.notes : [],
  }));
  return { schemaVersion: 1, files };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

async function printChecked({ file, outcome }: Checked, color: boolean): Promise<void> {
  const { coloursFor } = await import("./colour.js");
  const { formatFault } = await import("../document/fault.js");
  const { printable } = await import("../document/printable.js");
  const { faultLines } = await import("./report-error.js");
  const stdout = coloursFor("stdout", color);
  const stderr = coloursFor("stderr", color);
  const name = printable(file);
  if ("canvas" in outcome) {
    const { components, connections } = outcome.canvas;
    const size = `${counted(components.length, "component")}, ${counted(connections.length, "connection")}`;
    process.stdout.write(`${stdout.green("ok")}  ${name}: ${size}\n`);
    for (const warning of outcome.warnings)
      process.stderr.write(`${stderr.yellow("warning")}  ${formatFault(warning)}\n`);
    for (const note of outcome.notes) process.stderr.write(`note  ${note}\n`);
    return;
  }
  process.stdout.write(`${stdout.red("invalid")}  ${name}: ${counted(outcome.faults.length, "fault")}\n`);
  for (const line of faultLines(outcome)) process.stderr.write(`${line}\n`);
}

async function validate(canvases: readonly string[], options: ValidateOptions): Promise<void> {
  const checked: Checked[] = [];
  for (const file of canvases) checked.push(await check(file));
  if (options.json === true) process.stdout.write(`${JSON.stringify(jsonReport(checked), null, 2)}\n`);
  else for (const one of checked) await printChecked(one, options.color);
  if (checked.some(({ outcome }) => !("canvas" in outcome))) process.exitCode = exitCode.invalidInput;
}

/** `validate <canvas…>`: faults of the schema and the graph, without simulating. */
export function registerValidate(program: Command): void {
  program
    .command("validate")
    .description("check canvases against the schema and as graphs, without simulating")
    .argument("<canvas...>", "canvas files")
    .option("--json", "print JSON and nothing else")
    .action((canvases: readonly string[], _options: unknown, command: Command) =>
      validate(canvases, command.optsWithGlobals<ValidateOptions>()),
    );
}
