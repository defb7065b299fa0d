import type { Result } from "../scoring/result.js";

/** What the process tells its caller. A signal ends it at once, which shells report as 130 or 143. */
export const exitCode = {
  /** Every design passed. */
  passed: 0,
  /** A criterion, constraint or invariant failed. */
  failed: 1,
  /** Wrong usage or configuration, or a canvas or problem that is not valid. */
  invalidInput: 2,
  /** Too little happened to say pass or fail. */
  inconclusive: 3,
  /** A fault of the program itself (EX_SOFTWARE of sysexits.h). */
  unexpectedFault: 70,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Verdicts and their exit codes, the worst first. */
const exitByVerdict: readonly (readonly [Result["verdict"], ExitCode])[] = [
  ["invalid", exitCode.invalidInput],
  ["fail", exitCode.failed],
  ["inconclusive", exitCode.inconclusive],
  ["pass", exitCode.passed],
];

/** The worst verdict decides. */
export function exitCodeOf(verdicts: readonly Result["verdict"][]): ExitCode {
  return exitByVerdict.find(([verdict]) => verdicts.includes(verdict))?.[1] ?? exitCode.passed;
}
