import type { Reporter } from "./reporter.js";

/** Every reporter, by name; loaded when it is asked for, for some bring large libraries along. */
const loaders: ReadonlyMap<string, () => Promise<Reporter>> = new Map([
  ["table", async () => (await import("./table.js")).table],
  ["json", async () => (await import("./json.js")).json],
  ["jsonl", async () => (await import("./jsonl.js")).jsonl],
  ["junit", async () => (await import("./junit.js")).junit],
  ["github", async () => (await import("./github.js")).github],
  ["markdown", async () => (await import("./markdown.js")).markdown],
  ["html", async () => (await import("./html.js")).html],
]);

export const reporterNames: readonly string[] = [...loaders.keys()];

/**
 * The reporter of a name.
 * @throws RangeError when there is none
 */
export function loadReporter(name: string): Promise<Reporter> {
  const load = loaders.get(name);
  if (load === undefined) throw new RangeError(`no reporter "${name}"; there are ${reporterNames.join(", ")}`);
  return load();
}
