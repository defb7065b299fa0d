import type { SynchronousReporter } from "./reporter.js";

/** JSON Lines: the result of each design on a line of its own, in the order of the report. Keys as in the schema. */
export const jsonl: SynchronousReporter = {
  name: "jsonl",
  render: ({ designs }) => designs.map(({ result }) => `${JSON.stringify(result)}\n`).join(""),
};
