import { formatUsd } from "../scoring/quantity.js";
import type { CostResult } from "../scoring/result.js";

/** The dearest components that are named. */
const dearestShown = 4;

/** `$348 a month, budget $800, $300 declared; dearest: psp $120, …`. */
export function costText({
  budgetMonthlyUsd,
  declaredMonthlyUsd,
  effectiveMonthlyUsd,
  components,
}: CostResult): string {
  const budget = budgetMonthlyUsd === null ? "no budget" : `budget ${formatUsd(budgetMonthlyUsd)}`;
  const dearest = [...components]
    .sort((left, right) => right.effective - left.effective)
    .slice(0, dearestShown)
    .filter(({ effective }) => effective > 0)
    .map(({ id, effective }) => `${id} ${formatUsd(effective)}`);
  const most = dearest.length === 0 ? "" : `; dearest: ${dearest.join(", ")}`;
  return `${formatUsd(effectiveMonthlyUsd)} a month, ${budget}, ${formatUsd(declaredMonthlyUsd)} declared${most}`;
}
