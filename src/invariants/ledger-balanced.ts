import { Hazard } from "../roles/ground-truth.js";
import { IntentFlag } from "../sim/intents.js";
import type { Invariant } from "./invariant.js";

/**
 * In every ledger the entries of a final intent sum to zero in each currency: those of a confirmed one are there just
 * once, and for any other there are none.
 */
export const ledgerBalanced: Invariant = {
  id: "ledger-balanced",
  violated: (intent, { intents, truth, atEnd }) => {
    const confirmed = intents.is(intent, IntentFlag.confirmed);
    // It may still become anything: whether it is stuck is another matter.
    if (atEnd && !intents.isFinal(intent)) return false;
    for (const books of truth.ledgers) {
      if (!books.isBalanced(intent)) return true;
      if (confirmed ? !books.isPostedOnce(intent) : books.writes[intent]! > 0) return true;
    }
    return false;
  },
  exposed: (intent, { truth }) => {
    if (truth.ledgers.length === 0) return false;
    if ((truth.hazards[intent]! & (Hazard.eventRepeated | Hazard.eventSkipped)) !== 0) return true;
    // Entries that are written apart: one of the writes might be missing.
    for (const books of truth.ledgers) if (books.writes[intent]! > 1) return true;
    return false;
  },
};
