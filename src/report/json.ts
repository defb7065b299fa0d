import { jsonText } from "../document/json-text.js";
import { UsageError } from "../evaluation/usage-error.js";
import { comparisonJson } from "./json-comparison.js";
import { resultsOf } from "./json-results.js";
import type { Report } from "./report.js";
import type { SynchronousReporter } from "./reporter.js";

/**
 * JSON: the result of one canvas as an object, of several under `results`, with their `comparison` or what the `sweeps` of
 * variants showed before. Keys stand in the order of the schema.
 */
export const json: SynchronousReporter = {
  name: "json",
  render(report) {
    try {
      return `${jsonText(documentOf(report))}\n`;
    } catch (error) {
      if (!(error instanceof RangeError && error.message === "Invalid string length")) throw error;
      throw new UsageError(["the JSON of so many results is longer than a text can be; name fewer canvases at once"]);
    }
  },
};

function documentOf(report: Report): unknown {
  const { comparison, sweeps } = report;
  const results = resultsOf(report);
  if (comparison !== undefined) {
    return { schemaVersion: 1, comparison: comparisonJson(report, comparison), results };
  }
  const [only] = results;
  // What is undefined is not printed: without sweeps there is no such member.
  return results.length === 1 && only !== undefined ? only : { schemaVersion: 1, sweeps, results };
}
