import { IntentFlag } from "../sim/intents.js";
import type { Evidence, Invariant } from "./invariant.js";

const final = IntentFlag.confirmed | IntentFlag.declined;

/** Every intent is final at the end of the run, and within the problem's limit where it sets one. */
export const nothingStuck: Invariant = {
  id: "nothing-stuck",
  violated: (intent, evidence) =>
    (evidence.atEnd && (evidence.intents.flags[intent]! & final) === 0) ||
    (evidence.limitMs < Number.POSITIVE_INFINITY && ageMs(intent, evidence) > evidence.limitMs),
  exposed: (intent, { intents }) => intents.is(intent, IntentFlag.disturbed),
};

/** How long it took to become final, or how long it has not. */
function ageMs(intent: number, { intents, nowMs }: Evidence): number {
  const endMs = (intents.flags[intent]! & final) === 0 ? nowMs : intents.finalMs[intent]!;
  return endMs - intents.arrivedMs[intent]!;
}
