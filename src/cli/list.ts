import type { Command } from "commander";
import { printable } from "../document/printable.js";
import type { ProblemSummary } from "../problem/load.js";

const header = ["id", "scenarios", "components", "budget a month", "required", "title"] as const;
/** Columns of figures, which are aligned on the right. */
const figures: ReadonlySet<number> = new Set([1, 2, 3]);

function row(problem: ProblemSummary): readonly string[] {
  return [
    problem.id,
    String(problem.scenarios.length),
    problem.maxComponents === null ? "any" : `≤ ${problem.maxComponents}`,
    problem.monthlyBudgetUsd === null ? "any" : `≤ $${problem.monthlyBudgetUsd}`,
    problem.requiredBehaviors.join(", ") || "none",
    problem.title,
  ];
}

/** The problems as aligned columns under a header, one per line. */
export function table(problems: readonly ProblemSummary[]): string {
  if (problems.length === 0) return "no built-in problems\n";
  const rows = [header, ...problems.map((problem) => row(problem).map(printable))];
  const widths = header.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? "").length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return figures.has(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return `${rows.map(line).join("\n")}\n`;
}

async function list(options: { readonly json?: true }): Promise<void> {
  const { listProblems } = await import("../problem/load.js");
  const problems = await listProblems();
  const text = options.json === true ? `${JSON.stringify({ schemaVersion: 1, problems }, null, 2)}\n` : table(problems);
  process.stdout.write(text);
}

/** `list`: one row per built-in problem. */
export function registerList(program: Command): void {
  program
    .command("list")
    .description("list the built-in problems")
    .option("--json", "print JSON and nothing else")
    .action(list);
}
