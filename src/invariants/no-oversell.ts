import { IntentFlag } from "../sim/intents.js";
import type { Invariant } from "./invariant.js";

/**
 * No unit is taken that is not there, and what leaves the stock for good is what confirmed intents want: neither a
 * reservation nor a commit takes the counter below 0 or more units than there ever were.
 */
export const noOversell: Invariant = {
  id: "no-oversell",
  violated: (intent, { intents, truth: { stock } }) => {
    if (stock === null) return false;
    if (stock.wasOversold(intent)) return true;
    return intents.is(intent, IntentFlag.confirmed) ? !stock.gotItsCart(intent) : stock.committedUnits(intent) > 0;
  },
  exposed: (intent, { truth: { stock } }) => stock?.wasContended(intent) === true,
};
