import { json } from "./json.js";
import type { Reporter } from "./reporter.js";
import { table } from "./table.js";

/** Every reporter, by name. */
export const reporters: ReadonlyMap<string, Reporter> = new Map(
  [table, json].map((reporter) => [reporter.name, reporter]),
);
