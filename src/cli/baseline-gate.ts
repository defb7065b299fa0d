import { printable } from "../document/printable.js";
import type { Design, JudgedDesign } from "../evaluation/design.js";
import { UsageError } from "../evaluation/usage-error.js";
import { type Baseline, baselineSeeds } from "../scoring/baseline/baseline.js";
import { type BaselineComparison, compareWithBaseline } from "../scoring/baseline/compare.js";
import { loadBaseline } from "../scoring/baseline/load.js";
import { seedWords } from "../scoring/baseline/notes.js";
import { baselineOptionsOf, requireNewFile, subjectOf, writeNewBaseline } from "./baseline-file.js";
import type { BaselineFlags } from "./baseline-flags.js";
import { type EvaluationFlags, evaluationOptionsOf } from "./evaluation-options.js";

type Flags = EvaluationFlags & BaselineFlags;

/** What a run has to do with baselines, once the flags are known to be sound. */
export interface BaselineGate<Given extends Flags> {
  /** The flags, with the baseline's seeds where none were given. */
  readonly flags: Given;
  /**
   * Compares and saves, as the flags say; what has no place in a report goes to standard error.
   * @param asked what was judged, in the same order
   */
  conclude(designs: readonly JudgedDesign[], asked: readonly Design[]): Promise<BaselineOutcome>;
}

interface BaselineOutcome {
  /** One per design; undefined without a baseline. */
  readonly baselines?: readonly BaselineComparison[];
  /** Whether a design that is worse fails the run; undefined without a baseline. */
  readonly failOnRegression?: boolean;
  /** A design is worse, and that is to fail the run. */
  readonly failed: boolean;
}

/**
 * Checks the flags before anything is simulated, and loads the baseline.
 * @param isGiven whether an option was given, on the command line or by a file of options
 * @throws UsageError when the flags do not fit each other or the files
 * @throws InputError with every fault of the baseline
 */
export async function openBaselineGate<Given extends Flags>(
  flags: Given,
  isGiven: (option: "seed" | "seeds") => boolean,
): Promise<BaselineGate<Given>> {
  if (flags.failOnRegression === true && flags.baseline === undefined) {
    throw new UsageError(["--fail-on-regression needs --baseline <file>: what the design must not be worse than"]);
  }
  if (flags.saveBaseline !== undefined) await requireNewFile(flags.saveBaseline);
  const baseline = flags.baseline === undefined ? null : await loadBaseline(flags.baseline);
  const seeded = baseline === null ? flags : withSeedsOf(baseline, flags, isGiven);
  if (baseline !== null && flags.failOnRegression === true) requireCommonSeeds(baseline, seeded);
  return {
    flags: seeded,
    conclude: async (designs, asked) => {
      const subjects = designs.map((design, index) => subjectOf(design, asked[index]!));
      const options = baselineOptionsOf(evaluationOptionsOf(seeded));
      if (flags.saveBaseline !== undefined) await writeNewBaseline(flags.saveBaseline, options, subjects);
      if (baseline === null) return { failed: false };
      const file = flags.baseline!;
      tellNotRun(file, baseline, subjects);
      const baselines = subjects.map((subject) => compareWithBaseline(file, baseline, subject, options));
      const failOnRegression = flags.failOnRegression === true;
      return { baselines, failOnRegression, failed: failOnRegression && baselines.some(({ regressed }) => regressed) };
    },
  };
}

/** A run beside a baseline is paired with it seed by seed, so that its seeds are the ones to take. */
function withSeedsOf<Given extends Flags>(
  { options }: Baseline,
  flags: Given,
  isGiven: (option: "seed" | "seeds") => boolean,
): Given {
  return {
    ...flags,
    ...(isGiven("seed") ? {} : { seed: options.seed }),
    ...(isGiven("seeds") ? {} : { seeds: options.seeds }),
  };
}

function requireCommonSeeds({ options }: Baseline, flags: Flags): void {
  const run = new Set(baselineSeeds(flags));
  const common = baselineSeeds(options).filter((seed) => run.has(seed)).length;
  if (common >= 2) return;
  const file = printable(flags.baseline ?? "");
  const mend =
    options.seeds < 2
      ? `${file} has one, ${options.seed}; save a baseline with more: --seeds 5 --save-baseline <file>`
      : flags.seeds < 2
        ? `the run has one; --seeds ${options.seeds}, or neither --seed nor --seeds, takes those of ${file}`
        : `${file} has ${seedWords(options)}, the run ${seedWords(flags)}; without --seed and --seeds it takes the file's`;
  throw new UsageError([`--fail-on-regression needs at least two common seeds: ${mend}`]);
}

/** Designs of the baseline that were not run: no fault, for a run may be about one design of many. */
function tellNotRun(
  file: string,
  { designs }: Baseline,
  subjects: readonly { readonly problem: string; readonly canvas: string }[],
): void {
  const left = designs.filter(
    (design) => !subjects.some(({ problem, canvas }) => problem === design.problem && canvas === design.canvas),
  );
  if (left.length === 0) return;
  const names = left.map(({ problem, canvas }) => `${problem} ${canvas}`).join(", ");
  process.stderr.write(printable(`note  not run of ${file}: ${names}`));
  process.stderr.write("\n");
}
