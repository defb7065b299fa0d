import type { Canvas } from "../canvas/canvas.js";
import type { Problem } from "../problem/problem.js";

const componentPenalty = 25;
const behaviorPenalty = 25;

/** A required behaviour and how many components of the canvas show it. */
export interface BehaviorCount {
  readonly behavior: string;
  readonly components: number;
}

/** How many components show each behaviour the problem requires, as their mode or as their type (`storage`). */
export function countRequiredBehaviors(canvas: Canvas, problem: Problem): readonly BehaviorCount[] {
  const required = problem.constraints?.requiredBehaviors ?? [];
  return required.map((behavior) => ({
    behavior,
    components: canvas.components.filter(
      (component) => component.behavior?.mode === behavior || component.type === behavior,
    ).length,
  }));
}

/** Components above the problem's limit; 0 within it or without one. Only what the canvas shows counts. */
function componentsOverLimit(canvas: Canvas, problem: Problem): number {
  const limit = problem.constraints?.maxComponents ?? Number.POSITIVE_INFINITY;
  return Math.max(0, canvas.components.length - limit);
}

/** 100 − 25 per component over the limit − 25 per required behaviour that is missing; 0 at least. */
export function constraintsScore(canvas: Canvas, problem: Problem): number {
  const missing = countRequiredBehaviors(canvas, problem).filter((count) => count.components === 0).length;
  return Math.max(0, 100 - componentPenalty * componentsOverLimit(canvas, problem) - behaviorPenalty * missing);
}
