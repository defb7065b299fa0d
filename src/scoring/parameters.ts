import type { ModelComponent } from "../compile/model.js";

/** A mode's numeric parameter; null when the mode has none of that name. */
export function numberParameter(component: ModelComponent, name: string): number | null {
  const value = component.parameters[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Longest time a retry may spend on one item, milliseconds, and its parts. */
export interface RetryBudget {
  readonly attempts: number;
  readonly timeoutMs: number;
  readonly backoffMs: number;
  readonly totalMs: number;
}

/** Decorrelated jitter draws up to three times the wait before; every other jitter stays within the exponential curve. */
const decorrelatedGrowth = 3;

/**
 * attempts × timeout + the longest backoffs in between: Σ min(maxBackoffMs, backoffMs · factorᵏ), k = 0 … attempts − 2.
 * Null when the component's parameters are not those of a retry.
 */
export function retryBudget(component: ModelComponent): RetryBudget | null {
  const attempts = numberParameter(component, "maxAttempts");
  const timeoutMs = numberParameter(component, "timeoutMs");
  if (component.mode !== "retry" || attempts === null || timeoutMs === null) return null;
  const decorrelated = component.parameters.jitter === "decorrelated";
  const growth = decorrelated ? decorrelatedGrowth : (numberParameter(component, "backoffFactor") ?? 1);
  const longestMs = numberParameter(component, "maxBackoffMs") ?? Number.POSITIVE_INFINITY;
  let waitMs = numberParameter(component, "backoffMs") ?? 0;
  let backoffMs = 0;
  for (let wait = 1; wait < attempts; wait++) {
    backoffMs += Math.min(longestMs, waitMs);
    waitMs *= growth;
  }
  return { attempts, timeoutMs, backoffMs, totalMs: attempts * timeoutMs + backoffMs };
}
