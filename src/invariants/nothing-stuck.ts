import { IntentFlag } from "../sim/intents.js";
import type { Invariant } from "./invariant.js";

const final = IntentFlag.confirmed | IntentFlag.declined;

/** Every intent is final at the end of the run: nothing of it waits, runs or is claimed. */
export const nothingStuck: Invariant = {
  id: "nothing-stuck",
  violated: (intent, { intents, atEnd }) => atEnd && (intents.flags[intent]! & final) === 0,
  exposed: (intent, { intents }) => intents.is(intent, IntentFlag.disturbed),
};
