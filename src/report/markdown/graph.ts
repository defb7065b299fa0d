import type { JudgedDesign } from "../../evaluation/design.js";
import { mermaid } from "../mermaid.js";
import { codeBlock, folded } from "./text.js";

/** What Mermaid draws by default, at most. */
const mostConnections = 500;
const mostCharacters = 50_000;

/**
 * The canvas as a Mermaid graph in which the components that a missed criterion or a broken invariant is blamed on are
 * marked as failed, and those that a scenario disturbed in the runs that failed as disturbed. Nothing for one that is
 * too large for Mermaid, or could not be run.
 */
export function graphLines({ canvas, result }: JudgedDesign): readonly string[] {
  if (canvas === null || canvas.connections.length > mostConnections) return [];
  const ids = new Set(canvas.components.map(({ id }) => id));
  const failed = [...result.criteria, ...result.invariants]
    .filter(({ verdict }) => verdict === "fail")
    .flatMap(({ cause }) => (cause?.component === undefined ? [] : [cause.component]))
    .filter((id) => ids.has(id));
  const disturbed = result.scenarios
    .filter(({ pass }) => !pass)
    .flatMap(({ disturbance }) => disturbance?.targets ?? [])
    .filter((id) => ids.has(id) && !failed.includes(id));
  const marks = new Map([
    ...failed.map((id) => [id, "failed"] as const),
    ...disturbed.map((id) => [id, "disturbed"] as const),
  ]);
  const text = mermaid(canvas, { marks });
  if (text.length > mostCharacters) return [];
  const legend = [
    ...(failed.length > 0 ? ["failed: what the reasons name"] : []),
    ...(disturbed.length > 0 ? ["disturbed: hit by a planned fault in a scenario that did not pass"] : []),
  ];
  const lines = [...codeBlock("mermaid", text.trimEnd().split("\n")), ...legendLines(legend)];
  return ["", ...(failed.length > 0 ? lines : folded("The design", lines))];
}

function legendLines(legend: readonly string[]): readonly string[] {
  return legend.length === 0 ? [] : ["", `_Marked ${legend.join("; ")}._`];
}
