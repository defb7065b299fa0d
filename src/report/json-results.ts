import type { Result } from "../scoring/result.js";
import type { Report } from "./report.js";

/** The result of each design as JSON tells it: beside what a baseline says of it, where there is one. */
export function resultsOf({ designs, baselines }: Report): readonly Result[] {
  if (baselines === undefined) return designs.map(({ result }) => result);
  return designs.map(({ result }, index) => ({ ...result, baseline: baselines[index] }));
}
