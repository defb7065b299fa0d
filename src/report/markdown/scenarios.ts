import { formatCount } from "../../scoring/quantity.js";
import type { CriterionResult, InvariantResult, Result, ScenarioResult } from "../../scoring/result.js";
import { outcomeText } from "../criterion-text.js";
import { markdownTable, markdownText } from "./text.js";

/** A row per run, and one for the whole design: whether it passed, and what it missed with expected and found. */
export function scenarioTable(result: Result): readonly string[] {
  const rows = result.scenarios.map((scenario) => [
    markdownText(scenario.id),
    passMark(result, scenario),
    missedText(result, scenario.id),
  ]);
  const whole = result.criteria.filter(({ scenario }) => scenario === null);
  if (whole.length > 0) {
    const passed = whole.every(({ verdict }) => verdict === "pass");
    rows.push(["_whole design_", passed ? "✅ yes" : "❌ no", missedText(result, null)]);
  }
  return rows.length === 0 ? [] : ["", ...markdownTable(["scenario", "pass", "missed"], rows)];
}

function passMark(result: Result, { id, pass, truncated }: ScenarioResult): string {
  if (truncated) return "❔ cut off";
  if (pass) return "✅ yes";
  return ownRows(result, id).some(({ verdict }) => verdict === "fail") ? "❌ no" : "❔ undecided";
}

function ownRows({ criteria, invariants }: Result, id: string | null): readonly (CriterionResult | InvariantResult)[] {
  return [...criteria, ...invariants].filter(({ scenario }) => scenario === id);
}

function missedText(result: Result, id: string | null): string {
  return ownRows(result, id)
    .filter(({ verdict }) => verdict !== "pass")
    .map((row) => `${row.verdict === "fail" ? "" : "undecided: "}${markdownText(rowText(row))}`)
    .join("<br>");
}

function rowText(row: CriterionResult | InvariantResult): string {
  if ("metric" in row) return outcomeText(row);
  if (row.verdict === "inconclusive") return `${row.id} met by ${formatCount(row.exposure)} intents`;
  return `${row.id} broken for ${formatCount(row.violations)} of ${formatCount(row.exposure)}`;
}
