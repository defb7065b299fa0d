import type { JudgedDesign } from "../../evaluation/design.js";
import { runnableCriterion } from "../../scoring/criteria.js";
import { leastExposure } from "../../scoring/invariants.js";
import { formatCount } from "../../scoring/quantity.js";
import type { CriterionResult, InvariantResult, Result, ScenarioResult } from "../../scoring/result.js";
import { brokenInvariant, exampleName, truncatedText } from "../broken-invariants.js";
import { gateText, outcomeText } from "../criterion-text.js";
import { invalidTexts } from "../invalid-texts.js";
import { leftOutText, shortened, stepTime } from "../trace.js";

/** One thing that was checked. */
export interface TestCase {
  /** Id of the scenario run; null for what no run changes. */
  readonly scenario: string | null;
  readonly name: string;
  readonly outcome: Outcome;
}

/** `error`: could not be run. `skipped`: undecided, for JUnit's format has no word for it. */
export type Outcome =
  | { readonly kind: "passed" }
  | { readonly kind: "skipped"; readonly reason: string }
  | {
      readonly kind: "failure" | "error";
      readonly type: string;
      readonly message: string;
      readonly lines: readonly string[];
    };

/** Name of the check that every design has, so that it has a history. */
const validCanvas = "the canvas is valid";

const passed: Outcome = { kind: "passed" };

/** The checks of a design: that its canvas is valid, then run by run its criteria and invariants, then the whole design's. */
export function testCasesOf(design: JudgedDesign): readonly TestCase[] {
  const { result } = design;
  if (result.verdict === "invalid") return [{ scenario: null, name: validCanvas, outcome: invalidOutcome(design) }];
  return unmistakable([
    { scenario: null, name: validCanvas, outcome: passed },
    ...result.scenarios.flatMap((scenario) => scenarioCases(result, scenario)),
    ...result.criteria.filter(({ scenario }) => scenario === null).map((criterion) => criterionCase(criterion, null)),
  ]);
}

function scenarioCases({ criteria, invariants }: Result, scenario: ScenarioResult): readonly TestCase[] {
  return [
    ...criteria.filter((row) => row.scenario === scenario.id).map((criterion) => criterionCase(criterion, scenario)),
    ...invariants.filter((row) => row.scenario === scenario.id).map(invariantCase),
  ];
}

function criterionCase(criterion: CriterionResult, run: ScenarioResult | null): TestCase {
  return { scenario: criterion.scenario, name: gateText(criterion), outcome: criterionOutcome(criterion, run) };
}

function criterionOutcome(criterion: CriterionResult, run: ScenarioResult | null): Outcome {
  if (run?.truncated === true) return { kind: "skipped", reason: `cut off: ${truncatedText(run)}` };
  const message = outcomeText(criterion);
  if (criterion.verdict === "pass") return passed;
  if (criterion.verdict === "inconclusive") return { kind: "skipped", reason: `undecided: ${message}` };
  const lines = criterion.cause === undefined ? [] : [criterion.cause.message];
  if (criterion.id === runnableCriterion) return { kind: "error", type: "scenario", message, lines };
  return { kind: "failure", type: "criterion", message, lines };
}

function invariantCase(row: InvariantResult): TestCase {
  return { scenario: row.scenario, name: row.id, outcome: invariantOutcome(row) };
}

function invariantOutcome(row: InvariantResult): Outcome {
  if (row.verdict === "pass") return passed;
  const exposed = `${formatCount(row.violations)} of ${formatCount(row.exposure)} exposed`;
  if (row.verdict === "inconclusive") {
    const reason = `not put to the test: ${formatCount(row.exposure)} intents exposed here, at least ${leastExposure} needed in all runs together`;
    return { kind: "skipped", reason };
  }
  const { causes, shortest } = brokenInvariant(row.id, [row]);
  const lines = [...causes];
  if (shortest !== undefined) {
    const shown = shortened(shortest.trace);
    lines.push(`${exampleName(shortest)}:`);
    lines.push(...shown.map((step) => `  ${stepTime(step)}  ${step.where}  ${step.what}`));
    const left = leftOutText(shortest.trace, shown);
    if (left !== "") lines.push(`  ${left}`);
  }
  return { kind: "failure", type: "invariant", message: `${row.id} is broken for ${exposed} intents`, lines };
}

function invalidOutcome(design: JudgedDesign): Outcome {
  const lines = invalidTexts(design);
  const [first = "the canvas cannot be run"] = lines;
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : "";
  return { kind: "error", type: "invalid canvas", message: `${first}${more}`, lines };
}

/** Names told apart within their scenario: limits that differ may read the same, and a page would show one of the two. */
function unmistakable(cases: readonly TestCase[]): readonly TestCase[] {
  const counts = new Map<string, number>();
  return cases.map((one) => {
    const key = JSON.stringify([one.scenario, one.name]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? one : { ...one, name: `${one.name} [${count}]` };
  });
}
