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
