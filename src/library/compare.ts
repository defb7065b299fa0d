import { resolve, sep } from "node:path";
import { printable } from "../document/printable.js";
import { comparisonSeeds, seedsOf } from "../evaluation/options.js";
import { repeatComparison } from "../evaluation/repeat-command.js";
import { UsageError } from "../evaluation/usage-error.js";
import type { Report } from "../report/report.js";
import { compareDesigns } from "../scoring/comparison/compare.js";
import { labelsOf } from "../scoring/comparison/labels.js";
import { evaluationOptions, wholeNumberFaults } from "./check-options.js";
import { type EvaluateRequest, evaluate, fileOf, problemName } from "./evaluate.js";

/** What {@link compare} is asked for: as {@link evaluate}, but for `seeds`, which is 5 when left out. */
export interface CompareRequest extends EvaluateRequest {
  /** Place in `canvases`, from 0, of the one that the others are compared with; the best-ranked when left out. */
  readonly against?: number | undefined;
}

/**
 * Runs canvases on the same seeds, ranks them and takes their differences seed by seed, as `chini-bench compare` does.
 *
 * @returns the designs in the order of `canvases`, with the `comparison` that `--json` prints, ready for `render`
 * @throws UsageError as `evaluate`, and when two canvases have one name, or `against` is none of them or not valid
 * @throws InputError when the problem is not valid, with every fault
 * @throws RunFault when the program itself fails in the middle of a run; it holds the command that repeats it
 */
export async function compare(request: CompareRequest): Promise<Report> {
  const { against, canvases, seeds = comparisonSeeds } = request;
  const options = evaluationOptions({ ...request, seeds }, request.workers);
  const files = canvases.map(fileOf);
  if (files.length === 0) refuse(["canvases: there are none; at least one is compared"]);
  refuse(repeatedNames(files));
  if (against !== undefined) refuse(wholeNumberFaults("against", against, 0, canvases.length - 1));
  const { designs } = await evaluate({ ...request, seeds });
  const reference = against === undefined ? undefined : designs[against]!;
  if (reference?.result.verdict === "invalid") {
    const reasons = reference.result.findings.map(({ message }) => printable(message));
    refuse([...reasons, `against: nothing can be compared with ${printable(files[against!]!)}, which is not valid`]);
  }
  const labels = labelsOf(
    files.map((file) => resolve(file)),
    sep,
  );
  const name = typeof request.problem === "string" ? request.problem : problemName(request.problem);
  const comparison = compareDesigns(
    designs.map(({ result, samples }, index) => ({ label: labels[index]!, result, samples })),
    {
      problem: designs[0]?.problem.id ?? name,
      seeds: seedsOf(options),
      reference: against,
      repeat: repeatComparison(name, files, reference?.result.canvas.file, options),
    },
  );
  return { designs, comparison };
}

function refuse(lines: readonly string[]): void {
  if (lines.length > 0) throw new UsageError(lines);
}

/** A design is told from the others by its name. */
function repeatedNames(files: readonly string[]): readonly string[] {
  const paths = files.map((file) => resolve(file));
  const repeated = files.filter((_, index) => paths.indexOf(paths[index]!) !== index);
  return [...new Set(repeated)].map(
    (file) => `canvases: ${printable(file)} is named twice; give each a name of its own`,
  );
}
