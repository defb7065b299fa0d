import { IntentFlag } from "../sim/intents.js";
import type { Evidence, Invariant } from "./invariant.js";

/** Every intent is final at the end of the run, and within the problem's limit where it sets one. */
export const nothingStuck: Invariant = {
  id: "nothing-stuck",
  violated: (intent, evidence) =>
    (evidence.atEnd && isUnfinished(intent, evidence)) ||
    (evidence.limitMs < Number.POSITIVE_INFINITY && ageMs(intent, evidence) > evidence.limitMs),
  exposed: (intent, { intents }) => intents.is(intent, IntentFlag.disturbed),
};

/** Not known how it ended, or with a durable sequence that is neither done nor undone. */
function isUnfinished(intent: number, { intents, truth }: Evidence): boolean {
  return !intents.isFinal(intent) || truth.sequences.isOpen(intent);
}

/** How long it took to become final, or how long it has not. */
function ageMs(intent: number, { intents, nowMs }: Evidence): number {
  const endMs = intents.isFinal(intent) ? intents.finalMs[intent]! : nowMs;
  return endMs - intents.arrivedMs[intent]!;
}
