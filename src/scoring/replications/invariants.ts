import { tracesShown } from "../../scenarios/invariant-counts.js";
import { verdictOfExposure } from "../invariants.js";
import type { InvariantResult, Result } from "../result.js";

/**
 * Invariants over several seeds: violations and exposure of a scenario added up, the shortest traces of all seeds.
 * A single violation in a single seed is a fail, and the exposure counts over all scenarios and seeds.
 */
export function poolInvariants(results: readonly Result[]): InvariantResult[] {
  const [first] = results;
  if (first === undefined) return [];
  const rows = first.invariants.map((_, index) =>
    results.flatMap((result) => {
      const row = result.invariants[index];
      return row === undefined ? [] : [{ seed: result.seeds[0] ?? 0, row }];
    }),
  );
  const pooled = rows.map(poolRow);
  return pooled.map((row) => ({
    ...row,
    verdict: verdictOfExposure(
      row.violations,
      pooled.filter(({ id }) => id === row.id),
    ),
  }));
}

interface Replication {
  readonly seed: number;
  readonly row: InvariantResult;
}

function poolRow(replications: readonly Replication[]): InvariantResult {
  const [first] = replications;
  if (first === undefined) throw new RangeError("an invariant needs at least one replication");
  const sum = (read: (row: InvariantResult) => number): number =>
    replications.reduce((total, { row }) => total + read(row), 0);
  const broken = replications.find(({ row }) => row.cause !== undefined);
  const cause = broken?.row.cause;
  const examples = replications.flatMap(({ seed, row }) => row.examples.map((example) => ({ ...example, seed })));
  return {
    id: first.row.id,
    scenario: first.row.scenario,
    violations: sum((row) => row.violations),
    exposure: sum((row) => row.exposure),
    verdict: first.row.verdict,
    ...(cause === undefined ? {} : { cause: { ...cause, message: `${cause.message} (seed ${broken?.seed})` } }),
    examples: examples
      .sort((a, b) => a.trace.length - b.trace.length || a.seed - b.seed || a.intent - b.intent)
      .slice(0, tracesShown)
      .map(({ intent, seed, trace }) => ({ intent, seed, trace })),
  };
}
