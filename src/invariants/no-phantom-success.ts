import { Hazard } from "../roles/ground-truth.js";
import { IntentFlag } from "../sim/intents.js";
import type { Invariant } from "./invariant.js";

/** Nothing is confirmed without a live charge. */
export const noPhantomSuccess: Invariant = {
  id: "no-phantom-success",
  violated: (intent, { intents, truth }) =>
    intents.is(intent, IntentFlag.confirmed) && truth.liveCharges[intent]! === 0,
  exposed: (intent, { truth }) => (truth.hazards[intent]! & Hazard.endedWithoutCharge) !== 0,
};
