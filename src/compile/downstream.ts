import type { Canvas, Component } from "../canvas/canvas.js";
import type { Problem } from "../problem/problem.js";
import type { Bindings } from "./bind.js";
import type { FlowEdge } from "./flow.js";
import { Graph } from "./graph.js";
import type { Notebook } from "./notebook.js";
import { wordsOf } from "./words.js";

/** What follows a final order: relays, ledgers, read models, consumers; by words where the canvas names no role. */
const rolesByWords: readonly (readonly [role: string, types: readonly Component["type"][], words: RegExp])[] = [
  ["outbox", ["storage", "channel", "step", "trigger"], /outbox|relay|publish|change.?feed|event.?(bus|log)/i],
  ["ledger", ["storage", "step", "tool"], /ledger|journal|bookkeep/i],
  ["read-model", ["storage"], /read.?model|status|project|view|track|dashboard/i],
  ["consumer", ["storage", "step", "tool"], /loyal|points|reward|kitchen|fulfil|barista|notif|e.?mail|analytic/i],
];

/**
 * Binds the roles downstream of the order store that a problem asks for and no component states, by the words of id,
 * label and description; each is listed as an assumption.
 */
export function bindDownstream(
  canvas: Canvas,
  problem: Problem,
  byRole: Map<string, number[]>,
  notebook: Notebook,
): void {
  const taken = new Set([...byRole.values()].flat());
  for (const [role, types, words] of rolesByWords) {
    if (problem.roles?.[role as keyof typeof problem.roles] === undefined || byRole.has(role)) continue;
    const bound = canvas.components.flatMap((component, index) => {
      const fits = component.role === undefined && types.includes(component.type) && words.test(wordsOf(component));
      return fits && !taken.has(index) ? [index] : [];
    });
    for (const index of bound) {
      taken.add(index);
      notebook.infer(canvas.components[index]!.id, "role", role, "its words name one");
    }
    if (bound.length > 0) byRole.set(role, bound);
  }
}

/** A connection from the order store to an outbox carries its changes, where the canvas does not say what it carries. */
export function inferChanges(
  canvas: Canvas,
  flow: readonly FlowEdge[],
  bindings: Bindings,
  notebook: Notebook,
): readonly FlowEdge[] {
  const stores = new Set(bindings.byRole.get("order-store"));
  const outboxes = new Set(bindings.byRole.get("outbox"));
  return flow.map((edge) => {
    if (edge.connection.on !== undefined || edge.on !== "success") return edge;
    if (!stores.has(edge.from) || !outboxes.has(edge.to)) return edge;
    const target = canvas.components[edge.to]!.id;
    notebook.infer(canvas.components[edge.from]!.id, `connection ${edge.id}: on`, "change", `${target} is an outbox`);
    return { ...edge, on: "change" };
  });
}

/** How the connections around relays and consumers behave. */
export interface Delivery {
  readonly dualWrites: ReadonlySet<FlowEdge>;
  readonly relayed: ReadonlySet<FlowEdge>;
}

/**
 * Relayed are the ways out of an outbox, and a store's changes that go straight to their consumer. A dual write is an
 * ordinary connection from a component that does something else to what serves the downstream roles alone.
 */
export function deliveryOf(size: number, flow: readonly FlowEdge[], bindings: Bindings): Delivery {
  const roles = (...names: readonly string[]) => new Set(names.flatMap((name) => bindings.byRole.get(name) ?? []));
  const outboxes = roles("outbox");
  const side = downstreamOnly(size, flow, roles("outbox", "consumer", "ledger", "read-model"));
  const isRelayed = (edge: FlowEdge): boolean =>
    (edge.on === "success" && outboxes.has(edge.from)) || (edge.on === "change" && !outboxes.has(edge.to));
  return {
    relayed: new Set(flow.filter(isRelayed)),
    dualWrites: new Set(flow.filter((edge) => edge.on === "success" && !side.has(edge.from) && side.has(edge.to))),
  };
}

/** The downstream roles, and what leads to nothing else, such as a queue before a consumer. */
function downstreamOnly(size: number, flow: readonly FlowEdge[], roles: ReadonlySet<number>): ReadonlySet<number> {
  const graph = new Graph(size, flow);
  const side = new Set(roles);
  for (let grown = true; grown; ) {
    grown = false;
    for (let index = 0; index < size; index++) {
      const onward = graph.from(index).filter((edge) => edge.on === "success");
      if (side.has(index) || onward.length === 0 || !onward.every((edge) => side.has(edge.to))) continue;
      side.add(index);
      grown = true;
    }
  }
  return side;
}
