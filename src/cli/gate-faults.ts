import type { LoadedProblem } from "../problem/load.js";

/** What is wrong with the problem's gates, as lines with their places in the file. */
export async function gateFaults(loaded: LoadedProblem): Promise<readonly string[]> {
  const { checkGates } = await import("../scoring/gates.js");
  const { invariants } = await import("../invariants/index.js");
  const { printable } = await import("../document/printable.js");
  return checkGates(loaded.problem, [...invariants.keys()]).map(({ pointer, message }) => {
    const position = loaded.lineOf(pointer);
    const place = position === undefined ? "" : `:${position.line}:${position.column}`;
    return printable(`${loaded.file}${place} ${pointer}: ${message}`);
  });
}
