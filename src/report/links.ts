import type { Canvas, Connection } from "../canvas/canvas.js";
import { type FlowEdge, findFlow } from "../compile/flow.js";
import { Notebook } from "../compile/notebook.js";

/** One way of a connection as a drawing shows it. */
export interface Link {
  /** Positions in the canvas; the way calls go, or would go for what carries none. */
  readonly from: number;
  readonly to: number;
  /** `dotted` is all that does not make the caller wait on the usual way; a `line` has no direction. */
  readonly stroke: "solid" | "dotted" | "line";
  /** What is written on it: when it is taken, unless usually, then the connection's label. As in the file, not escaped. */
  readonly words: readonly string[];
}

/**
 * What a drawing of a canvas shows of its connections, in canvas order: one link per direction. What a connection carries
 * is read as the simulation reads it (docs/model.md, the flow graph).
 * @throws RangeError when a connection names a component that the canvas does not have
 */
export function linksOf(canvas: Canvas): readonly Link[] {
  const positions = new Map(canvas.components.map((component, index) => [component.id, index]));
  const flows = flowsByConnection(canvas);
  return canvas.connections.flatMap((connection) => linksOfOne(connection, positions, flows.get(connection) ?? []));
}

function linksOfOne(
  connection: Connection,
  positions: ReadonlyMap<string, number>,
  flows: readonly FlowEdge[],
): readonly Link[] {
  const from = positionOf(positions, connection.from);
  const to = positionOf(positions, connection.to);
  const direction = connection.direction ?? "forward";
  if (direction === "none") return [{ from, to, stroke: "line", words: [connection.label ?? ""] }];
  // A dead-letter connection keeps its end but may start at another component, so that its end tells the two ways apart.
  const flowTo = (end: number) => flows.find((flow) => flow.to === end);
  const links: Link[] = [];
  if (direction !== "backward") links.push(flowLink(from, to, connection, flowTo(to)));
  if (direction !== "forward") links.push(flowLink(to, from, connection, flowTo(from)));
  return links;
}

function flowLink(from: number, to: number, connection: Connection, flow: FlowEdge | undefined): Link {
  const label = connection.label ?? "";
  if (flow === undefined) return { from, to, stroke: "dotted", words: ["response", label] };
  if (flow.on !== "success") return { from, to, stroke: "dotted", words: [flow.on, label] };
  return { from, to, stroke: connection.async === true ? "dotted" : "solid", words: [label] };
}

/**
 * Where the canvas holds a component.
 * @throws RangeError when it has none of that id
 */
export function positionOf(positions: ReadonlyMap<string, number>, id: string): number {
  const position = positions.get(id);
  if (position === undefined) throw new RangeError(`the canvas has no component "${id}"; load it with loadCanvas`);
  return position;
}

function flowsByConnection(canvas: Canvas): ReadonlyMap<Connection, readonly FlowEdge[]> {
  const found = new Map<Connection, FlowEdge[]>();
  for (const edge of findFlow(canvas, new Notebook())) {
    const edges = found.get(edge.connection);
    if (edges === undefined) found.set(edge.connection, [edge]);
    else edges.push(edge);
  }
  return found;
}
