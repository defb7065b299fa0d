import { printable } from "../document/printable.js";
import type { Design, JudgedDesign } from "../evaluation/design.js";
import { type EvaluationWatcher, evaluate } from "../evaluation/evaluate.js";
import { Workers } from "../parallel/workers.js";
import { type EvaluationFlags, evaluationOptionsOf } from "./evaluation-options.js";
import { progressOn } from "./progress.js";
import { cutShort } from "./report-error.js";

/** Evaluates designs as the flags say; invalid canvases and progress are told on standard error. */
export async function evaluateDesigns(
  designs: readonly Design[],
  flags: EvaluationFlags,
): Promise<readonly JudgedDesign[]> {
  const workers = new Workers(flags.workers);
  const progress = await progressOn(process.stderr, flags.quiet === true);
  try {
    return await evaluate(designs, evaluationOptionsOf(flags), workers, {
      invalid: tellInvalid,
      begun: (runs) => progress.begin(runs),
      ran: () => progress.ran(),
    } satisfies EvaluationWatcher);
  } finally {
    progress.end();
    await workers.close();
  }
}

function tellInvalid({ result }: JudgedDesign): void {
  const lines = cutShort(result.findings.map(({ message }) => printable(message)));
  process.stderr.write(`${lines.join("\n")}\n`);
}
