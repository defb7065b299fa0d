import fc from "fast-check";
import { problems } from "./problem.js";
import { runDesign } from "./run-design.js";
import { canvases, withoutCycles } from "./topology.js";

/** What random canvases did. */
interface Tally {
  runs: number;
  events: number;
  offered: number;
  /** Runs that met a limit. */
  truncated: number;
}

/**
 * Simulates random canvases in random problems, half of them without cycles. Conservation and Little's law are asserted
 * within.
 * @throws Error with the counterexample when one is broken
 */
export function runCanvases(count: number, seed: number): Readonly<Tally> {
  const tally: Tally = { runs: 0, events: 0, offered: 0, truncated: 0 };
  const property = fc.property(canvases, problems, fc.boolean(), (canvas, problem, acyclic) => {
    for (const run of runDesign(acyclic ? withoutCycles(canvas) : canvas, problem).measurements) {
      tally.runs++;
      tally.events += run.events;
      tally.offered += run.metrics.offered;
      if (run.truncated) tally.truncated++;
    }
  });
  fc.assert(property, { numRuns: count, seed });
  return tally;
}
