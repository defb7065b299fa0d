import { UsageError } from "../evaluation/usage-error.js";
import { comparisonJson } from "./json-comparison.js";
import type { Report } from "./report.js";
import type { SynchronousReporter } from "./reporter.js";

/**
 * JSON: the result of one canvas as an object, of several under `results`, compared ones with their `comparison` before.
 * Keys stand in the order of the schema.
 */
export const json: SynchronousReporter = {
  name: "json",
  render(report) {
    try {
      return `${stringify(documentOf(report), "")}\n`;
    } catch (error) {
      if (!(error instanceof RangeError && error.message === "Invalid string length")) throw error;
      throw new UsageError(["the JSON of so many results is longer than a text can be; name fewer canvases at once"]);
    }
  },
};

function documentOf(report: Report): unknown {
  const { designs, comparison } = report;
  const results = designs.map(({ result }) => result);
  if (comparison !== undefined) {
    return { schemaVersion: 1, comparison: comparisonJson(report, comparison), results };
  }
  const [only] = results;
  return results.length === 1 && only !== undefined ? only : { schemaVersion: 1, results };
}

/** As `JSON.stringify` with two spaces, but a list of numbers or words on one line: a timeline has hundreds of points. */
function stringify(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((element) => typeof element !== "object" || element === null)) return JSON.stringify(value);
    return enclose(
      "[",
      value.map((element) => stringify(element, inner)),
      "]",
      indent,
    );
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}: ${stringify(member, inner)}`);
  return enclose("{", members, "}", indent);
}

function enclose(open: string, members: readonly string[], close: string, indent: string): string {
  if (members.length === 0) return `${open}${close}`;
  const separator = `\n${indent}  `;
  return `${open}${separator}${members.join(`,${separator}`)}\n${indent}${close}`;
}
