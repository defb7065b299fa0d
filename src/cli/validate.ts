import type { Command } from "commander";
import type { LoadedCanvas } from "../canvas/load.js";
import type { Finding } from "../compile/assumption.js";
import type { InputError } from "../document/input-error.js";
import type { Problem } from "../problem/problem.js";
import { exitCode } from "./exit-code.js";

interface ValidateOptions {
  readonly problem?: string;
  readonly json?: true;
  readonly fromModelOutput?: true;
  readonly color: boolean;
}

/** What came of one file: a canvas, or its faults. */
interface Checked {
  readonly file: string;
  readonly outcome: LoadedCanvas | InputError;
  /** What the graph alone shows. */
  readonly findings: readonly Finding[];
  /** What had to be done to read it. */
  readonly readings: readonly string[];
}

/** Stands in where no problem is given: the structural checks that need no roles. */
const anyProblem: Problem = {
  id: "any",
  title: "Any",
  workload: { ratePerS: 1, durationMs: 1 },
  scenarios: [{ id: "baseline", kind: "baseline" }],
};

async function check(file: string, problem: Problem, fromModelOutput: boolean): Promise<Checked> {
  const { loadCanvas } = await import("../canvas/load.js");
  const { InputError } = await import("../document/input-error.js");
  const { compile } = await import("../compile/compile.js");
  const { allFindings } = await import("../scoring/design.js");
  const readings: string[] = [];
  try {
    const outcome = await loadCanvas(file, { fromModelOutput, tell: (line) => readings.push(line) });
    return { file, outcome, findings: allFindings(compile(outcome.canvas, problem)), readings };
  } catch (error) {
    if (error instanceof InputError) return { file, outcome: error, findings: [], readings };
    throw error;
  }
}

function jsonReport(checked: readonly Checked[]): object {
  const files = checked.map(({ file, outcome, findings, readings }) => ({
    file,
    valid: "canvas" in outcome,
    faults: "canvas" in outcome ? [] : outcome.faults,
    warnings: "canvas" in outcome ? outcome.warnings : [],
    notes: [...readings, ...("canvas" in outcome ? outcome.notes : [])],
    findings,
  }));
  return { schemaVersion: 1, files };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

async function printChecked({ file, outcome, findings, readings }: Checked, color: boolean): Promise<void> {
  const { onGitHubActions, withoutCommands } = await import("./github-actions.js");
  const { coloursFor } = await import("./colour.js");
  const { formatFault } = await import("../document/fault.js");
  const { printable } = await import("../document/printable.js");
  const { faultLines } = await import("./report-error.js");
  const stdout = coloursFor("stdout", color);
  const stderr = coloursFor("stderr", color);
  const name = onGitHubActions(process.env) ? withoutCommands(printable(file)) : printable(file);
  for (const line of readings) process.stderr.write(`note  ${line}\n`);
  if ("canvas" in outcome) {
    const { components, connections } = outcome.canvas;
    const size = `${counted(components.length, "component")}, ${counted(connections.length, "connection")}`;
    process.stdout.write(`${stdout.green("ok")}  ${name}: ${size}\n`);
    for (const warning of outcome.warnings)
      process.stderr.write(`${stderr.yellow("warning")}  ${formatFault(warning)}\n`);
    for (const { severity, code, message } of findings) {
      process.stderr.write(`${stderr.yellow(severity)}  ${name}: ${code}: ${printable(message)}\n`);
    }
    for (const note of outcome.notes) process.stderr.write(`note  ${note}\n`);
    return;
  }
  process.stdout.write(`${stdout.red("invalid")}  ${name}: ${counted(outcome.faults.length, "fault")}\n`);
  for (const line of faultLines(outcome)) process.stderr.write(`${line}\n`);
}

async function validate(canvases: readonly string[], options: ValidateOptions): Promise<void> {
  const { loadProblem } = await import("../problem/load.js");
  const problem = options.problem === undefined ? anyProblem : (await loadProblem(options.problem)).problem;
  const checked: Checked[] = [];
  for (const file of canvases) checked.push(await check(file, problem, options.fromModelOutput === true));
  if (options.json === true) process.stdout.write(`${JSON.stringify(jsonReport(checked), null, 2)}\n`);
  else for (const one of checked) await printChecked(one, options.color);
  if (checked.some(({ outcome }) => !("canvas" in outcome))) process.exitCode = exitCode.invalidInput;
}

/** `validate <canvas…>`: faults of the schema and the graph, and design findings, without simulating. */
export function registerValidate(program: Command): void {
  program
    .command("validate")
    .description("check canvases against the schema and as graphs, without simulating")
    .argument("<canvas...>", "canvas files")
    .option("--problem <problem>", "judge the graph by this problem's roles, too")
    .option("--from-model-output", "take the canvas out of the text around it, and repair its JSON")
    .option("--json", "print JSON and nothing else")
    .action((canvases: readonly string[], _options: unknown, command: Command) =>
      validate(canvases, command.optsWithGlobals<ValidateOptions>()),
    );
}
