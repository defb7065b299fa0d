import { Hazard } from "../roles/ground-truth.js";
import type { Invariant } from "./invariant.js";

/** No intent has two live charges. */
export const noDoubleCharge: Invariant = {
  id: "no-double-charge",
  violated: (intent, { truth }) => truth.liveCharges[intent]! > 1,
  exposed: (intent, { intents, truth }) =>
    intents.requests[intent]! > 1 ||
    (truth.hazards[intent]! & (Hazard.unlearnedAnswer | Hazard.redeliveryAfterEffect)) !== 0,
};
