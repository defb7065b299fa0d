import { Hazard } from "../roles/ground-truth.js";
import { IntentFlag } from "../sim/intents.js";
import type { Invariant } from "./invariant.js";

/** Every live charge belongs to an intent that the system knows to be paid. */
export const noLostCharge: Invariant = {
  id: "no-lost-charge",
  violated: (intent, { intents, truth }) => truth.liveCharges[intent]! > 0 && !intents.is(intent, IntentFlag.confirmed),
  exposed: (intent, { truth }) => (truth.hazards[intent]! & Hazard.chargedWithoutReply) !== 0,
};
