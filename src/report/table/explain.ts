import { isCostMetric } from "../../scoring/cost-metric.js";
import { runnableCriterion } from "../../scoring/criteria.js";
import type { CriterionResult, Result } from "../../scoring/result.js";
import type { Style } from "./style.js";

/**
 * The command that explains what decided against the design: the first missed criterion and the first broken
 * invariant; where nothing failed, what is undecided. No line for a design that passed.
 */
export function explainLines(result: Result, style: Style): readonly string[] {
  const ids = idsToExplain(result);
  return ids.length === 0 ? [] : ["", `Explain  ${style.chalk.cyan(`chini-bench explain ${ids.join(" ")}`)}`];
}

function idsToExplain({ verdict, criteria, invariants }: Result): readonly string[] {
  if (verdict === "pass") return [];
  const criterion = criteria.find((candidate) => candidate.verdict === verdict);
  const invariant = invariants.find((candidate) => candidate.verdict === verdict);
  const ids = [
    ...(criterion === undefined ? [] : [nameOf(criterion)]),
    ...(invariant === undefined ? [] : [invariant.id]),
  ];
  // Nothing but runs that were cut off.
  return ids.length > 0 ? ids : [verdict];
}

/** A run's criterion goes by its metric, as the report shows it; the canvas's by its id. Neither needs quotes in a shell. */
function nameOf({ id, metric, scenario }: CriterionResult): string {
  if (id === runnableCriterion) return id;
  return scenario !== null || isCostMetric(metric) ? metric : id;
}
