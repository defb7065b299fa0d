import type { Draws } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import type { Outcome } from "../sim/outcome.js";
import type { Edge, Station } from "../sim/station.js";
import { Passthrough } from "./passthrough.js";

/** Takes one of its success edges per call: drawn by weight when its connections have weights. */
export abstract class OneEdge extends Passthrough {
  private readonly uniform: Draws;
  private readonly totalWeight: number;

  constructor(engine: Engine, station: Station) {
    super(engine, station);
    this.uniform = station.spec.stream("way");
    this.totalWeight = station.spec.success.reduce((sum, edge) => sum + edge.weight, 0);
  }

  /** The edge to take where no weights are given. */
  protected abstract unweighted(edges: readonly Edge[]): Edge;

  override forward(call: number): void {
    const { routes } = this.engine;
    const { success, weighted } = this.station.spec;
    const edges = routes.waysOf(call, this.station);
    if (edges.length === 0) super.forward(call);
    else routes.follow(call, this.station, weighted && edges === success ? this.draw(success) : this.unweighted(edges));
  }

  override reply(frame: number, outcome: Outcome, reply: number): void {
    this.engine.frames.pass(frame, outcome, reply | this.engine.calls.carried[frame]!);
  }

  private draw(edges: readonly Edge[]): Edge {
    let left = this.uniform.next() * this.totalWeight;
    for (let i = 0; i < edges.length; i++) {
      left -= edges[i]!.weight;
      if (left < 0) return edges[i]!;
    }
    return edges[0]!;
  }
}
