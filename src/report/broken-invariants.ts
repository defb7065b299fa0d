import { leastExposure } from "../scoring/invariants.js";
import { formatCount } from "../scoring/quantity.js";
import type { InvariantResult, Result } from "../scoring/result.js";
import type { Example } from "./trace.js";

/** An invariant in all the runs that broke it. */
export interface BrokenInvariant {
  readonly id: string;
  /** The results of those runs. */
  readonly rows: readonly InvariantResult[];
  /** `35 violations (flash-sale 17 of 63 exposed, …)`. */
  readonly count: string;
  /** Every cause once. */
  readonly causes: readonly string[];
  readonly shortest: (Example & { readonly scenario: string }) | undefined;
}

/** Broken invariants in the order of the result. */
export function brokenInvariants({ invariants }: Result): readonly BrokenInvariant[] {
  const failed = invariants.filter(({ verdict }) => verdict === "fail");
  return [...new Set(failed.map(({ id }) => id))].map((id) =>
    brokenInvariant(
      id,
      failed.filter((row) => row.id === id),
    ),
  );
}

/** One invariant in some of the runs that broke it. */
export function brokenInvariant(id: string, rows: readonly InvariantResult[]): BrokenInvariant {
  const violations = rows.reduce((sum, row) => sum + row.violations, 0);
  const runs = rows.map(
    (row) => `${row.scenario} ${formatCount(row.violations)} of ${formatCount(row.exposure)} exposed`,
  );
  const examples = rows.flatMap((row) => row.examples.map((example) => ({ ...example, scenario: row.scenario })));
  return {
    id,
    rows,
    count: `${formatCount(violations)} violation${violations === 1 ? "" : "s"} (${runs.join(", ")})`,
    causes: [...new Set(rows.flatMap(({ cause }) => (cause === undefined ? [] : [cause.message])))],
    shortest: examples.sort((left, right) => left.trace.length - right.trace.length)[0],
  };
}

/** Whose trace it is: `intent 1,466 in flash-sale`, and the seed where there are several. */
export function exampleName({ intent, scenario, seed }: Example & { readonly scenario: string }): string {
  return `intent ${formatCount(intent)} in ${scenario}${seed === undefined ? "" : `, seed ${seed}`}`;
}

/** Invariants that too few intents could have broken, a sentence for each. */
export function untestedTexts({ invariants }: Result): readonly string[] {
  const untested = invariants.filter(({ verdict }) => verdict === "inconclusive").map(({ id }) => id);
  return [...new Set(untested)].map((id) => {
    const exposure = invariants.filter((row) => row.id === id).reduce((sum, row) => sum + row.exposure, 0);
    return `${id}: ${formatCount(exposure)} intents exposed in all runs together, at least ${leastExposure} needed`;
  });
}

/** What is to be said of a run that was cut off. */
export function truncatedText({ id, events, endMs }: Result["scenarios"][number]): string {
  const at = (endMs / 1000).toFixed(3);
  return `${id}: stopped at ${at} s after ${formatCount(events)} events; its measures decide nothing`;
}
