import { parseExpected, satisfies, satisfiesWithin } from "../metric-expression.js";
import type { CriterionResult } from "../result.js";
import { endsOf, meanOf } from "./mean.js";

/** What decides a criterion over several seeds: the 95 % interval of the mean, or the mean alone. */
export type Decision = "interval" | "mean";

/** A criterion as one seed's run met it. */
interface Replication {
  readonly seed: number;
  readonly criterion: CriterionResult;
}

/**
 * One criterion over several seeds. It passes when the whole interval of its mean keeps the limit, fails when none of it
 * does, and is inconclusive in between. Where a seed had no value (a latency of nothing) there is no mean, and it fails.
 */
export function decideCriterion(replications: readonly Replication[], decision: Decision): CriterionResult {
  const [first] = replications;
  if (first === undefined) throw new RangeError("a criterion needs at least one replication");
  const { cause: _, ...common } = first.criterion;
  const cause = causeOf(replications);
  const values = replications.map(({ criterion }) => criterion.actual).filter((value) => value !== null);
  const expected = parseExpected(first.criterion.expected);
  const interval = values.length < replications.length ? null : endsOf(values);
  if (interval === null || expected === null) {
    return { ...common, actual: null, pass: false, verdict: "fail", ...cause };
  }
  const { comparison, limit } = expected;
  const [low, high] = interval;
  const actual = meanOf(values);
  const byMean = satisfies(actual, comparison, limit) ? "pass" : "fail";
  const verdict = decision === "mean" ? byMean : satisfiesWithin(low, high, comparison, limit);
  return { ...common, actual, interval, pass: verdict === "pass", verdict, ...(verdict === "pass" ? {} : cause) };
}

/** The cause that the first failing seed showed, for its figures are one run's; none where no seed failed. */
function causeOf(replications: readonly Replication[]): Pick<CriterionResult, "cause"> {
  const failing = replications.find(({ criterion }) => criterion.cause !== undefined);
  const cause = failing?.criterion.cause;
  if (failing === undefined || cause === undefined) return {};
  return { cause: { ...cause, message: `${cause.message} (seed ${failing.seed})` } };
}
