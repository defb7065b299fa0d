import {
  type Baseline,
  type BaselineDesign,
  type BaselineOptions,
  type BaselineSubject,
  baselineSeeds,
} from "./baseline.js";

/** What is not the same in the baseline and in the run, so that figures may differ for that reason; a sentence each. */
export function differenceNotes(
  baseline: Baseline,
  entry: BaselineDesign,
  { problemSha256, result, samples }: BaselineSubject,
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
    ...differing("--decide", before.decide === options.decide ? null : wasAndIs(before.decide, options.decide)),
    ...scenarioNotes(
      entry,
      samples.scenarios.map(({ id }) => id),
    ),
    ...seedNotes(before, options),
  ];
}

function differing(what: string, how: string | null): readonly string[] {
  return how === null ? [] : [`${what} ${how}: figures may differ for that reason`];
}

function wasAndIs(before: string, now: string): string {
  return `was ${before}, is ${now}`;
}

function scaleWord({ scale }: BaselineOptions): string {
  return scale === undefined ? "the files'" : String(scale);
}

function scenarioNotes(entry: BaselineDesign, now: readonly string[]): readonly string[] {
  const before = entry.scenarios.map(({ id }) => id);
  const gone = before.filter((id) => !now.includes(id));
  const added = now.filter((id) => !before.includes(id));
  const parts = [
    ...(gone.length === 0 ? [] : [`only in the baseline: ${gone.join(", ")}`]),
    ...(added.length === 0 ? [] : [`only now: ${added.join(", ")}`]),
  ];
  if (parts.length === 0) return [];
  return [`scenarios ${parts.join("; ")}: verdict, scores and cost may differ for that reason`];
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
