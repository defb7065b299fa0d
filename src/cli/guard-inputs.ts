import { printable } from "../document/printable.js";
import type { Design } from "../evaluation/design.js";
import { UsageError } from "../evaluation/usage-error.js";
import { isProblemPath } from "../problem/load.js";
import { identityOf } from "./canvas-files.js";
import type { Output } from "./choose-outputs.js";

/** Files beside canvases and problems that a report must not take the place of; undefined is none. */
export interface OtherFiles {
  readonly configuration?: string | undefined;
  readonly baseline?: string | undefined;
  readonly newBaseline?: string | undefined;
}

/**
 * Sees to it, before anything is simulated, that no report is written over what the command reads or keeps.
 * @throws UsageError that names each report whose file is one of them, links followed
 */
export async function guardInputs(
  outputs: readonly Output[],
  designs: readonly Design[],
  { configuration, baseline, newBaseline }: OtherFiles,
): Promise<void> {
  const reports = outputs.flatMap(({ reporter, file }) => (file === null ? [] : [{ name: reporter.name, file }]));
  if (reports.length === 0) return;
  const kept: readonly (readonly [string, string | undefined])[] = [
    ...designs.map(({ file }) => ["a canvas", file] as const),
    ...designs.map(({ problem }) => ["the problem", isProblemPath(problem.name) ? problem.name : undefined] as const),
    ["the configuration", configuration],
    ["the baseline", baseline],
    ["the new baseline", newBaseline],
  ];
  const owners = new Map<string, string>();
  for (const [what, file] of kept) if (file !== undefined) owners.set(await identityOf(file), what);
  const faults: string[] = [];
  for (const { name, file } of reports) {
    const owner = owners.get(await identityOf(file));
    if (owner === undefined) continue;
    faults.push(`${name} would be written over ${printable(file)}, ${owner}; give it a file of its own`);
  }
  if (faults.length > 0) throw new UsageError(faults);
}
