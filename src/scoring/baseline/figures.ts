import { scoreFigures } from "../metric.js";

/** Figures of a whole design that are compared with a baseline. */
const designFigures: readonly string[] = [...scoreFigures, "effectiveMonthlyUsd"];

/** Those of them that follow from the graph alone, whichever scenarios and seeds were run. */
const structuralFigures: readonly string[] = ["constraints", "design"];

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

/** Whether a figure of a design follows from the graph alone. */
export function isStructural(figure: string): boolean {
  return structuralFigures.includes(figure);
}

/** Figures of a design that are compared, in the order of a report; fewer where other scenarios were run than before. */
export function comparedDesignFigures(sameScenarios: boolean): readonly string[] {
  return sameScenarios ? designFigures : structuralFigures;
}

/** The figures of a run that are compared, of those that it has, in the order of a report. */
export function comparedRunFigures(names: readonly string[]): readonly string[] {
  return [...runFigures.filter((name) => names.includes(name)), ...names.filter((name) => invariantOf(name) !== null)];
}
