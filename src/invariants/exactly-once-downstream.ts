import { Hazard } from "../roles/ground-truth.js";
import { IntentFlag } from "../sim/intents.js";
import type { Invariant } from "./invariant.js";

/** Each consumer applies each confirmed intent once, and no other. */
export const exactlyOnceDownstream: Invariant = {
  id: "exactly-once-downstream",
  violated: (intent, { intents, truth }) => {
    const expected = intents.is(intent, IntentFlag.confirmed) ? 1 : 0;
    for (let consumer = 0; consumer < truth.consumers; consumer++) {
      if (truth.applied(intent, consumer) !== expected) return true;
    }
    return false;
  },
  exposed: (intent, { truth }) => (truth.hazards[intent]! & (Hazard.eventRepeated | Hazard.eventSkipped)) !== 0,
};
