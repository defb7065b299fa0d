import { Hazard } from "../roles/ground-truth.js";
import type { Invariant } from "./invariant.js";

/** At most one order per intent. */
export const noDuplicateOrder: Invariant = {
  id: "no-duplicate-order",
  violated: (intent, { truth }) => truth.orders[intent]! > 1,
  exposed: (intent, { truth }) => (truth.hazards[intent]! & Hazard.storedTwice) !== 0,
};
