import type { Canvas } from "../canvas/canvas.js";
import { roles } from "../roles/index.js";
import type { Bindings } from "./bind.js";
import type { FlowEdge } from "./flow.js";
import type { Graph } from "./graph.js";
import type { Notebook } from "./notebook.js";
import { isGuarded } from "./schedule.js";
import { isActive } from "./timing.js";

/** Roles whose first operation guards nothing when it comes after the charge. */
const guardingRoles = ["order-store", "lock", "inventory"] as const;

/**
 * The order in which edges are taken: the canvas's, except that an active component asks the guard, takes the lock and
 * reserves before it takes the branch that reaches the provider. A drawing has no order, and a guard asked afterwards
 * guards nothing. A durable sequence is its own guard, and its order is part of the design.
 */
export function orderEdges(
  canvas: Canvas,
  graph: Graph,
  flow: readonly FlowEdge[],
  bindings: Bindings,
  durable: ReadonlySet<number>,
  notebook: Notebook,
): readonly FlowEdge[] {
  const towardsProvider = graph.distances(bindings.byRole.get("payment-provider") ?? [], "up");
  /** Guards, with the operation that does it. */
  const guards = new Map<number, string>();
  for (const role of guardingRoles) {
    for (const index of bindings.byRole.get(role) ?? []) {
      if (role === "order-store" && !isGuarded(canvas.components[index]!, index, bindings)) continue;
      guards.set(index, roles.get(role)!.operations[0]!);
    }
  }
  const isGuardBranch = (edge: FlowEdge): boolean =>
    edge.on === "success" &&
    guards.has(edge.to) &&
    !towardsProvider.has(edge.to) &&
    (edge.connection.operation ?? guards.get(edge.to)) === guards.get(edge.to);
  const reachesProvider = (edge: FlowEdge): boolean => edge.on === "success" && towardsProvider.has(edge.to);
  return canvas.components.flatMap((component, index) => {
    const own = flow.filter((edge) => edge.from === index);
    const firstProvider = own.findIndex(reachesProvider);
    if (!isActive(component) || firstProvider < 0 || durable.has(index)) return own;
    const late = own.filter((edge, position) => isGuardBranch(edge) && position > firstProvider);
    if (late.length === 0) return own;
    for (const edge of late) {
      const guard = canvas.components[edge.to]!.id;
      notebook.infer(
        component.id,
        `connection ${edge.id}`,
        "taken first",
        `${guard} is asked before the provider's branch`,
      );
    }
    const rest = own.filter((edge) => !late.includes(edge));
    return [...rest.slice(0, firstProvider), ...late, ...rest.slice(firstProvider)];
  });
}
