import { printable } from "../document/printable.js";
import type { Design, DesignGroup, JudgedDesign } from "../evaluation/design.js";
import { type EvaluationWatcher, evaluate } from "../evaluation/evaluate.js";
import { Workers } from "../parallel/workers.js";
import { type EvaluationFlags, evaluationOptionsOf } from "./evaluation-options.js";
import { progressOn } from "./progress.js";
import { cutShort } from "./report-error.js";

/** Evaluates designs as the flags say. */
export async function evaluateDesigns(
  designs: readonly Design[],
  flags: EvaluationFlags,
): Promise<readonly JudgedDesign[]> {
  const [judged = []] = await evaluateGroups([{ designs, options: evaluationOptionsOf(flags) }], flags);
  return judged;
}

/**
 * Evaluates groups of designs one after the other, with the same threads; invalid canvases and progress are told on
 * standard error.
 * @returns each group's designs
 */
export async function evaluateGroups(
  groups: readonly DesignGroup[],
  flags: Pick<EvaluationFlags, "workers" | "quiet">,
): Promise<readonly (readonly JudgedDesign[])[]> {
  const workers = new Workers(flags.workers);
  const teller = new Teller();
  const progress = await progressOn(process.stderr, flags.quiet === true);
  const watcher: EvaluationWatcher = {
    invalid: ({ result }) => teller.tell(result.findings.map(({ message }) => printable(message))),
    read: (line) => teller.tell([line]),
    begun: (runs) => progress.begin(runs),
    ran: () => progress.ran(),
  };
  const judged: (readonly JudgedDesign[])[] = [];
  try {
    for (const { designs, options } of groups) judged.push(await evaluate(designs, options, workers, watcher));
    return judged;
  } finally {
    progress.end();
    await workers.close();
  }
}

/** Says lines on standard error, and none twice: what is wrong with a file is wrong with each of its variants. */
class Teller {
  private readonly told = new Set<string>();

  tell(lines: readonly string[]): void {
    const fresh = lines.filter((line) => !this.told.has(line));
    for (const line of fresh) this.told.add(line);
    if (fresh.length > 0) process.stderr.write(`${cutShort(fresh).join("\n")}\n`);
  }
}
