import { Hazard } from "../roles/ground-truth.js";
import type { Invariant } from "./invariant.js";

/** No intent ever has two live charges. */
export const noDoubleCharge: Invariant = {
  id: "no-double-charge",
  violated: (intent, { truth }) => (truth.hazards[intent]! & Hazard.chargedTwice) !== 0,
  exposed: (intent, { intents, truth }) =>
    intents.requests[intent]! > 1 ||
    (truth.hazards[intent]! & (Hazard.unlearnedAnswer | Hazard.redeliveryAfterEffect)) !== 0,
};
