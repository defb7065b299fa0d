import { nearestName } from "../document/nearest.js";
import { printable } from "../document/printable.js";
import { type EvaluationOptions, mostSeeds, mostWorkers } from "../evaluation/options.js";
import { wordName } from "../evaluation/problem-run.js";
import { UsageError } from "../evaluation/usage-error.js";
import type { Decision } from "../scoring/replications/criterion.js";

const decisions: readonly string[] = ["interval", "mean"] satisfies Decision[];

/** The options of an evaluation, each of which may be left out. */
type GivenOptions = { readonly [Name in keyof EvaluationOptions]?: EvaluationOptions[Name] | undefined };

/**
 * Fills in the command line's defaults, and refuses what it would refuse; callers may be untyped.
 * @throws UsageError with a line for each option that is out of its range
 */
export function evaluationOptions(
  given: GivenOptions,
  workers: number | undefined,
): EvaluationOptions & { readonly workers: number | undefined } {
  const { seed = 42, seeds = 1, decide = "interval", scenarios, strict, scale, gates } = given;
  const lines = [
    ...wholeNumberFaults("seed", seed, 0, Number.MAX_SAFE_INTEGER),
    ...wholeNumberFaults("seeds", seeds, 1, mostSeeds),
    ...(workers === undefined ? [] : wholeNumberFaults("workers", workers, 1, mostWorkers)),
  ];
  if (!decisions.includes(decide)) {
    const found = String(decide);
    lines.push(`decide: unknown word ${wordName(printable(found), nearestName(found, decisions), decisions)}`);
  }
  if (scale !== undefined && !(Number.isFinite(scale) && scale > 0)) {
    lines.push(`scale: ${printable(String(scale))} is not a number above 0`);
  }
  if (lines.length > 0) throw new UsageError(lines);
  return { seed, seeds, decide, scenarios, strict, scale, gates, workers };
}

/** One line when the value is not a whole number within the bounds. */
export function wholeNumberFaults(option: string, value: number, least: number, most: number): readonly string[] {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return [];
  return [`${option}: ${printable(String(value))} is not a whole number from ${least} to ${most}`];
}
