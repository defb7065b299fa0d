import type { Argument, Command, Option } from "commander";
import { type Candidate, type Expected, valuesOf } from "./values.js";

/** What may stand where the cursor is. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** A file's name may stand there, too. */
  readonly files: boolean;
}

const none: Candidates = { candidates: [], files: false };

/**
 * What completes the last of the words, taken from the program's own commands, options and arguments.
 * @param asked the command line after the program's name, up to the cursor; bash counts `=` as a word of its own
 */
export async function candidatesFor(program: Command, asked: readonly string[]): Promise<Candidates> {
  const words = asked.at(-1) === "=" ? [...asked, ""] : asked;
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const at = before.findIndex((word) => !word.startsWith("-"));
  if (at === -1) return startingWith(current, current.startsWith("-") ? optionsOf(program) : commandsOf(program));
  const command = program.commands.find((one) => one.name() === before[at]);
  if (command === undefined) return before[at] === "help" ? startingWith(current, commandsOf(program)) : none;
  return candidatesIn(command, before.slice(at + 1), current);
}

async function candidatesIn(command: Command, before: readonly string[], current: string): Promise<Candidates> {
  const read = readWords(command, before);
  if (read.option !== null) return ofOption(read.option, read.value, current, read.positionals);
  const [, flag, value] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  if (flag !== undefined && value !== undefined) {
    const option = command.options.find(({ long }) => long === flag);
    if (option === undefined || option.isBoolean()) return none;
    const found = await ofOption(option, "", value, read.positionals);
    return { ...found, candidates: found.candidates.map((one) => ({ ...one, value: `${flag}=${one.value}` })) };
  }
  if (current.startsWith("-")) return startingWith(current, optionsOf(command));
  const argument = argumentAt(command, read.positionals.length);
  return argument === undefined ? none : ofExpected(expectedArgument(argument), current, read.positionals);
}

interface ReadWords {
  readonly positionals: readonly string[];
  /** The option whose value stands at the cursor; null when it is none. */
  readonly option: Option | null;
  /** What of the option's value stands before the cursor, where bash has cut it at `=`. */
  readonly value: string;
}

function readWords(command: Command, before: readonly string[]): ReadWords {
  const positionals: string[] = [];
  let option: Option | null = null;
  let value = "";
  for (const word of before) {
    if (option !== null && word === "=") {
      // `--seeds =`: the value is still to come; `html =`: its file is.
      if (value !== "") value += "=";
    } else if (option !== null && (value === "" || value.endsWith("="))) {
      value += word;
    } else {
      option = command.options.find(({ long, short }) => word === long || word === short) ?? null;
      value = "";
      if (option?.isBoolean() === true) option = null;
      else if (option === null && !word.startsWith("-")) positionals.push(word);
    }
  }
  // A value that is complete leaves the cursor at something new.
  const complete = value !== "" && !value.endsWith("=");
  return { positionals, option: complete ? null : option, value };
}

function argumentAt(command: Command, index: number): Argument | undefined {
  const declared = command.registeredArguments;
  const last = declared.at(-1);
  return declared[index] ?? (last?.variadic === true ? last : undefined);
}

function expectedArgument(argument: Argument): Expected {
  return { name: argument.name(), choices: argument.argChoices ?? null, files: true };
}

async function ofOption(option: Option, value: string, current: string, positionals: readonly string[]) {
  const files = /<.*\bfile\b.*>/.test(option.flags);
  // The second part of `--reporter html=report.html` is a file.
  if (value.endsWith("=")) return { candidates: [], files };
  const expected = { name: option.attributeName(), choices: option.argChoices ?? null, files };
  return ofExpected(expected, current, positionals);
}

async function ofExpected(expected: Expected, current: string, positionals: readonly string[]): Promise<Candidates> {
  const { candidates, files } = await valuesOf(expected, positionals);
  return { ...startingWith(current, candidates), files: files || (expected.files && current.includes("=")) };
}

function startingWith(current: string, candidates: readonly Candidate[]): Candidates {
  return { candidates: candidates.filter(({ value }) => value.startsWith(current)), files: false };
}

function commandsOf(program: Command): readonly Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({ value: command.name(), meaning: command.description() }));
}

function optionsOf(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long === undefined ? [] : [{ value: long, meaning: description }]));
}
