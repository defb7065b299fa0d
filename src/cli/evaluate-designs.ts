import { printable } from "../document/printable.js";
import type { Design, DesignGroup, JudgedDesign } from "../evaluation/design.js";
import { type EvaluationWatcher, evaluate } from "../evaluation/evaluate.js";
import { Workers } from "../parallel/workers.js";
import { type EvaluationFlags, evaluationOptionsOf } from "./evaluation-options.js";
import { cutShort } from "./report-error.js";

/** Work that takes longer than this shows how far it has come, on a terminal. */
const patienceMs = 500;

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
  const progress = new Progress(process.stderr.isTTY && flags.quiet !== true);
  const watcher: EvaluationWatcher = {
    invalid: ({ result }) => teller.tell(result.findings.map(({ message }) => printable(message))),
    read: (line) => teller.tell([line]),
    begun: (runs) => progress.begin(runs),
    ran: (_design, run) => progress.ran(`${run.id}, seed ${run.seed}`),
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

/** How many runs are done, in one line that is written over. */
class Progress {
  private readonly startedMs = performance.now();
  private total = 0;
  private done = 0;

  constructor(private readonly shown: boolean) {}

  begin(more: number): void {
    this.total += more;
  }

  ran(what: string): void {
    this.done++;
    if (!this.shown || performance.now() - this.startedMs < patienceMs) return;
    process.stderr.write(`\r\u001b[K${this.done}/${this.total} ${what}`);
  }

  end(): void {
    if (this.shown) process.stderr.write("\r\u001b[K");
  }
}
