import {
  type Baseline,
  type BaselineDesign,
  type BaselineDesignOptions,
  type BaselineOptions,
  type BaselineSubject,
  baselineSeeds,
  sameGates,
  sameScenarios,
} from "./baseline.js";

/** What is not the same in the baseline and in the run, so that figures may differ for that reason; a sentence each. */
export function differenceNotes(
  baseline: Baseline,
  entry: BaselineDesign,
  { problemSha256, options: own, result, samples }: BaselineSubject,
  options: BaselineOptions,
): readonly string[] {
  const before = baseline.options;
  return [
    ...differing("problem file", problemSha256 === entry.problemSha256 ? null : "has changed since"),
    ...differing(
      "chini-bench",
      baseline.tool.version === result.tool.version
        ? null
        : `${baseline.tool.version} wrote the baseline, this is ${result.tool.version}`,
    ),
    ...differing("scale", before.scale === options.scale ? null : wasAndIs(scaleWord(before), scaleWord(options))),
    ...(before.decide === options.decide
      ? []
      : [`--decide ${wasAndIs(before.decide, options.decide)}: verdicts may differ for that reason`]),
    ...(sameGates(entry.options, own)
      ? []
      : [
          `gates beside the problem's were ${gateWords(entry.options)}, are ${gateWords(own)}: verdicts may differ for that reason`,
        ]),
    ...scenarioNotes(entry, samples.scenarios),
    ...seedNotes(before, options),
  ];
}

/** What a design that the baseline does not hold may be in it; a file that was renamed is still the same bytes. */
export function absenceNotes({ designs }: Baseline, { canvas, result }: BaselineSubject): readonly string[] {
  const elsewhere = designs.find((design) => design.canvas === canvas);
  if (elsewhere !== undefined) return [`it holds ${canvas} judged by ${elsewhere.problem}`];
  const twin = designs.find(({ canvasSha256 }) => canvasSha256 === result.canvas.sha256);
  return twin === undefined
    ? []
    : [`it holds the same canvas as ${twin.canvas}: was a file renamed, or the baseline moved?`];
}

function differing(what: string, how: string | null): readonly string[] {
  return how === null ? [] : [`${what} ${how}: figures may differ for that reason`];
}

function wasAndIs(before: string, now: string): string {
  return `was ${before}, is ${now}`;
}

function gateWords({ gates = [] }: BaselineDesignOptions = {}): string {
  return gates.length === 0 ? "none" : gates.map((gate) => `\`${gate}\``).join(" and ");
}

function scaleWord({ scale }: BaselineOptions): string {
  return scale === undefined ? "the files'" : String(scale);
}

type Runs = readonly { readonly id: string }[];

function onlyIn(own: Runs, other: Runs): readonly string[] {
  return own.filter(({ id }) => !other.some((run) => run.id === id)).map(({ id }) => id);
}

function scenarioNotes(entry: BaselineDesign, now: Runs): readonly string[] {
  if (sameScenarios(entry.scenarios, now)) return [];
  const gone = onlyIn(entry.scenarios, now);
  const added = onlyIn(now, entry.scenarios);
  const parts = [
    ...(gone.length === 0 ? [] : [`only in the baseline: ${gone.join(", ")}`]),
    ...(added.length === 0 ? [] : [`only now: ${added.join(", ")}`]),
  ];
  return [`scenarios ${parts.join("; ")}: the verdicts are of different runs, and scores and cost are not compared`];
}

function seedNotes(before: BaselineOptions, now: BaselineOptions): readonly string[] {
  if (before.seed === now.seed && before.seeds === now.seeds) return [];
  const known = new Set(baselineSeeds(before));
  const common = baselineSeeds(now).filter((seed) => known.has(seed)).length;
  const seeds = `baseline ${seedWords(before)}, run ${seedWords(now)}, ${common} in common`;
  return [`seeds differ (${seeds}): figures are compared on the common ones, verdicts are of all`];
}

/** `42`, or `42 to 46`. */
export function seedWords({ seed, seeds }: Pick<BaselineOptions, "seed" | "seeds">): string {
  return seeds === 1 ? String(seed) : `${seed} to ${seed + seeds - 1}`;
}
