import type { Problem } from "../../problem/problem.js";
import { compositeScore, weightedScore } from "../composite.js";
import { assertFinite } from "../finite.js";
import type { CriterionResult, Result, ScenarioResult } from "../result.js";
import { overallVerdict } from "../verdict.js";
import { type Decision, decideCriterion } from "./criterion.js";
import { poolInvariants } from "./invariants.js";
import { intervalsOf, meanOf } from "./mean.js";

/**
 * One result of several that differ in the seed only: means with their 95 % intervals, criteria judged on them,
 * violations and exposure added up. The timelines and histograms are the first seed's.
 * @param results one per seed, of one canvas and one problem; a single one is returned as it is
 * @param decision what decides a criterion: its interval, or the mean alone
 * @throws ProgramFault when a number of the result is not finite
 */
export function combineSeeds(problem: Problem, results: readonly Result[], decision: Decision): Result {
  const [first] = results;
  if (first === undefined || results.length === 1) return first ?? missing();
  const invariants = poolInvariants(results);
  const criteria = first.criteria.map((_, index) =>
    decideCriterion(
      results.map((result) => ({ seed: seedOf(result), criterion: result.criteria[index] ?? missing() })),
      decision,
    ),
  );
  const scenarios = first.scenarios.map((_, index) =>
    combineScenario(
      results.map((result) => result.scenarios[index] ?? missing()),
      criteria,
      invariants,
    ),
  );
  const scores = results.map(({ score: { composite, intervals, ...subScores } }) => subScores);
  const meanScores = meanOf(scores);
  const composites = scores.map((score) => ({ composite: weightedScore(score, problem.weights) }));
  const combined: Result = {
    ...first,
    seeds: results.flatMap(({ seeds }) => seeds),
    verdict: overallVerdict(scenarios, criteria, invariants),
    score: {
      composite: compositeScore(meanScores, problem.weights),
      ...meanScores,
      intervals: { ...intervalsOf(composites), ...intervalsOf(scores) },
    },
    criteria,
    invariants,
    scenarios,
    cost: meanOf(results.map(({ cost }) => cost)),
  };
  assertFinite(combined, "result");
  return combined;
}

/** The result with another one's courses and histograms: those of a thousand seeds would fill the memory, and one is shown. */
export function withCoursesOf(first: Result, result: Result): Result {
  const scenarios = result.scenarios.map((scenario, index) => {
    const { timeline, histograms } = first.scenarios[index] ?? missing();
    return { ...scenario, timeline, histograms };
  });
  return { ...result, scenarios };
}

function combineScenario(
  runs: readonly ScenarioResult[],
  criteria: readonly CriterionResult[],
  invariants: Result["invariants"],
): ScenarioResult {
  const [first = missing()] = runs;
  const { stability, metrics, endMs } = meanOf(
    runs.map(({ stability, metrics, endMs }) => ({ stability, metrics, endMs })),
  );
  const truncated = runs.some((run) => run.truncated);
  const broken = invariants.some(({ scenario, verdict }) => scenario === first.id && verdict === "fail");
  const own = criteria.filter(({ scenario }) => scenario === first.id);
  return {
    ...first,
    pass: !broken && !truncated && own.every(({ pass }) => pass),
    stability,
    endMs,
    events: runs.reduce((sum, run) => sum + run.events, 0),
    truncated,
    metrics,
    intervals: intervalsOf(runs.map((run) => ({ stability: run.stability, ...run.metrics }))),
    components: first.components.map((_, index) => {
      const replications = runs.map((run) => run.components[index] ?? missing());
      return { ...meanOf(replications), intervals: intervalsOf(replications) };
    }),
  };
}

function seedOf(result: Result): number {
  return result.seeds[0] ?? missing();
}

function missing(): never {
  throw new RangeError(
    "results of several seeds must be of one canvas and one problem, and there must be one at least",
  );
}
