/** Figures of a whole design that are compared with a baseline. */
const designFigures: readonly string[] = [
  "composite",
  "stability",
  "delivery",
  "cost",
  "constraints",
  "design",
  "effectiveMonthlyUsd",
];

/**
 * Figures of a run that are compared, beside `violations.*`: what a user, a shopper or the bill notices. Counts of what
 * arrived, quantiles beside p95 and mechanisms such as the backlog are left out: each further figure makes it harder to
 * show anything of the others.
 */
const runFigures: readonly string[] = [
  "stability",
  "deliveryRate",
  "dropRate",
  "errors",
  "undelivered",
  "acceptErrorRate",
  "compoundErrorRate",
  "pollErrorRate",
  "blocked",
  "amplification",
  "recoveryMs",
  "drainMs",
  "acceptMs.p95",
  "confirmMs.p95",
  "disturbedConfirmMs.p95",
  "readLagMs.p95",
  "readCaughtUpMs",
  "statusMs.p95",
  "sessionMs.p95",
  "unknownMs.p95",
];

/** Violations of an invariant are named `violations.<id>`. */
const violationsPrefix = "violations.";

/** The invariant whose violations a figure counts; null for any other figure. */
export function invariantOf(figure: string): string | null {
  return figure.startsWith(violationsPrefix) ? figure.slice(violationsPrefix.length) : null;
}

/** The names of those that are compared, in the order of a report. */
export function comparedFigures(names: readonly string[], scope: "design" | "run"): readonly string[] {
  const wanted = scope === "design" ? designFigures : runFigures;
  const violations = scope === "design" ? [] : names.filter((name) => invariantOf(name) !== null);
  return [...wanted.filter((name) => names.includes(name)), ...violations];
}
