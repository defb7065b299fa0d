import { runnableCriterion } from "../scoring/criteria.js";
import { formatMetric, metricUnit } from "../scoring/metric.js";
import { parseExpected } from "../scoring/metric-expression.js";
import type { CriterionResult } from "../scoring/result.js";

/** A criterion as it may stand in a list: `dropRate ≤ 3 %`. */
export function gateText(criterion: CriterionResult): string {
  return criterion.id === runnableCriterion ? "can be run" : `${criterion.metric} ${limitText(criterion)}`;
}

/** What came of it: `dropRate 32.4 %, expected ≤ 3 %`, with the ends of the interval where there are several seeds. */
export function outcomeText(criterion: CriterionResult): string {
  if (criterion.id === runnableCriterion) return actualText(criterion);
  return `${criterion.metric} ${actualText(criterion)}, expected ${limitText(criterion)}`;
}

/** What was found: `32.4 %`, with the ends of the interval where there are several seeds. */
export function actualText({ id, metric, actual, interval }: CriterionResult): string {
  if (id === runnableCriterion) return "cannot be run";
  return `${formatMetric(metric, actual)}${ends(metric, interval)}`;
}

/** What to do about a criterion that is undecided. */
export const howToDecide = "the limit lies inside the interval: more --seeds narrow it, --decide mean goes by the mean";

/** ` (95 %: 480 ms to 520 ms)`; nothing for a figure of one seed, or one that was the same in all. */
function ends(metric: string, interval: CriterionResult["interval"]): string {
  if (interval === undefined || interval[0] === interval[1]) return "";
  const [low, high] = interval.map((end) => formatMetric(metric, end));
  return ` (95 %: ${low} to ${high})`;
}

/** `<= 500` of a metric in milliseconds becomes `≤ 500 ms`. */
export function limitText({ metric, expected }: Pick<CriterionResult, "metric" | "expected">): string {
  const parsed = parseExpected(expected);
  if (parsed === null) return expected;
  const { comparison, limit } = parsed;
  const sign = comparison === "<=" ? "≤" : comparison === ">=" ? "≥" : comparison === "==" ? "exactly" : comparison;
  return `${sign} ${metricUnit(metric) === "count" ? limit : formatMetric(metric, limit)}`;
}
