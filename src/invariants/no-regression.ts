import { Hazard } from "../roles/ground-truth.js";
import type { Invariant } from "./invariant.js";

/** The record of a charge never leaves an end that it has come to, except that a repair may find a failed one paid. */
export const noRegression: Invariant = {
  id: "no-regression",
  violated: (intent, { truth }) => truth.regressed[intent] === 1,
  exposed: (intent, { truth }) => (truth.hazards[intent]! & Hazard.lateWrite) !== 0,
};
