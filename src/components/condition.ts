import type { Edge } from "../sim/station.js";
import { mode } from "./mode.js";
import { OneEdge } from "./one-edge.js";

/** The success edge drawn by weight, or the first; failure edges only on failure. */
class Condition extends OneEdge {
  protected override unweighted(edges: readonly Edge[]): Edge {
    return edges[0]!;
  }
}

export const condition = mode({
  name: "condition",
  asynchronous: false,
  resolve: () => ({}),
  create: () => (engine, station) => new Condition(engine, station),
});
