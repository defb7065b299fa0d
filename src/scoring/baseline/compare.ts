import type { z } from "zod";
import { pairedDifference } from "../comparison/paired.js";
import { betterWay } from "../metric.js";
import { meanOf } from "../replications/mean.js";
import type { Samples } from "../samples.js";
import {
  type Baseline,
  type BaselineDesign,
  type BaselineOptions,
  type BaselineSubject,
  baselineSeeds,
  entryFor,
  sameScenarios,
} from "./baseline.js";
import type { baselineComparisonSchema, baselineFigureSchema } from "./comparison.schema.js";
import { comparedDesignFigures, comparedRunFigures, invariantOf, isStructural } from "./figures.js";
import { absenceNotes, differenceNotes } from "./notes.js";
import { aboveZero, holmRejections } from "./significance.js";

export type BaselineComparison = z.infer<typeof baselineComparisonSchema>;
export type BaselineFigure = z.infer<typeof baselineFigureSchema>;

/** Most often that a design which is no worse is called worse (and one that is no better, better). */
const falseAlarmRate = 0.05;

/** Values that are nearer than this share of themselves differ by rounding: sums taken in another order. */
const roundingShare = 1e-9;

/** The verdicts, the best first. */
const verdicts: readonly BaselineDesign["verdict"][] = ["pass", "inconclusive", "fail"];

type Column = readonly (number | null)[];
type Figures = Samples["design"];

/** One figure on both sides, on the common seeds in one order. */
interface Pair {
  readonly scenario: string | null;
  readonly figure: string;
  readonly before: Column;
  readonly now: Column;
}

/**
 * A design beside what the baseline says of it. Figures are compared on the seeds and in the scenarios that both have, by
 * paired differences; a figure is worse, or better, when a one-sided test says so that holds for all figures of the
 * design together ({@link falseAlarmRate}, Holm). With fewer than two common seeds no figure can be.
 * @param file the baseline's, as it was named
 * @param options those of the run
 */
export function compareWithBaseline(
  file: string,
  baseline: Baseline,
  subject: BaselineSubject,
  options: BaselineOptions,
): BaselineComparison {
  const nothing = { seeds: [], regressed: false, newlyBroken: [], figures: [], notes: [] };
  const { verdict: now } = subject.result;
  if (now === "invalid") return { file, status: "invalid", ...nothing };
  const entry = entryFor(baseline, subject);
  if (entry === undefined) return { file, status: "missing", ...nothing, notes: [...absenceNotes(baseline, subject)] };
  const known = baselineSeeds(baseline.options);
  const seeds = subject.samples.seeds.filter((seed) => known.includes(seed));
  const pairs = pairsOf(entry, known, subject.samples, seeds);
  const figures = judgeFigures(pairs);
  const newlyBroken = newlyBrokenIn(pairs);
  const verdict = { before: entry.verdict, now };
  return {
    file,
    status: "compared",
    seeds,
    regressed: verdictWorse(verdict) || newlyBroken.length > 0 || figures.some(({ word }) => word === "worse"),
    verdict,
    newlyBroken,
    figures,
    notes: [...differenceNotes(baseline, entry, subject, options)],
  };
}

/** Fail is worse than inconclusive, and that worse than pass. */
export function verdictWorse({ before, now }: NonNullable<BaselineComparison["verdict"]>): boolean {
  return verdicts.indexOf(now) > verdicts.indexOf(before);
}

function pairsOf(
  entry: BaselineDesign,
  known: readonly number[],
  { seeds: own, design, scenarios }: Samples,
  seeds: readonly number[],
): readonly Pair[] {
  const beforeAt = seeds.map((seed) => known.indexOf(seed));
  const nowAt = seeds.map((seed) => own.indexOf(seed));
  const pair = (scenario: string | null, names: readonly string[], before: Figures, now: Figures): readonly Pair[] =>
    names
      .filter((figure) => Object.hasOwn(before, figure) && Object.hasOwn(now, figure))
      .map((figure) => {
        const column = picked(before[figure]!, beforeAt);
        return { scenario, figure, before: column, now: withoutRounding(picked(now[figure]!, nowAt), column) };
      })
      .filter((made) => [...made.before, ...made.now].some((value) => value !== null));
  const ofRuns = scenarios.flatMap(({ id, figures }) => {
    const before = entry.scenarios.find((scenario) => scenario.id === id);
    return before === undefined ? [] : pair(id, comparedRunFigures(Object.keys(figures)), before.figures, figures);
  });
  const ofDesign = comparedDesignFigures(sameScenarios(entry.scenarios, scenarios));
  return [...pair(null, ofDesign, entry.figures, design), ...ofRuns];
}

function picked(column: Column, positions: readonly number[]): Column {
  return positions.map((position) => column[position] ?? null);
}

function withoutRounding(now: Column, before: Column): Column {
  return now.map((value, index) => {
    const other = before[index] ?? null;
    if (value === null || other === null) return value;
    return nearlyEqual(value, other) ? other : value;
  });
}

function nearlyEqual(left: number, right: number): boolean {
  return Math.abs(left - right) <= roundingShare * Math.max(Math.abs(left), Math.abs(right));
}

/** The figures with their words. Those that are equal with every seed can raise no alarm, and are no part of the family. */
function judgeFigures(pairs: readonly Pair[]): BaselineFigure[] {
  const changed = pairs.filter((pair) => !equal(pair) && differencesOf(pair) !== null);
  const decided = new Map<Pair, "better" | "worse">();
  for (const word of ["worse", "better"] as const) {
    const rejected = holmRejections(
      changed.map((pair) => aboveZero(towards(word, pair), stepOf(pair))),
      falseAlarmRate,
    );
    for (const [index, pair] of changed.entries()) if (rejected[index] === true) decided.set(pair, word);
  }
  return pairs.map((pair) => figureOf(pair, decided.get(pair) ?? undecided(pair)));
}

function equal({ before, now }: Pair): boolean {
  return now.every((value, index) => value === before[index]);
}

/** Now less before, with each seed that has both; null when they cannot be tested. */
function differencesOf({ before, now }: Pair): readonly number[] | null {
  const differences: number[] = [];
  for (const [index, value] of now.entries()) {
    const other = before[index] ?? null;
    if (value === null && other === null) continue;
    if (value === null || other === null) return null;
    differences.push(value - other);
  }
  return differences.length < 2 ? null : differences;
}

/**
 * The steps in which a figure is known: quantiles come from a histogram, recovery in intervals of the timeline, errors in
 * whole numbers. It is the smallest distance between two of its values that is not rounding; 0 for a figure of the graph
 * alone, which no luck moves.
 */
function stepOf({ scenario, figure, before, now }: Pair): number {
  if (scenario === null && isStructural(figure)) return 0;
  const values = [...before, ...now].filter((value) => value !== null).sort((left, right) => left - right);
  const gaps = values
    .slice(1)
    .flatMap((value, index) => (nearlyEqual(value, values[index]!) ? [] : [value - values[index]!]));
  return gaps.length === 0 ? 0 : Math.min(...gaps);
}

/** The differences with the sign that makes a change in the direction of the word positive. */
function towards(word: "better" | "worse", pair: Pair): readonly number[] {
  const upIsBetter = betterWay(pair.figure) === "higher";
  const sign = upIsBetter === (word === "better") ? 1 : -1;
  return (differencesOf(pair) ?? []).map((difference) => sign * difference);
}

function undecided(pair: Pair): BaselineFigure["word"] {
  return equal(pair) || differencesOf(pair) !== null ? "no difference shown" : "unknown";
}

function figureOf({ scenario, figure, before, now }: Pair, word: BaselineFigure["word"]): BaselineFigure {
  const { difference, interval } = pairedDifference(now, before, betterWay(figure));
  return {
    scenario,
    figure,
    before: meanOf(before),
    now: meanOf(now),
    difference,
    ...(interval === null ? {} : { interval: [interval[0], interval[1]] }),
    word,
  };
}

function newlyBrokenIn(pairs: readonly Pair[]): BaselineComparison["newlyBroken"] {
  return pairs.flatMap(({ scenario, figure, before, now }) => {
    const id = invariantOf(figure);
    if (id === null || scenario === null || sumOf(before) > 0 || sumOf(now) === 0) return [];
    return [{ id, scenario, violations: sumOf(now) }];
  });
}

function sumOf(column: Column): number {
  return column.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
