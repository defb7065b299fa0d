import { formatCount } from "../../scoring/quantity.js";
import type { Result } from "../../scoring/result.js";

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

/** `seed 42`, or `seeds 42 to 61`. */
export function seedsText({ seeds }: Result): string {
  return seeds.length > 1 ? `seeds ${seeds[0]} to ${seeds.at(-1)}` : `seed ${seeds[0]}`;
}
