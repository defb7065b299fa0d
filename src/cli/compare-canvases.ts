import { resolve, sep } from "node:path";
import { printable } from "../document/printable.js";
import type { Design } from "../evaluation/design.js";
import { type EvaluationOptions, seedsOf } from "../evaluation/options.js";
import { prepare } from "../evaluation/prepare.js";
import { repeatComparison } from "../evaluation/repeat-command.js";
import { UsageError } from "../evaluation/usage-error.js";
import { variantsOf } from "../evaluation/variants.js";
import { compareDesigns } from "../scoring/comparison/compare.js";
import { labelsOf } from "../scoring/comparison/labels.js";
import { settingsText } from "../scoring/settings-text.js";
import { type CanvasFile, findCanvasFiles, identityOf, isFolder } from "./canvas-files.js";
import type { CompareFlags } from "./compare.js";
import { evaluateDesigns } from "./evaluate-designs.js";
import { evaluationOptionsOf } from "./evaluation-options.js";
import { exitCodeOf } from "./exit-code.js";
import { guardInputs } from "./guard-inputs.js";
import { loadNamedProblem } from "./named-problem.js";
import { chooseOutputs, writeOutputs } from "./outputs.js";
import { cutShort } from "./report-error.js";

/**
 * Runs the canvases on the same seeds, compares them and writes the reports; the worst verdict is the exit code.
 * @param paths canvas files, and folders of them
 * @param configuration the file that the flags' defaults come from; undefined when there is none
 * @throws InputError, UsageError when something that was asked for cannot be had; an invalid canvas is no error
 */
export async function compare(
  problemName: string,
  paths: readonly string[],
  flags: CompareFlags,
  configuration?: string,
): Promise<void> {
  const outputs = await chooseOutputs(flags);
  const options = evaluationOptionsOf(flags);
  const problem = await loadNamedProblem(problemName, paths, options);
  const { files, reference } = await chooseCanvases(paths, flags.against);
  const asked = files.map(({ file }) => ({ problem, file }));
  await guardInputs(outputs, asked, { configuration });
  if (reference !== undefined) await requireValid(asked[reference]!, options);
  const variants = variantsOf(asked, options, { unedited: true });
  const designs = await evaluateDesigns(variants, flags);
  const labels = labelsOfVariants(variants, files);
  const comparison = compareDesigns(
    designs.map(({ result, samples }, index) => ({ label: labels[index]!, result, samples })),
    {
      problem: problem.problem.id,
      seeds: seedsOf(options),
      // Of each canvas the unedited one comes first.
      reference: reference === undefined ? undefined : reference * (variants.length / files.length),
      repeat: repeatComparison(problemName, paths, flags.against, options),
    },
  );
  process.exitCode = exitCodeOf(designs.map(({ result }) => result.verdict));
  await writeOutputs(outputs, { designs, comparison }, flags);
}

/** What designs are called: by their files, and by what was set in them. */
function labelsOfVariants(variants: readonly Design[], files: readonly CanvasFile[]): readonly string[] {
  const labels = labelsOf(
    files.map(({ file }) => resolve(file)),
    sep,
  );
  const byFile = new Map(files.map(({ file }, index) => [file, labels[index]!]));
  return variants.map(({ file, edits = [] }) => [byFile.get(file)!, settingsText(edits)].join(" ").trim());
}

interface Canvases {
  readonly files: readonly CanvasFile[];
  /** Index of the reference that was asked for; undefined when none was. */
  readonly reference: number | undefined;
}

/** The canvases to compare; the reference is one of them, whether it was named among them or not. */
async function chooseCanvases(paths: readonly string[], against: string | undefined): Promise<Canvases> {
  if (against === undefined) return { files: await findCanvasFiles(paths), reference: undefined };
  if (await isFolder(against)) {
    throw new UsageError([`--against ${printable(against)} is a folder; name one canvas file`]);
  }
  const files = await findCanvasFiles([...paths, against]);
  const identity = await identityOf(against);
  return { files, reference: files.findIndex((file) => file.identity === identity) };
}

/**
 * Refuses a reference that cannot be run, before minutes go into the others.
 * @throws UsageError with every fault of the canvas
 */
async function requireValid(design: Design, options: EvaluationOptions): Promise<void> {
  const prepared = await prepare(design, options);
  if (!("result" in prepared)) return;
  throw new UsageError([
    ...cutShort(prepared.result.findings.map(({ message }) => printable(message))),
    `--against ${printable(design.file)}: nothing can be compared with a canvas that is not valid`,
  ]);
}
