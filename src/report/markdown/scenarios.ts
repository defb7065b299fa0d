import { formatCount } from "../../scoring/quantity.js";
import type { CriterionResult, InvariantResult, Result } from "../../scoring/result.js";
import { outcomeText } from "../criterion-text.js";
import { type PassWord, passWord } from "../pass-word.js";
import { markdownTable, markdownText } from "./text.js";

const passMarks: Readonly<Record<PassWord, string>> = {
  yes: "✅ yes",
  no: "❌ no",
  "?": "❔ undecided",
  cut: "❔ cut off",
};

/** A row per run, and one for the whole design: whether it passed, and what it missed with expected and found. */
export function scenarioTable(result: Result): readonly string[] {
  const rows = result.scenarios.map((scenario) => [
    markdownText(scenario.id),
    passMarks[passWord(result, scenario)],
    missedText(result, scenario.id),
  ]);
  const whole = result.criteria.filter(({ scenario }) => scenario === null);
  if (whole.length > 0) {
    const saying = (verdict: CriterionResult["verdict"]) => whole.some((row) => row.verdict === verdict);
    const word = saying("fail") ? "no" : saying("inconclusive") ? "?" : "yes";
    rows.push(["_whole design_", passMarks[word], missedText(result, null)]);
  }
  return rows.length === 0 ? [] : ["", ...markdownTable(["scenario", "pass", "missed"], rows)];
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
