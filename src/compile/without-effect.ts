import type { Canvas, Component } from "../canvas/canvas.js";
import { roles } from "../roles/index.js";
import type { Bindings } from "./bind.js";
import type { FlowEdge } from "./flow.js";
import type { Notebook } from "./notebook.js";
import { performerOf } from "./performer.js";
import { maySequence } from "./saga.js";
import { scheduleOperations, whySchedule } from "./schedule.js";

/** Says aloud what a canvas states and this version does not simulate, rather than ignoring it. */
export function noteWithoutEffect(
  canvas: Canvas,
  flow: readonly FlowEdge[],
  bindings: Bindings,
  sequences: ReadonlySet<number>,
  notebook: Notebook,
): void {
  for (const edge of flow) noteConnection(canvas, edge, flow, bindings, notebook);
  canvas.components.forEach((component, index) => {
    const warn = (what: string): void =>
      notebook.find({
        code: "without-effect",
        severity: "warning",
        component: component.id,
        message: `${component.id}: ${what} is not simulated in this version`,
      });
    noteLockFields(canvas, component, bindings, notebook);
    const durable = sequences.has(index);
    if (component.saga !== undefined && !durable) {
      warn("saga acts on a component that keeps a durable sequence, one with an undo on a success connection; here it");
    }
    for (const field of ["onUnknown", "budgetRatio"] as const) {
      if (durable && component.behavior?.[field] !== undefined) warn(`behavior.${field} of a durable sequence`);
    }
    if (component.behavior?.everyMs !== undefined && whySchedule(component) === null) {
      warn('behavior.everyMs acts on a trigger, or with role "reconciler"; here it');
    }
  });
}

/** Fields that a lock alone has, and the only keys that it has. */
function noteLockFields(canvas: Canvas, component: Component, bindings: Bindings, notebook: Notebook): void {
  const { onHeld, key } = component.idempotency ?? {};
  const isLock = (bindings.byRole.get("lock") ?? []).includes(canvas.components.indexOf(component));
  const warn = (message: string): void =>
    notebook.find({
      code: "without-effect",
      severity: "warning",
      component: component.id,
      message: `${component.id}: ${message}`,
    });
  if (isLock && key !== undefined && key !== "sku" && key !== "intent") {
    warn(`idempotency.key "${key}" has no effect on a lock, which is one per "intent" or per "sku"; it is per intent`);
  }
  if (isLock) return;
  if (onHeld !== undefined) warn("idempotency.onHeld has no effect; it is a lock's");
  if (key === "sku") warn(`idempotency.key "${key}" has no effect; it is a lock's`);
}

function noteConnection(
  canvas: Canvas,
  edge: FlowEdge,
  flow: readonly FlowEdge[],
  bindings: Bindings,
  notebook: Notebook,
): void {
  const warn = (message: string): void =>
    notebook.find({
      code: "without-effect",
      severity: "warning",
      connection: edge.id,
      message: `connection ${edge.id}: ${message}`,
    });
  noteOpen(canvas, edge, flow, warn);
  if (edge.on === "change" && !(bindings.byRole.get("order-store") ?? []).includes(edge.from)) {
    warn("changes come from an order-store; its source is none, so it carries no events");
  }
  if (edge.on === "dead-letter" && canvas.components[edge.from]!.behavior?.mode !== "queue") {
    warn("a dead letter needs a queue upstream that gives up; there is none, so it carries no calls");
  }
  const roleOf = (index: number) => [...bindings.byRole].find(([, indexes]) => indexes.includes(index))?.[0];
  const onward = (index: number) =>
    flow.flatMap((onwards) => (onwards.from === index && onwards.on === "success" ? [onwards.to] : []));
  const noteOperation = (field: "operation" | "undo", asked: string): void => {
    if (performerOf(asked, edge.to, roleOf, onward) !== null) return;
    const role = roleOf(edge.to);
    const operations = roles.get(role ?? "")?.operations ?? [];
    const known = role === undefined ? "plays no role" : `is a ${role}: ${operations.join(", ")}`;
    const effect = field === "undo" ? "undoes nothing" : "has no effect";
    warn(`${field} "${asked}" ${effect}; its target ${known}`);
  };
  const { operation, undo } = edge.connection;
  const source = canvas.components[edge.from]!;
  if (undo !== undefined && !(edge.on === "success" && maySequence(source))) {
    warn(
      "undo acts on success connections that are taken one after another (passthrough, transform, retry); here it has no effect",
    );
  } else if (undo !== undefined && undo !== "none") noteOperation("undo", undo);
  if (operation === undefined || (whySchedule(source) !== null && scheduleOperations.includes(operation))) return;
  noteOperation("operation", operation);
}

function noteOpen(canvas: Canvas, edge: FlowEdge, flow: readonly FlowEdge[], warn: (message: string) => void): void {
  if (edge.on !== "open") {
    if (edge.connection.openFor !== undefined) warn('openFor acts on a connection with on "open"; this one has not');
    return;
  }
  if (canvas.components[edge.from]!.behavior?.mode !== "circuitbreaker") {
    warn('on "open" is for what a circuitbreaker refuses; its source is none, so it carries no calls');
  } else if (flow.find(({ from, on }) => from === edge.from && on === "open") !== edge) {
    warn('a breaker takes its first connection with on "open"; this one carries no calls');
  }
}
