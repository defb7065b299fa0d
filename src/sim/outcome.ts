/**
 * How a call ends. `declined`, `told-failed` and `abandoned` are business answers, not failures:
 * the provider refused the money, the system decided that the intent failed and told so, or the buyer left.
 */
export const Outcome = {
  ok: 0,
  full: 1,
  rejected: 2,
  open: 3,
  unavailable: 4,
  error: 5,
  timeout: 6,
  conflict: 7,
  declined: 8,
  toldFailed: 9,
  abandoned: 10,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** Outcome codes as words, by code. */
export const outcomeNames = [
  "ok",
  "full",
  "rejected",
  "open",
  "unavailable",
  "error",
  "timeout",
  "conflict",
  "declined",
  "told-failed",
  "abandoned",
] as const;

/** Whether an outcome is one of the seven failures. */
export function isFailure(outcome: Outcome): boolean {
  return outcome >= Outcome.full && outcome <= Outcome.conflict;
}

/** What an answer carries beside its outcome; a bit set. */
export const Reply = {
  none: 0,
  /** The goal's effect stands behind this ok. */
  goal: 1,
  /** A guard knew the key and answered: nothing further is called. */
  known: 2,
  /** A stored answer, replayed under its key: it says nothing new about the provider's health. */
  replayed: 4,
  /** A query found no effect under the key. */
  absent: 8,
  /** A status that was asked for where it is not yet known. */
  stale: 16,
} as const;
