import { resolve } from "node:path";
import { nearestName } from "../document/nearest.js";
import { printable } from "../document/printable.js";
import { wordName } from "../evaluation/problem-run.js";
import { UsageError } from "../evaluation/usage-error.js";
import { loadReporter, reporterNames } from "../report/index.js";
import type { Reporter } from "../report/reporter.js";
import type { EvaluationFlags } from "./evaluation-options.js";
import { onGitHubActions } from "./github-actions.js";

/** A reporter and where its text goes: to standard output without a file. */
export interface Output {
  readonly reporter: Reporter;
  readonly file: string | null;
}

interface Choice {
  readonly name: string;
  readonly file: string | null;
}

/**
 * The reporters asked for; the table where nothing else has standard output, and on GitHub Actions, where the table has
 * it, `github` beside it.
 * @param terminal whether standard output is one
 * @throws UsageError when they cannot be had, or not together
 */
export async function chooseOutputs(
  { json, reporter = [] }: Pick<EvaluationFlags, "json" | "reporter">,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  terminal: boolean = process.stdout.isTTY === true,
): Promise<readonly Output[]> {
  const asked = withoutRepetition([...(json === true ? [{ name: "json", file: null }] : []), ...reporter]);
  refuseUnknown(asked);
  refuseFiles(asked);
  const outputs = await Promise.all(asked.map(load));
  const toFiles = outputs.filter(({ file }) => file !== null);
  const shown = outputs.filter(({ file, reporter: { beside } }) => file === null && beside === undefined);
  const aside = outputs.filter(({ file, reporter: { beside } }) => file === null && beside !== undefined);
  if (shown.length > 1) {
    const mend = "give the others a file, as --reporter json=result.json";
    throw new UsageError([`only one reporter can write to standard output; ${mend}`]);
  }
  const main = shown[0] ?? (await load({ name: "table", file: null }));
  if (terminal && main.reporter.name === "html") {
    throw new UsageError([
      "a terminal cannot show html, half a megabyte of it; give it a file: --reporter html=report.html",
    ]);
  }
  for (const { reporter } of aside) refuseCompany(reporter, main.reporter);
  const automatic = onGitHubActions(environment) && main.reporter.name === "table" && !asked.some(isGitHub);
  return [main, ...aside, ...(automatic ? [await load({ name: "github", file: null })] : []), ...toFiles];
}

async function load({ name, file }: Choice): Promise<Output> {
  return { reporter: await loadReporter(name), file };
}

function isGitHub({ name }: Choice): boolean {
  return name === "github";
}

/** A reporter asked for twice at the same place is asked for once. */
function withoutRepetition(choices: readonly Choice[]): readonly Choice[] {
  const same = (left: Choice, right: Choice) => left.name === right.name && left.file === right.file;
  return choices.filter((choice, index) => choices.findIndex((other) => same(choice, other)) === index);
}

function refuseUnknown(choices: readonly Choice[]): void {
  const unknown = choices.filter(({ name }) => !reporterNames.includes(name));
  if (unknown.length === 0) return;
  throw new UsageError(
    unknown.map(
      ({ name }) => `unknown reporter ${wordName(printable(name), nearestName(name, reporterNames), reporterNames)}`,
    ),
  );
}

/** What goes to a file must have one of its own, and `-` is none. */
function refuseFiles(choices: readonly Choice[]): void {
  const faults: string[] = [];
  const owners = new Map<string, string>();
  for (const { name, file } of choices) {
    if (file === null) continue;
    if (file === "-") faults.push(`--reporter ${name}=-: "-" is not a file; --reporter ${name} is standard output`);
    const owner = owners.get(resolve(file));
    if (owner === undefined) owners.set(resolve(file), name);
    else faults.push(`${owner} and ${name} would both write ${printable(file)}; give each a file of its own`);
  }
  if (faults.length > 0) throw new UsageError(faults);
}

function refuseCompany({ name, beside }: Reporter, main: Reporter): void {
  if (main.name === beside) return;
  const files = `--reporter ${name}=annotations.txt or --reporter ${main.name}=report.txt`;
  throw new UsageError([
    `${name} can stand beside the ${beside} on standard output, not beside ${main.name}; give one of them a file: ${files}`,
  ]);
}
