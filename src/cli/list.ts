import type { Command } from "commander";
import { printable } from "../document/printable.js";
import type { ProblemSummary } from "../problem/load.js";
import { labelled, paragraph } from "../report/table/text.js";
import { terminalWidth } from "./terminal-width.js";

/** How a text is laid out: its columns, and how what matters less is shown. */
interface Layout {
  readonly width: number;
  readonly dim: (text: string) => string;
}

/** `7 scenarios · ≤ 12 components · ≤ $1000 a month · retry, circuitbreaker, storage`. */
function limitsOf({ scenarios, maxComponents, monthlyBudgetUsd, requiredBehaviors }: ProblemSummary): string {
  return [
    `${scenarios.length} scenario${scenarios.length === 1 ? "" : "s"}`,
    maxComponents === null ? "any components" : `≤ ${maxComponents} components`,
    monthlyBudgetUsd === null ? "any cost" : `≤ $${monthlyBudgetUsd} a month`,
    ...(requiredBehaviors.length === 0 ? [] : [requiredBehaviors.join(", ")]),
  ].join(" · ");
}

/** The problems, each with its title behind its id and its limits below. */
export function listText(problems: readonly ProblemSummary[], { width, dim }: Layout): string {
  if (problems.length === 0) return "no built-in problems\n";
  const idColumns = Math.max(...problems.map(({ id }) => id.length));
  const lines = problems.flatMap((problem) => [
    ...labelled("", printable(problem.id), idColumns, printable(problem.title), width),
    ...paragraph("  ", printable(limitsOf(problem)), width).map((line) => dim(line)),
  ]);
  return `${lines.join("\n")}\n`;
}

async function list({ json, color }: { readonly json?: true; readonly color: boolean }): Promise<void> {
  const { listProblems } = await import("../problem/load.js");
  const problems = await listProblems();
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, problems }, null, 2)}\n`);
    return;
  }
  const { coloursFor } = await import("./colour.js");
  process.stdout.write(listText(problems, { width: terminalWidth(), dim: coloursFor("stdout", color).dim }));
}

/** `list`: the built-in problems. */
export function registerList(program: Command): void {
  program
    .command("list")
    .description("list the built-in problems")
    .option("--json", "print JSON and nothing else")
    .action((_options: unknown, command: Command) => list(command.optsWithGlobals()));
}
