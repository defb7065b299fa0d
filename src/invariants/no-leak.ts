import { IntentFlag } from "../sim/intents.js";
import type { Invariant } from "./invariant.js";

/**
 * What is final holds nothing back from others: no reservation is left open, and no lock held. A lock that a confirmed
 * intent keeps is none as long as nobody else asks for it.
 */
export const noLeak: Invariant = {
  id: "no-leak",
  violated: (intent, { intents, truth: { holdings } }) => {
    if (holdings === null) return false;
    const locks = intents.is(intent, IntentFlag.confirmed) ? holdings.wantedLocks : holdings.locks;
    return holdings.reservations[intent]! > 0 || locks[intent]! > 0;
  },
  exposed: (intent, { truth: { holdings } }) => holdings !== null && holdings.interrupted[intent] === 1,
};
