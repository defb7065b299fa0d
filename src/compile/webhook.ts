import type { Canvas, Component } from "../canvas/canvas.js";
import type { Problem } from "../problem/problem.js";
import { roles } from "../roles/index.js";
import type { Bindings } from "./bind.js";
import type { FlowEdge } from "./flow.js";
import type { Notebook } from "./notebook.js";
import { statedRole } from "./stated-role.js";

const receiverTypes: readonly Component["type"][] = ["step", "trigger", "channel"];
const receiverWords = /webhook/i;

/** Components that receive a provider's events, by position; the provider starts the calls that come to them. */
export type Receivers = ReadonlySet<number>;

function stated(component: Component, role: string): boolean {
  return component.role !== undefined && statedRole(component.role) === role;
}

/** Whether a component may be the provider: events come from nobody else. */
export function mayProvide(component: Component): boolean {
  return component.type === "tool" || stated(component, "payment-provider");
}

/** The components whose role says that they receive the provider's events. */
export function statedReceivers(canvas: Canvas): Receivers {
  return new Set(canvas.components.flatMap((component, index) => (stated(component, "webhook") ? [index] : [])));
}

/**
 * The components that receive the provider's events: those whose role says so; else, where the problem's provider sends
 * any, a step, trigger or channel whose id or label says webhook and to which nothing leads but tools. What sends
 * webhooks to somebody else is called likewise, and something leads to it.
 */
export function findReceivers(canvas: Canvas, problem: Problem, notebook: Notebook): Receivers {
  const explicit = statedReceivers(canvas);
  if (explicit.size > 0 || problem.roles?.webhook === undefined) return explicit;
  const byId = new Map(canvas.components.map((component) => [component.id, component]));
  const isFed = ({ id }: Component): boolean =>
    canvas.connections.some(({ from, to, direction = "forward" }) => {
      if (direction === "none") return false;
      const forward = to === id && direction !== "backward" ? byId.get(from) : undefined;
      const backward = from === id && direction !== "forward" ? byId.get(to) : undefined;
      return [forward, backward].some((source) => source !== undefined && !mayProvide(source));
    });
  const inferred = canvas.components.flatMap((component, index) => {
    const { role, type, id, label = "" } = component;
    const fits = role === undefined && receiverTypes.includes(type) && receiverWords.test(`${id} ${label}`);
    return fits && !isFed(component) ? [index] : [];
  });
  for (const index of inferred) {
    const { id } = canvas.components[index]!;
    notebook.infer(id, "role", "webhook", "its words name one, and nothing of the design's own calls it");
  }
  return new Set(inferred);
}

/** What a webhook hands on to an order store asks it to record what the provider said, where it does not say what. */
export function inferRecords(
  canvas: Canvas,
  flow: readonly FlowEdge[],
  bindings: Bindings,
  notebook: Notebook,
): readonly FlowEdge[] {
  const receivers = new Set(bindings.byRole.get("webhook"));
  const roleOf = (index: number) => [...bindings.byRole].find(([, indexes]) => indexes.includes(index))?.[0];
  const onward = (index: number) => flow.filter((edge) => edge.from === index && edge.on === "success");
  /** The order store that an edge leads to, at once or through what plays no role and leads nowhere else. */
  const storeBehind = (edge: FlowEdge, seen: ReadonlySet<number> = new Set()): number | null => {
    const role = roleOf(edge.to);
    if (role !== undefined) return roles.get(role)?.operations.includes("record") === true ? edge.to : null;
    const [next, ...others] = onward(edge.to);
    if (next === undefined || others.length > 0 || seen.has(edge.to)) return null;
    return next.connection.operation === undefined ? storeBehind(next, new Set([...seen, edge.to])) : null;
  };
  return flow.map((edge) => {
    if (!receivers.has(edge.from) || edge.on !== "success" || edge.connection.operation !== undefined) return edge;
    const store = storeBehind(edge);
    if (store === null) return edge;
    const because = `a webhook tells ${canvas.components[store]!.id} what the provider says`;
    notebook.infer(canvas.components[edge.from]!.id, `connection ${edge.id}: operation`, "record", because);
    return { ...edge, connection: { ...edge.connection, operation: "record" } };
  });
}
