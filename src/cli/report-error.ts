import { CommanderError } from "commander";
import { formatFault } from "../document/fault.js";
import { InputError } from "../document/input-error.js";
import { packageVersion } from "../document/package-files.js";
import { printable } from "../document/printable.js";
import { RunFault } from "../evaluation/run-fault.js";
import { UsageError } from "../evaluation/usage-error.js";
import { type ExitCode, exitCode } from "./exit-code.js";

/** Faults of one file that are printed; `--json` prints all. */
const faultsShown = 100;

/** Lines for a list of faults. */
export function faultLines(error: InputError): readonly string[] {
  return cutShort(error.faults.map(formatFault));
}

/** The first of the lines, and how many more there are, when there are too many to read. */
export function cutShort(lines: readonly string[]): readonly string[] {
  const more = lines.length - faultsShown;
  return more > 0 ? [...lines.slice(0, faultsShown), `… and ${more} more`] : lines;
}

function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

function unexpectedText(thrown: unknown, debug: boolean): string {
  const error = thrown instanceof RunFault ? thrown.cause : thrown;
  const summary = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error && error.stack !== undefined ? error.stack : summary;
  return [
    `chini-bench ${packageVersion()} met a fault of its own: ${printableLines(debug ? stack : summary)}`,
    "This is a bug, not a fault of your design. Please report it with the command line and the input files.",
    ...(thrown instanceof RunFault ? [`To repeat it: ${printable(thrown.repeat)}`] : []),
    ...(debug ? [] : ["With --debug the report can hold a stack trace."]),
  ].join("\n");
}

/**
 * Prints what went wrong to stderr and says how the process should end.
 * Commander has already printed its own errors; a known error has no stack.
 */
export function reportError(error: unknown, debug: boolean): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.passed : exitCode.invalidInput;
  if (error instanceof InputError) {
    process.stderr.write(`${faultLines(error).join("\n")}\n`);
    return exitCode.invalidInput;
  }
  if (error instanceof UsageError) {
    process.stderr.write(`${error.lines.join("\n")}\n`);
    return exitCode.invalidInput;
  }
  process.stderr.write(`${unexpectedText(error, debug)}\n`);
  return exitCode.unexpectedFault;
}
