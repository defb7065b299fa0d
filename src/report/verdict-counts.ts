import type { Result } from "../scoring/result.js";

type Verdict = Result["verdict"];

const verdicts: readonly Verdict[] = ["pass", "fail", "inconclusive", "invalid"];

/** How many designs have which verdict: `2 pass, 1 invalid`; verdicts that none has are left out. */
export function verdictCounts(results: readonly Result[]): string {
  return verdicts
    .map((verdict) => ({ verdict, count: results.filter((result) => result.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`)
    .join(", ");
}
