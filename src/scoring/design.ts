import type { Finding } from "../compile/assumption.js";
import type { Model } from "../compile/model.js";
import type { DesignCheck } from "./design/check.js";
import { externalWithoutBreaker, externalWithoutRetry, noQueueBeforeSlowExternal } from "./design/external-checks.js";
import { cycleWithoutQueue, noEntry, noReachableSink, offEveryPath, unboundRole } from "./design/flow-checks.js";
import { innerTimeoutTooLong, nestedRetries, retryWithoutIdempotentTarget } from "./design/retry-checks.js";

/** The structural checks of docs/model.md, score, heaviest first. A further check is a further entry. */
export const designChecks: readonly DesignCheck[] = [
  noEntry,
  noReachableSink,
  noQueueBeforeSlowExternal,
  retryWithoutIdempotentTarget,
  unboundRole,
  externalWithoutBreaker,
  externalWithoutRetry,
  nestedRetries,
  cycleWithoutQueue,
  offEveryPath,
  innerTimeoutTooLong,
];

/** What the structural checks find, in the order of {@link designChecks}. */
export function designFindings(model: Model): readonly Finding[] {
  return designChecks.flatMap((check) =>
    check.check(model).map((observation) => ({ code: check.code, severity: check.severity, ...observation })),
  );
}

/** The structural checks' findings and binding's; where both know a code, the checks' wording is kept. */
export function allFindings(model: Model): readonly Finding[] {
  const codes = new Set<string>(designChecks.map((check) => check.code));
  return [...designFindings(model), ...model.findings.filter((finding) => !codes.has(finding.code))];
}

/** 100 − the weights of the checks that found something; 0 at least. Findings of other codes cost nothing. */
export function designScore(findings: readonly Finding[]): number {
  let score = 100;
  for (const check of designChecks) {
    const count = findings.filter((finding) => finding.code === check.code).length;
    score -= check.counts === "each" ? check.weight * count : check.weight * Math.min(1, count);
  }
  return Math.max(0, score);
}
