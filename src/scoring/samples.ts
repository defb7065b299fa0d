import type { Problem } from "../problem/problem.js";
import { weightedScore } from "./composite.js";
import { metricNames, readMetric } from "./metric.js";
import type { Result } from "./result.js";

/** By name, a value per seed; null where a seed had none, such as a latency of nothing. */
type Figures = Readonly<Record<string, readonly (number | null)[]>>;

/** What a design showed with each seed: the same seed meets another design with the same arrivals and the same luck. */
export interface Samples {
  readonly seeds: readonly number[];
  /** `composite` (not rounded), the five sub-scores, and `effectiveMonthlyUsd`. */
  readonly design: Figures;
  /** Per run `stability`, every metric that a gate may name, and `violations.<invariant>`. */
  readonly scenarios: readonly { readonly id: string; readonly figures: Figures }[];
}

/** Of a design that could not be run. */
export const noSamples: Samples = { seeds: [], design: {}, scenarios: [] };

/**
 * The figures of several results that differ in the seed only.
 * @param results one per seed, of one canvas and one problem
 */
export function samplesOf(problem: Problem, results: readonly Result[]): Samples {
  const [first] = results;
  if (first === undefined) return noSamples;
  return {
    seeds: results.flatMap(({ seeds }) => seeds),
    design: columnsOf(results.map((result) => designFigures(problem, result))),
    scenarios: first.scenarios.map(({ id }, index) => ({
      id,
      figures: columnsOf(results.map((result) => runFigures(result, index))),
    })),
  };
}

type Row = readonly (readonly [name: string, value: number | null])[];

function designFigures(problem: Problem, { score: { composite, intervals, ...subScores }, cost }: Result): Row {
  return Object.entries({
    composite: weightedScore(subScores, problem.weights),
    ...subScores,
    effectiveMonthlyUsd: cost.effectiveMonthlyUsd,
  });
}

function runFigures({ scenarios, invariants }: Result, index: number): Row {
  const scenario = scenarios[index];
  if (scenario === undefined) throw new RangeError("results of several seeds must be of one problem");
  return [
    ["stability", scenario.stability],
    ...metricNames.map((name) => [name, readMetric(scenario.metrics, name)] as const),
    ...invariants
      .filter((row) => row.scenario === scenario.id)
      .map(({ id, violations }) => [`violations.${id}`, violations] as const),
  ];
}

function columnsOf(rows: readonly Row[]): Figures {
  const columns: Record<string, (number | null)[]> = {};
  for (const row of rows) {
    for (const [name, value] of row) {
      const column = columns[name];
      if (column === undefined) columns[name] = [value];
      else column.push(value);
    }
  }
  return columns;
}
