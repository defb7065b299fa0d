/** A fault of the program in the middle of a run, with the command that leads to it again. */
export class RunFault extends Error {
  override readonly name = "RunFault";

  /**
   * @param cause what was thrown
   * @param repeat a command line: the canvas, the scenario and the one seed at which it came up
   */
  constructor(
    override readonly cause: unknown,
    readonly repeat: string,
  ) {
    super("a fault of the program in the middle of a run", { cause });
  }
}
