import type { Canvas, Component, ComponentType, Connection } from "../../src/canvas/canvas.js";
import { findFlow } from "../../src/compile/flow.js";
import type { Model, ModelComponent } from "../../src/compile/model.js";
import { Notebook } from "../../src/compile/notebook.js";
import type { Problem } from "../../src/problem/problem.js";

const placing =
  (type: ComponentType) =>
  (id: string, rest: Partial<Component> = {}): Component => ({ id, type, ...rest });

export const person = placing("person");
export const step = placing("step");
export const storage = placing("storage");
export const tool = placing("tool");
export const channel = placing("channel");
export const trigger = placing("trigger");
export const decision = placing("decision");

/** A component with a behaviour mode and its parameters. */
export const mode = (name: string, parameters: object = {}): Partial<Component> => ({
  behavior: { mode: name, ...parameters },
});

/** A connection written `from>to`, with what else it says. */
export function arrow(fromTo: string, rest: Partial<Connection> = {}): Connection {
  const [from = "", to = ""] = fromTo.split(">");
  return { from, to, ...rest };
}

/** Connections are written `from>to`, or with {@link arrow}. */
export function draw(components: readonly Component[], connections: readonly (string | Connection)[]): Canvas {
  return { components, connections: connections.map((line) => (typeof line === "string" ? arrow(line) : line)) };
}

/** Flow edges as `from>to` with their condition in brackets unless it is success. */
export function flowOf(canvas: Canvas, notebook = new Notebook()): readonly string[] {
  const name = (index: number): string => canvas.components[index]!.id;
  return findFlow(canvas, notebook).map(
    ({ from, to, on }) => `${name(from)}>${name(to)}${on === "success" ? "" : ` (${on})`}`,
  );
}

/** λ = 20/s; the provider takes 60/s, 300 ms each; charging is the goal. */
export const shop: Problem = {
  id: "shop",
  title: "A shop",
  roles: { "payment-provider": { ratePerS: 60, timeMs: 300 }, "order-store": {} },
  goal: { role: "payment-provider", operation: "charge" },
  workload: { ratePerS: 20, durationMs: 10_000 },
  scenarios: [{ id: "baseline", kind: "baseline" }],
};

/** Nothing external, no roles, no goal; λ = 20/s. */
export const plainWork: Problem = {
  id: "work",
  title: "Work",
  workload: { ratePerS: 20, durationMs: 10_000 },
  scenarios: [{ id: "baseline", kind: "baseline" }],
};

export function find(model: Model, id: string): ModelComponent {
  const found = model.components.find((component) => component.id === id);
  if (found === undefined) throw new Error(`the model has no component ${id}`);
  return found;
}

/** Ids of the components bound to a role. */
export function boundTo(model: Model, role: string): readonly string[] {
  return (model.bindings.get(role) ?? []).map((index) => model.components[index]!.id);
}

/** The model's edges as `from>to` in the order in which `id` takes them. */
export function edgesOf(model: Model, id: string): readonly string[] {
  return find(model, id).edges.map((index) => {
    const edge = model.edges[index]!;
    return `${model.components[edge.from]!.id}>${model.components[edge.to]!.id}`;
  });
}
