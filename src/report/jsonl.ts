import { resultsOf } from "./json-results.js";
import type { SynchronousReporter } from "./reporter.js";

/**
 * JSON Lines: the result of each design on a line of its own, in the order of the report, as the JSON reporter has it
 * among several. Keys as in the schema.
 */
export const jsonl: SynchronousReporter = {
  name: "jsonl",
  render: (report) =>
    resultsOf(report)
      .map((result) => `${JSON.stringify(result)}\n`)
      .join(""),
};
