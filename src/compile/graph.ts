import type { FlowEdge } from "./flow.js";

/** Who can reach whom along connections that carry calls. */
export class Graph {
  private readonly outbound: FlowEdge[][];
  private readonly inbound: FlowEdge[][];

  constructor(size: number, edges: readonly FlowEdge[]) {
    this.outbound = Array.from({ length: size }, () => []);
    this.inbound = Array.from({ length: size }, () => []);
    for (const edge of edges) {
      this.outbound[edge.from]!.push(edge);
      this.inbound[edge.to]!.push(edge);
    }
  }

  /** Edges out of a component, in canvas order. */
  from(index: number): readonly FlowEdge[] {
    return this.outbound[index]!;
  }

  into(index: number): readonly FlowEdge[] {
    return this.inbound[index]!;
  }

  /** Number of success edges from the nearest of `starts` to each component it can reach. */
  distances(starts: readonly number[], direction: "down" | "up" = "down"): ReadonlyMap<number, number> {
    const found = new Map(starts.map((start) => [start, 0]));
    const pending = [...starts];
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      for (const edge of direction === "down" ? this.outbound[next]! : this.inbound[next]!) {
        const other = direction === "down" ? edge.to : edge.from;
        if (edge.on !== "success" || found.has(other)) continue;
        found.set(other, found.get(next)! + 1);
        pending.push(other);
      }
    }
    return found;
  }
}
