import type { Result, ScenarioResult } from "../scoring/result.js";

/** Whether a run passed: `cut` is one that hit a limit, `?` one that missed nothing and has something undecided. */
export type PassWord = "yes" | "no" | "?" | "cut";

export function passWord({ criteria, invariants }: Result, { id, pass, truncated }: ScenarioResult): PassWord {
  if (truncated) return "cut";
  if (pass) return "yes";
  const failed = [...criteria, ...invariants].some(({ scenario, verdict }) => scenario === id && verdict === "fail");
  return failed ? "no" : "?";
}
