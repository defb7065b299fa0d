import type { Edge } from "../sim/station.js";
import { mode } from "./mode.js";
import { OneEdge } from "./one-edge.js";

/** One edge per call: in turn, or drawn when the connections have weights. */
class Split extends OneEdge {
  private turn = 0;

  protected override unweighted(edges: readonly Edge[]): Edge {
    return edges[this.turn++ % edges.length]!;
  }
}

export const split = mode({
  name: "split",
  asynchronous: false,
  resolve: () => ({}),
  create: () => (engine, station) => new Split(engine, station),
});
