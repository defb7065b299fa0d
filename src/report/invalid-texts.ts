import { formatFault } from "../document/fault.js";
import type { JudgedDesign } from "../evaluation/design.js";

/** Why a design cannot be run, a sentence for each reason. */
export function invalidTexts({ faults, result }: JudgedDesign): readonly string[] {
  // What --strict refuses has no place in the file, and stands among the findings only.
  return faults.length > 0 ? faults.map(formatFault) : result.findings.map(({ message }) => message);
}
