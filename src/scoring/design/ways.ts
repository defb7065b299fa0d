import type { Model, ModelComponent, ModelEdge } from "../../compile/model.js";

/** Which ways a search may go. */
export interface Passage {
  /** Connections it may follow; all of them when left out. */
  readonly along?: (edge: ModelEdge) => boolean;
  /** Components it may neither pass nor end at; none when left out. A start that is blocked is skipped. */
  readonly blockedBy?: (component: ModelComponent) => boolean;
}

/** A connection whose caller waits for the outcome: changes, polls and dead letters leave the call that caused them. */
export function carriesCall(edge: ModelEdge): boolean {
  return edge.on !== "change" && edge.on !== "poll" && edge.on !== "dead-letter";
}

/** As {@link carriesCall}, and the caller's timers keep running until the answer. */
export function callerWaits(edge: ModelEdge): boolean {
  return carriesCall(edge) && !edge.async;
}

/** Components that start calls of their own, apart from the workload: schedules, and receivers of a provider's events. */
export function isSource(model: Model, component: ModelComponent): boolean {
  if (component.parameters.everyMs !== undefined) return true;
  if (component.role === "webhook" || component.role === "sweeper" || component.role === "reconciler") return true;
  return component.type === "trigger" && !model.edges.some((edge) => edge.to === component.index);
}

/**
 * Breadth-first search. For each component, the component before it on a shortest way, itself for a start, -1 when
 * it is out of reach. Ties go by the order of the canvas.
 */
function searchFrom(model: Model, starts: readonly number[], passage: Passage): readonly number[] {
  const before = new Array<number>(model.components.length).fill(-1);
  const blocked = (index: number) => passage.blockedBy?.(model.components[index]!) ?? false;
  const line: number[] = [];
  const visit = (index: number, from: number) => {
    if (before[index] !== -1 || blocked(index)) return;
    before[index] = from;
    line.push(index);
  };
  for (const start of starts) visit(start, start);
  for (let position = 0; position < line.length; position++) {
    const index = line[position]!;
    for (const edgeIndex of model.components[index]!.edges) {
      const edge = model.edges[edgeIndex]!;
      if (passage.along?.(edge) ?? true) visit(edge.to, index);
    }
  }
  return before;
}

/** Components that can be reached from the starts, the starts included. */
export function reachable(model: Model, starts: readonly number[], passage: Passage = {}): readonly ModelComponent[] {
  const before = searchFrom(model, starts, passage);
  return model.components.filter((component) => before[component.index] !== -1);
}

/** A shortest way from one of the starts to the goal, both included; null when there is none. */
export function shortestWay(
  model: Model,
  starts: readonly number[],
  goal: number,
  passage: Passage = {},
): readonly ModelComponent[] | null {
  const before = searchFrom(model, starts, passage);
  if (before[goal] === -1) return null;
  const way = [model.components[goal]!];
  for (let index = goal; before[index] !== index; ) {
    index = before[index]!;
    way.unshift(model.components[index]!);
  }
  return way;
}

/** A way for a reader: `shopper → api → psp`. */
export function describeWay(way: readonly ModelComponent[]): string {
  return way.map((component) => component.id).join(" → ");
}
