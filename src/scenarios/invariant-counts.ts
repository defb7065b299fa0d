import { invariants } from "../invariants/index.js";
import type { Evidence, Invariant } from "../invariants/invariant.js";
import type { Problem } from "../problem/problem.js";
import type { Window } from "./plan.js";

/** Violating intents kept for tracing; the shortest traces among them are shown. */
const candidateLimit = 24;

/** Violations of an invariant that are shown with their trace. */
export const tracesShown = 3;

/** One object serves for all intents: an intent's end allocates nothing. */
export type MutableEvidence = { -readonly [Key in keyof Evidence]: Evidence[Key] };

/** Counts of one invariant over a run. */
export interface InvariantCount {
  readonly invariant: Invariant;
  readonly limitMs: number;
  violations: number;
  exposure: number;
  /** Numbers, in order of arrival, of the first violating intents that arrived while the run was disturbed, and of others. */
  readonly disturbed: number[];
  readonly undisturbed: number[];
}

/** Violating intents to trace: where the run was disturbed, those that arrived meanwhile show what the scenario is for. */
export function candidatesOf({ disturbed, undisturbed }: InvariantCount): readonly number[] {
  return disturbed.length > 0 ? disturbed : undisturbed;
}

/** The invariants that a problem gates, and stuck intents always. */
export function countersFor(problem: Problem): readonly InvariantCount[] {
  const limits = new Map<string, number>();
  for (const entry of problem.invariants ?? []) {
    const { id, limitMs = Number.POSITIVE_INFINITY } = typeof entry === "string" ? { id: entry } : entry;
    limits.set(id, limitMs);
  }
  if (!limits.has("nothing-stuck")) limits.set("nothing-stuck", Number.POSITIVE_INFINITY);
  return [...limits].flatMap(([id, limitMs]) => {
    const invariant = invariants.get(id);
    const none = { violations: 0, exposure: 0, disturbed: [], undisturbed: [] };
    return invariant === undefined ? [] : [{ invariant, limitMs, ...none }];
  });
}

/** Judges one intent by every invariant; true when it broke one. */
export function judgeIntent(
  counts: readonly InvariantCount[],
  intent: number,
  evidence: MutableEvidence,
  disturbance: Window | null,
): boolean {
  let broken = false;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    evidence.limitMs = count.limitMs;
    const violated = count.invariant.violated(intent, evidence);
    // What broke has met its hazard, also where no single event shows it (a message that only ever waited).
    if (violated || count.invariant.exposed(intent, evidence)) count.exposure++;
    if (!violated) continue;
    broken = true;
    count.violations++;
    const arrivedMs = evidence.intents.arrivedMs[intent]!;
    const meanwhile = disturbance !== null && arrivedMs >= disturbance.startMs && arrivedMs < disturbance.endMs;
    const candidates = meanwhile ? count.disturbed : count.undisturbed;
    if (candidates.length < candidateLimit) candidates.push(evidence.intents.serial[intent]!);
  }
  return broken;
}
