import { IntentFlag } from "../sim/intents.js";
import type { Invariant } from "./invariant.js";

/**
 * What a failed durable sequence had done is undone when its intent is final: no finished step is left as it was, and no
 * charge is live, one that landed after its void included.
 */
export const compensationComplete: Invariant = {
  id: "compensation-complete",
  violated: (intent, { intents, truth }) =>
    truth.sequences.hasTurnedBack(intent) &&
    !truth.sequences.isOpen(intent) &&
    !intents.is(intent, IntentFlag.confirmed) &&
    (truth.sequences.hasStepLeft(intent) || truth.liveCharges[intent]! > 0),
  exposed: (intent, { truth }) => truth.sequences.hasTurnedBack(intent),
};
