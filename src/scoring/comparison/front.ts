/** A design by what it scores and what that costs. */
export interface ScoreAndCost {
  /** More is better. */
  readonly composite: number;
  /** Less is better. */
  readonly monthlyUsd: number;
}

/** At least as good in both, and better in one. */
export function dominates(one: ScoreAndCost, other: ScoreAndCost): boolean {
  if (one.composite < other.composite || one.monthlyUsd > other.monthlyUsd) return false;
  return one.composite > other.composite || one.monthlyUsd < other.monthlyUsd;
}

/** The Pareto front: those that no other dominates. Equal designs are on it together, or none of them is. */
export function paretoFront<Design extends ScoreAndCost>(designs: readonly Design[]): readonly Design[] {
  return designs.filter((design) => !designs.some((other) => dominates(other, design)));
}
