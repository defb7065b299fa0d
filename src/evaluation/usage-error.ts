/** What was asked cannot be done as it was asked: an option, a problem's gate or an output file is at fault. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  /** @param lines one printable line per fault, each with its mend */
  constructor(readonly lines: readonly string[]) {
    super(lines.join("\n"));
  }
}
