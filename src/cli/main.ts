import { Command, Help, type Option } from "commander";
import { packageVersion } from "../document/package-files.js";
import { printable } from "../document/printable.js";
import { UsageError } from "../evaluation/usage-error.js";
import { registerBaseline } from "./baseline.js";
import { registerCompare } from "./compare.js";
import { registerCompletion } from "./completion.js";
import { registerExplain } from "./explain.js";
import { guardStream, onGitHubActions } from "./github-actions.js";
import { registerInit } from "./init.js";
import { registerList } from "./list.js";
import { registerPrompt } from "./prompt.js";
import { reportError } from "./report-error.js";
import { registerRun } from "./run.js";
import { registerSchema } from "./schema.js";
import { registerSelftest } from "./selftest.js";
import { registerValidate } from "./validate.js";

const exitCodeHelp = `
Exit codes:
  0    every design passed
  1    a criterion, constraint or invariant failed
  2    wrong usage or configuration, or an invalid canvas or problem
  3    inconclusive
  70   a fault of chini-bench itself
  130  interrupted (143: terminated)`;

/** The command line. Commands only register here; what they need is imported when they run. */
function buildProgram(): Command {
  const program = new Command("chini-bench")
    .description("Runs a system design through a discrete-event simulation under stress: pass or fail, why, and where.")
    .version(packageVersion(), "-V, --version", "print the version")
    .option("--no-color", "no colours (as the environment variable NO_COLOR)")
    .option("--debug", "a stack trace with an unexpected fault")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", exitCodeHelp)
    .showSuggestionAfterError(true)
    // A command's own help shows its arguments; beside them the column of what it does would be too narrow to read.
    .configureHelp({ optionDescription: withoutVariable, subcommandTerm: (command) => command.name() })
    .configureOutput({
      // The message repeats the user's arguments, which may come from a file name.
      outputError: (text, write) => write(text.split("\n").map(printable).join("\n")),
    })
    .exitOverride();
  for (const register of [
    registerRun,
    registerCompare,
    registerValidate,
    registerBaseline,
    registerExplain,
    registerList,
    registerPrompt,
    registerSchema,
    registerSelftest,
    registerInit,
    registerCompletion,
  ])
    register(program);
  return program;
}

/** What help says of an option; the environment's name for it would stand in every line, and is told below them. */
function withoutVariable(option: Option): string {
  const unnamed: Option = Object.assign(Object.create(option), { envVar: undefined });
  return new Help().optionDescription(unnamed);
}

/**
 * A reader that has gone (`| head`) is no fault; what is still written goes nowhere. A disk that is full is none of the
 * program's.
 */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    throw error.code === undefined ? error : new UsageError([`cannot write the output: ${printable(error.message)}`]);
  });
}

/**
 * Runs the command line and sets the process's exit code; never throws.
 * @param argv the arguments, without `node` and the script
 */
export async function main(argv: readonly string[]): Promise<void> {
  ignoreClosedPipe(process.stdout);
  ignoreClosedPipe(process.stderr);
  if (onGitHubActions(process.env)) guardStream(process.stderr);
  const program = buildProgram();
  const debug = () => program.opts().debug === true;
  // Node would exit 1, which means that a design failed.
  process.once("uncaughtException", (error) => process.exit(reportError(error, debug())));
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    process.exitCode = reportError(error, debug());
  }
}
