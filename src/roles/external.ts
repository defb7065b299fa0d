import type { TimeSpec } from "../canvas/canvas.js";

/** What every external role's parameters hold: calls per second, and its service time. */
export interface ExternalParameters {
  readonly ratePerS: number;
  readonly timeMs: TimeSpec;
  /** What differs at every further component in the role; all are alike when left out. */
  readonly second?: Partial<ExternalParameters> | undefined;
}

/** A role's parameters at one of its components, by its place among them, from 0. */
export function parametersAt<T extends object>(parameters: T & { readonly second?: unknown }, place: number): T {
  const { second } = parameters;
  return place === 0 || typeof second !== "object" ? parameters : { ...parameters, ...second };
}
