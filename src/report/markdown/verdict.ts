import { formatCount } from "../../scoring/quantity.js";
import type { Result } from "../../scoring/result.js";
import { markdownText } from "./text.js";

type Verdict = Result["verdict"];

/** A sign and a word for each verdict; the word alone says it all. */
export const verdictMarks: Readonly<Record<Verdict, string>> = {
  pass: "✅ PASS",
  fail: "❌ FAIL",
  inconclusive: "❔ INCONCLUSIVE",
  invalid: "⛔ INVALID",
};

/** Verdicts, the worst first. */
export const worstFirst: readonly Verdict[] = ["invalid", "fail", "inconclusive", "pass"];

/** `84 of 100`; a canvas that was not run has no score. */
export function scoreText({ verdict, score }: Result): string {
  return verdict === "invalid" ? "not run" : `${formatCount(score.composite)} of 100`;
}

/** Which canvas, by its title if it has one, and where and how it was run. */
export function canvasLine(name: string | null, where: string): string {
  // A space beside the asterisks would make them asterisks.
  const title = (name ?? "").trim();
  return `Canvas ${title === "" ? "" : `**${markdownText(title)}** `}${markdownText(where)}`;
}
