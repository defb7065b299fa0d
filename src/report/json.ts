import { jsonText } from "../document/json-text.js";
import type { SynchronousReporter } from "./reporter.js";

/** JSON: the result of one canvas as an object, of several under `results`; variants of one are summed up under `sweeps`. Keys stand in the order of the schema. */
export const json: SynchronousReporter = {
  name: "json",
  render({ designs, baselines, sweeps }) {
    // Left out where there is no baseline: a member that is undefined is not printed.
    const results = designs.map(({ result }, index) => ({ ...result, baseline: baselines?.[index] }));
    const [only] = results;
    const value = results.length === 1 && only !== undefined ? only : { schemaVersion: 1, sweeps, results };
    return `${jsonText(value)}\n`;
  },
};
