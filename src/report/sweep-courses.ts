import { settingPath, settingsText, settingValue } from "../scoring/settings-text.js";
import type { Course, GateVerdict, Run } from "../scoring/sweep/sweep.js";

const verbs: Readonly<Record<GateVerdict, string>> = {
  pass: "passes",
  fail: "fails",
  inconclusive: "is undecided",
};

/**
 * Where a gate turns, a line per way that it goes: `fails at 40, passes from 60 on; turns between 40 (612 ms) and
 * 60 (480 ms)`. With several paths each line says along which, and for which values of the others; a path along which
 * nothing ever turns has no line.
 * @param figure values of the gate's metric in words, from the lowest to the highest
 */
export function describeCourses(courses: readonly Course[], figure: Figure): readonly string[] {
  const paths = [...new Set(courses.map(({ path }) => path))];
  return paths.flatMap((path) => {
    const along = courses.filter((course) => course.path === path && course.runs.length > 0);
    if (!along.some(({ runs }) => runs.length > 1)) return [];
    // Courses that turn at the same places are told together, with the figures of all.
    const alike = new Map<string, Course[]>();
    for (const course of along) {
      const key = JSON.stringify(course.runs.map(({ verdict, values }) => [verdict, values]));
      const group = alike.get(key);
      if (group === undefined) alike.set(key, [course]);
      else group.push(course);
    }
    return [...alike.values()].map((group) => {
      const words = describeRuns(merged(group), figure);
      if (paths.length === 1) return words;
      const held = group.map((course) => settingsText(course.held)).join(" or ");
      const others = alike.size === 1 ? `whatever the other${paths.length > 2 ? "s" : ""}` : `with ${held}`;
      return `along ${settingPath(path)}, ${others}: ${words}`;
    });
  });
}

/** A run of several courses that turn at the same places. */
type MergedRun = Omit<Run, "actuals"> & {
  /** Per value what each of the courses showed. */
  readonly actuals: readonly (readonly (number | null)[])[];
};

type Figure = (actuals: readonly (number | null)[]) => string;

function merged(courses: readonly Course[]): readonly MergedRun[] {
  return courses[0]!.runs.map(({ verdict, values }, run) => ({
    verdict,
    values,
    actuals: values.map((_, index) => courses.map(({ runs }) => runs[run]!.actuals[index]!)),
  }));
}

function describeRuns(runs: readonly MergedRun[], figure: Figure): string {
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return `${verbs[only.verdict]} at every value`;
  const ordered = runs.every(({ values }) => values.every((value) => typeof value === "number"));
  if (!ordered) return wordsByVerdict(runs, figure);
  const spans = runs.map((run, index) => `${verbs[run.verdict]} ${spanOf(run, index, runs.length)}`);
  const turns = runs.slice(1).map((run, index) => {
    const before = runs[index]!;
    return `between ${at(before, -1, figure)} and ${at(run, 0, figure)}`;
  });
  const last = turns.pop() ?? "";
  return `${spans.join(", ")}; turns ${turns.length === 0 ? last : `${turns.join(", ")}, and ${last}`}`;
}

function spanOf({ values }: MergedRun, index: number, count: number): string {
  const first = settingValue(values[0]);
  const last = settingValue(values.at(-1));
  if (index === count - 1) return values.length === 1 ? `at ${first}` : `from ${first} on`;
  if (values.length === 1) return `at ${first}`;
  return index === 0 ? `up to ${last}` : `from ${first} to ${last}`;
}

/** The value at an end of a run with what was measured there: `40 (612 ms)`. */
function at({ values, actuals }: MergedRun, index: number, figure: Figure): string {
  return `${settingValue(values.at(index))} (${figure(actuals.at(index) ?? [])})`;
}

/** Values that are no numbers have no between: `fails at none (35 violations), passes at item (0 violations)`. */
function wordsByVerdict(runs: readonly MergedRun[], figure: Figure): string {
  const verdicts = [...new Set(runs.map(({ verdict }) => verdict))];
  return verdicts
    .map((verdict) => {
      const own = runs.filter((run) => run.verdict === verdict);
      const values = own.flatMap((run) => run.values.map((_, index) => at(run, index, figure)));
      return `${verbs[verdict]} at ${values.join(", ")}`;
    })
    .join("; ");
}
