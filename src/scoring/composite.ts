import type { Weights } from "../problem/problem.js";

/** The five sub-scores, each 0 to 100. */
export interface SubScores {
  readonly stability: number;
  readonly delivery: number;
  readonly cost: number;
  readonly constraints: number;
  readonly design: number;
}

/** The public benchmark's weights for its checkout problem; they serve every problem that states none. */
const defaultWeights: Weights = { stability: 0.45, delivery: 0.25, design: 0.1, constraints: 0.1, cost: 0.1 };

/**
 * The weighted mean of the sub-scores, 0 to 100.
 * @throws RangeError when no weight is above 0
 */
export function weightedScore(scores: SubScores, weights: Weights = defaultWeights): number {
  const { stability, delivery, design, constraints, cost } = weights;
  const sum = stability + delivery + design + constraints + cost;
  if (!(sum > 0)) throw new RangeError(`weights must add up to more than 0; they add up to ${sum}`);
  const weighted =
    stability * scores.stability +
    delivery * scores.delivery +
    design * scores.design +
    constraints * scores.constraints +
    cost * scores.cost;
  return weighted / sum;
}

/** {@link weightedScore}, rounded to an integer. */
export function compositeScore(scores: SubScores, weights?: Weights): number {
  return Math.round(weightedScore(scores, weights));
}
