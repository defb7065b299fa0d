import { printable } from "../document/printable.js";
import type { DesignGroup, JudgedDesign } from "../evaluation/design.js";
import { UsageError } from "../evaluation/usage-error.js";
import {
  type Baseline,
  type BaselineDesign,
  type BaselineSubject,
  baselineSeeds,
  entryFor,
} from "../scoring/baseline/baseline.js";
import { type BaselineComparison, compareWithBaseline } from "../scoring/baseline/compare.js";
import { seedWords } from "../scoring/baseline/notes.js";
import { readBaseline, requireNewFile, writeNewBaseline } from "./baseline-file.js";
import type { BaselineFlags } from "./baseline-flags.js";
import { baselineOptionsOf, namesIn, subjectsOf } from "./baseline-subject.js";
import { type EvaluationFlags, evaluationOptionsOf } from "./evaluation-options.js";

type Flags = EvaluationFlags & BaselineFlags & { readonly watch?: true };

/** Where an option's value comes from, as commander calls it: `cli`, `env`, `config`, `default`. */
export type SourceOf = (option: keyof Flags) => string | undefined;

/** What a run has to do with baselines, once the flags are known to be sound. */
export interface BaselineGate<Given extends Flags> {
  /** The flags, with the baseline's seeds where none were given. */
  readonly flags: Given;
  /**
   * @param named the canvases stand on the command line, and may be others than the configuration's
   * @throws UsageError when a regression is to fail the run and no design of it could show one
   */
  require(groups: readonly DesignGroup[], named: boolean): void;
  /**
   * Compares and saves, as the flags say; what has no place in a report goes to standard error.
   * @param judged each group's designs, in the same order
   */
  conclude(groups: readonly DesignGroup[], judged: readonly (readonly JudgedDesign[])[]): Promise<BaselineOutcome>;
}

interface BaselineOutcome {
  /** One per design; undefined without a baseline. */
  readonly baselines?: readonly BaselineComparison[];
  /** Whether a design that is worse fails the run; undefined without a baseline. */
  readonly failOnRegression?: boolean;
  /** A design is worse, and that is to fail the run. */
  readonly failed: boolean;
}

/** A baseline to compare with, and its file as it was named. */
interface Opened {
  readonly file: string;
  readonly baseline: Baseline;
  /** Whether a design that is worse fails the run. */
  readonly fails: boolean;
}

/**
 * Checks the flags before anything is simulated, and loads the baseline.
 * @throws UsageError when the flags do not fit each other or the files
 * @throws InputError with every fault of the baseline
 */
export async function openBaselineGate<Given extends Flags>(
  given: Given,
  sourceOf: SourceOf,
): Promise<BaselineGate<Given>> {
  const save = given.saveBaseline;
  const file = comparedFile(given, sourceOf);
  if (given.failOnRegression === true && file === null && sourceOf("failOnRegression") === "cli") {
    throw new UsageError(["--fail-on-regression needs --baseline <file>: what the design must not be worse than"]);
  }
  if (save !== undefined) await requireSaving(save, given);
  const opened =
    file === null ? null : { file, baseline: await readBaseline(file), fails: given.failOnRegression === true };
  const flags = opened === null ? given : withSeedsOf(opened.baseline, given, sourceOf);
  if (opened?.fails === true) requireCommonSeeds(opened, flags);
  return {
    flags,
    require: (groups, named) => {
      const asked = !named || sourceOf("failOnRegression") === "cli";
      if (opened?.fails === true && asked) requireCommonDesigns(opened, groups);
    },
    conclude: async (groups, judged) => {
      const options = baselineOptionsOf(evaluationOptionsOf(flags));
      if (save !== undefined) await writeNewBaseline(save, options, subjectsOf(save, groups, judged));
      if (opened === null) return { failed: false };
      const subjects = subjectsOf(opened.file, groups, judged);
      tellNotRun(opened, subjects);
      const baselines = subjects.map((subject) => compareWithBaseline(opened.file, opened.baseline, subject, options));
      const failOnRegression = opened.fails;
      return { baselines, failOnRegression, failed: failOnRegression && baselines.some(({ regressed }) => regressed) };
    },
  };
}

/** The file to compare with. A configuration may name the one that is just to be written, and so is not there yet. */
function comparedFile({ baseline, saveBaseline }: Flags, sourceOf: SourceOf): string | null {
  if (baseline === undefined || baseline === false) return null;
  return saveBaseline !== undefined && sourceOf("baseline") === "config" ? null : baseline;
}

async function requireSaving(file: string, { set = [], watch }: Flags): Promise<void> {
  if (set.length > 0) {
    throw new UsageError([
      "--save-baseline keeps designs as their files have them, so not with --set; change the canvas, or save without --set",
    ]);
  }
  if (watch === true) {
    throw new UsageError(["--save-baseline writes a file once, --watch runs again and again; save without --watch"]);
  }
  await requireNewFile(file);
}

/** A run beside a baseline is paired with it seed by seed, so that its seeds are the ones to take. */
function withSeedsOf<Given extends Flags>({ options }: Baseline, flags: Given, sourceOf: SourceOf): Given {
  const isFree = (option: "seed" | "seeds") => [undefined, "default"].includes(sourceOf(option));
  return {
    ...flags,
    ...(isFree("seed") ? { seed: options.seed } : {}),
    ...(isFree("seeds") ? { seeds: options.seeds } : {}),
  };
}

function requireCommonSeeds({ file, baseline: { options } }: Opened, flags: Flags): void {
  const run = new Set(baselineSeeds(flags));
  const common = baselineSeeds(options).filter((seed) => run.has(seed)).length;
  if (common >= 2) return;
  const name = printable(file);
  const own = "where no option, environment or configuration says any, the run takes the file's";
  const mend =
    options.seeds < 2
      ? `${name} has one, ${options.seed}; save a baseline with more: --seeds 5 --save-baseline <file>`
      : flags.seeds < 2
        ? `the run has one, ${name} ${options.seeds}; ${own}`
        : `${name} has ${seedWords(options)}, the run ${seedWords(flags)}; ${own}`;
  throw new UsageError([
    `--fail-on-regression needs at least two common seeds: ${mend}`,
    "--no-fail-on-regression reports what is worse and does not fail for it",
  ]);
}

/** A run of which the baseline holds nothing would pass whatever its designs do. */
function requireCommonDesigns({ file, baseline }: Opened, groups: readonly DesignGroup[]): void {
  const run = groups.flatMap(({ designs }) => designs.map((design) => namesIn(file, design)));
  const isHeld = ({ problem, canvas }: (typeof run)[number]) =>
    baseline.designs.some((entry) => entry.problem === problem && entry.canvas === canvas);
  if (run.some(isHeld)) return;
  throw new UsageError([
    printable(`--fail-on-regression: ${file} holds none of the designs: ${listed(run)}`),
    printable(`it holds, by their paths from its folder: ${listed(baseline.designs)}`),
  ]);
}

/** Designs that a message names; how many more there are is said. */
const designsNamed = 5;

function listed(designs: readonly Pick<BaselineDesign, "problem" | "canvas">[]): string {
  const names = [...new Set(designs.map(({ problem, canvas }) => `${canvas} (${problem})`))];
  const more = names.length - designsNamed;
  return [...names.slice(0, designsNamed), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

/** Designs of the baseline that were not run: no fault, for a run may be about one design of many. */
function tellNotRun({ file, baseline }: Opened, subjects: readonly BaselineSubject[]): void {
  const run = new Set(subjects.map((subject) => entryFor(baseline, subject)));
  const invalid = subjects.filter(({ result }) => result.verdict === "invalid");
  const left = baseline.designs.filter(
    (entry) =>
      !run.has(entry) && !invalid.some(({ problem, canvas }) => problem === entry.problem && canvas === entry.canvas),
  );
  if (left.length > 0) process.stderr.write(`${printable(`note  not run of ${file}: ${listed(left)}`)}\n`);
}
