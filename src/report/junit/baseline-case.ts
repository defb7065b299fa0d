import type { BaselineComparison } from "../../scoring/baseline/compare.js";
import { baselineLine, brokenReasons, figureChange, figuresBy } from "../../scoring/baseline/wording.js";
import type { Outcome, TestCase } from "./test-cases.js";

/**
 * The check that a design is no worse than its baseline; none without a baseline. It fails only where that fails the run.
 * A canvas that could not be run has none, for it has an error already.
 */
export function baselineCases(
  comparison: BaselineComparison | undefined,
  failOnRegression: boolean,
): readonly TestCase[] {
  if (comparison === undefined || comparison.status === "invalid") return [];
  return [{ scenario: null, name: "baseline", outcome: outcomeOf(comparison, failOnRegression) }];
}

function outcomeOf(comparison: BaselineComparison, failOnRegression: boolean): Outcome {
  const { status, regressed, seeds, notes } = comparison;
  const message = baselineLine(comparison);
  if (regressed && failOnRegression) {
    const changes = figuresBy(comparison, "worse").map(figureChange);
    return { kind: "failure", type: "baseline", message, lines: [...brokenReasons(comparison), ...changes, ...notes] };
  }
  if (regressed) return { kind: "skipped", reason: `${message}; only --fail-on-regression makes this a failure` };
  if (status === "missing" || seeds.length < 2) return { kind: "skipped", reason: message };
  return { kind: "passed" };
}
