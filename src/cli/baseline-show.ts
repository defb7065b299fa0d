import { storedBaseline } from "../report/stored-baseline.js";
import { baselineText } from "../scoring/baseline/baseline.js";
import { readBaseline } from "./baseline-file.js";
import { reportOptions } from "./outputs.js";

/**
 * Prints what a baseline holds.
 * @throws InputError with every fault of the file
 * @throws UsageError when it is missing, or no baseline
 */
export async function showBaseline(
  file: string,
  flags: { readonly json?: true; readonly color: boolean },
): Promise<void> {
  const baseline = await readBaseline(file);
  const text = flags.json === true ? baselineText(baseline) : storedBaseline(file, baseline, reportOptions(flags));
  process.stdout.write(text);
}
