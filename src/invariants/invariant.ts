import type { GroundTruth } from "../roles/ground-truth.js";
import type { IntentBook } from "../sim/intents.js";

/** What an invariant is judged from, for one intent that is final or at its end. */
export interface Evidence {
  readonly intents: IntentBook;
  readonly truth: GroundTruth;
  /** The run is over, and something still refers to the intent. */
  readonly atEnd: boolean;
  /** Virtual time, milliseconds. */
  readonly nowMs: number;
  /** The problem's limit for the invariant, milliseconds; Infinity where it sets none. */
  readonly limitMs: number;
}

/** A statement about every intent, judged from the ground truth and never from labels. */
export interface Invariant {
  readonly id: string;
  violated(intent: number, evidence: Evidence): boolean;
  /** Whether the intent met the hazard: an invariant whose hazard nobody met has not been tested. */
  exposed(intent: number, evidence: Evidence): boolean;
}
