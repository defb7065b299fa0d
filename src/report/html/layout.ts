import { Graph, layout } from "@dagrejs/dagre";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A box on the drawing, by its centre. */
export type Box = Size & Spot;

/** What is to be placed: boxes and arrows between them, whose labels need room. */
export interface Sketch {
  /** `LR` reads from left to right, `TB` from top to bottom. */
  readonly direction: "LR" | "TB";
  readonly boxes: readonly Size[];
  readonly arrows: readonly { readonly from: number; readonly to: number; readonly label: Size }[];
}

export interface Layout extends Size {
  /** In the order of the sketch. */
  readonly boxes: readonly Box[];
  /** Corners of each arrow, from border to border, and the middle of its label. */
  readonly arrows: readonly { readonly corners: readonly Spot[]; readonly label: Spot }[];
}

/** What is used of dagre: its own declarations do not resolve under Node's rules for modules. */
interface LayeredGraph {
  setGraph(options: Readonly<Record<string, string | number>>): void;
  setNode(name: string, size: Size): void;
  setEdge(from: string, to: string, label: Readonly<Record<string, string | number>>, name: string): void;
  node(name: string): Box;
  edge(from: string, to: string, name: string): Spot & { readonly points: readonly Spot[] };
  graph(): Size;
}

const margin = 8;

/** Places boxes in layers along the arrows, with few crossings. The same sketch has the same layout. */
export function placed({ direction, boxes, arrows }: Sketch): Layout {
  const graph = new Graph({ multigraph: true }) as unknown as LayeredGraph;
  graph.setGraph({ rankdir: direction, nodesep: 28, edgesep: 14, ranksep: 44, marginx: margin, marginy: margin });
  boxes.forEach(({ width, height }, index) => {
    graph.setNode(String(index), { width, height });
  });
  arrows.forEach(({ from, to, label }, index) => {
    graph.setEdge(String(from), String(to), { ...label, labelpos: "c" }, String(index));
  });
  layout(graph as never);
  const { width, height } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: boxes.map((_, index) => graph.node(String(index))),
    arrows: arrows.map(({ from, to }, index) => {
      const { points, x, y } = graph.edge(String(from), String(to), String(index));
      const corners = points.map((point) => ({ x: point.x, y: point.y }));
      return { corners, label: { x: x ?? corners[0]?.x ?? 0, y: y ?? corners[0]?.y ?? 0 } };
    }),
  };
}
