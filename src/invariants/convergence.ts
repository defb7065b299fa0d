import { Shown } from "../roles/ground-truth.js";
import type { Invariant } from "./invariant.js";

/** What buyers are shown of a final intent is what is recorded, at the latest when the run ends. */
export const convergence: Invariant = {
  id: "convergence",
  violated: (intent, { intents, truth }) => intents.isFinal(intent) && (truth.shownState[intent]! & Shown.final) === 0,
  // What is recorded first is shown later: every intent in a design that has anything to show it.
  exposed: (intent, { intents, truth }) => truth.hasReadModel && intents.isFinal(intent),
};
