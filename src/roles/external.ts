import type { TimeSpec } from "../canvas/canvas.js";

/** What every external role's parameters hold: calls per second, and its service time. */
export interface ExternalParameters {
  readonly ratePerS: number;
  readonly timeMs: TimeSpec;
}
