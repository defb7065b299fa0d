import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { structuredPatch } from "diff";
import { shell } from "./shell.js";

/** A piece of a tutorial. */
export type Step =
  /** A written paragraph, or several. */
  | { readonly say: string }
  /** A command line that has to end with this exit code; of its output so many lines are shown, all when left out. */
  | { readonly run: string; readonly exit: number; readonly lines?: number }
  /** The only place in a file where a text stands, and what takes its place. */
  | { readonly edit: string; readonly from: string; readonly to: string };

/** Lines around a change that a diff shows. */
const diffContext = 2;

/**
 * Carries the steps out in a folder and writes down what happens, as Markdown.
 * @throws Error when a command ends otherwise than it should, or there is nothing, or more than one thing, to edit
 */
export async function transcriptOf(steps: readonly Step[], folder: string): Promise<string> {
  const parts: string[] = [];
  for (const step of steps) {
    if ("say" in step) parts.push(step.say);
    else if ("run" in step) parts.push(await commandBlock(step, folder));
    else parts.push(editBlock(step, folder));
  }
  return `${parts.join("\n\n")}\n`;
}

async function commandBlock(step: Extract<Step, { run: string }>, folder: string): Promise<string> {
  const { code, output } = await shell(step.run, folder);
  if (code !== step.exit) {
    throw new Error(`${step.run} ended with ${code} and not with ${step.exit}:\n${output}`);
  }
  const printed = stable(output, folder).trim().split("\n");
  const shown = printed.slice(0, step.lines ?? printed.length);
  if (shown.length < printed.length) shown.push("…");
  return fenced("console", [`$ ${step.run}`, ...shown.filter(() => output.trim() !== ""), "$ echo $?", String(code)]);
}

/** The output without what differs from one machine, or one day, to the next. */
function stable(output: string, folder: string): string {
  return output.replaceAll(folder, ".").replace(/^added \d+ packages?.*$/m, "added … packages");
}

function editBlock({ edit, from, to }: Extract<Step, { edit: string }>, folder: string): string {
  const file = join(folder, edit);
  const before = readFileSync(file, "utf8");
  const places = before.split(from).length - 1;
  if (places !== 1) throw new Error(`${edit} holds ${from} ${places} times and not once`);
  const after = before.replace(from, () => to);
  writeFileSync(file, after);
  const { hunks } = structuredPatch(edit, edit, before, after, undefined, undefined, { context: diffContext });
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return fenced("diff", [`--- ${edit}`, `+++ ${edit}`, ...lines]);
}

function fenced(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, "```"].join("\n");
}
