import { printable } from "../document/printable.js";
import type { Design, JudgedDesign } from "../evaluation/design.js";
import { type EvaluationWatcher, evaluate } from "../evaluation/evaluate.js";
import type { EvaluationOptions } from "../evaluation/options.js";
import { Workers } from "../parallel/workers.js";
import { type EvaluationFlags, evaluationOptionsOf } from "./evaluation-options.js";
import { cutShort } from "./report-error.js";

/** Work that takes longer than this shows how far it has come, on a terminal. */
const patienceMs = 500;

/** Designs that are judged by the same options. */
export interface DesignGroup {
  readonly designs: readonly Design[];
  readonly options: EvaluationOptions;
}

/** Evaluates designs as the flags say; invalid canvases and progress are told on standard error. */
export async function evaluateDesigns(
  designs: readonly Design[],
  flags: EvaluationFlags,
): Promise<readonly JudgedDesign[]> {
  return evaluateGroups([{ designs, options: evaluationOptionsOf(flags) }], flags);
}

/** Evaluates groups of designs one after the other, with the same threads. */
export async function evaluateGroups(
  groups: readonly DesignGroup[],
  flags: Pick<EvaluationFlags, "workers" | "quiet">,
): Promise<readonly JudgedDesign[]> {
  const workers = new Workers(flags.workers);
  const progress = new Progress(process.stderr.isTTY && flags.quiet !== true);
  const watcher: EvaluationWatcher = {
    invalid: tellInvalid,
    begun: (runs) => progress.begin(runs),
    ran: (_design, run) => progress.ran(`${run.id}, seed ${run.seed}`),
  };
  const judged: JudgedDesign[] = [];
  try {
    for (const { designs, options } of groups) judged.push(...(await evaluate(designs, options, workers, watcher)));
    return judged;
  } finally {
    progress.end();
    await workers.close();
  }
}

function tellInvalid({ result }: JudgedDesign): void {
  const lines = cutShort(result.findings.map(({ message }) => printable(message)));
  process.stderr.write(`${lines.join("\n")}\n`);
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
