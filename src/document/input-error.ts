import { type Fault, formatFault } from "./fault.js";

/** An input that cannot be used. A known error: printed without a stack, exit code 2. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** Every fault found, in the order of the file; never empty. */
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(formatFault).join("\n"));
    this.faults = faults;
  }
}
