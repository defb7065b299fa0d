import type { Canvas } from "../canvas/canvas.js";
import { roles } from "../roles/index.js";
import type { Bindings } from "./bind.js";
import type { FlowEdge } from "./flow.js";
import type { Notebook } from "./notebook.js";
import { performerOf } from "./performer.js";
import { scheduleOperations, whySchedule } from "./schedule.js";

const notSimulated = new Set(["open"]);

/** Says aloud what a canvas states and this version does not simulate, rather than ignoring it. */
export function noteWithoutEffect(
  canvas: Canvas,
  flow: readonly FlowEdge[],
  bindings: Bindings,
  notebook: Notebook,
): void {
  for (const edge of flow) noteConnection(canvas, edge, flow, bindings, notebook);
  for (const component of canvas.components) {
    const warn = (what: string): void =>
      notebook.find({
        code: "without-effect",
        severity: "warning",
        component: component.id,
        message: `${component.id}: ${what} is not simulated in this version`,
      });
    const { onHeld, key } = component.idempotency ?? {};
    if (onHeld !== undefined) warn("idempotency.onHeld");
    if (key === "sku") warn(`idempotency.key "${key}"`);
    if (component.saga !== undefined) warn("saga");
    if (component.behavior?.everyMs !== undefined && whySchedule(component) === null) {
      warn('behavior.everyMs acts on a trigger, or with role "reconciler"; here it');
    }
  }
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
  if (notSimulated.has(edge.on)) warn(`on "${edge.on}" is not simulated in this version; it carries no calls`);
  if (edge.on === "change" && !(bindings.byRole.get("order-store") ?? []).includes(edge.from)) {
    warn("changes come from an order-store; its source is none, so it carries no events");
  }
  if (edge.connection.openFor !== undefined) warn("openFor is not simulated in this version");
  if (edge.on === "dead-letter" && canvas.components[edge.from]!.behavior?.mode !== "queue") {
    warn("a dead letter needs a queue upstream that gives up; there is none, so it carries no calls");
  }
  if (edge.connection.undo !== undefined) warn("undo is not simulated in this version");
  const { operation } = edge.connection;
  if (operation === undefined) return;
  if (whySchedule(canvas.components[edge.from]!) !== null && scheduleOperations.includes(operation)) return;
  const roleOf = (index: number) => [...bindings.byRole].find(([, indexes]) => indexes.includes(index))?.[0];
  const onward = (index: number) =>
    flow.flatMap((onwards) => (onwards.from === index && onwards.on === "success" ? [onwards.to] : []));
  if (performerOf(operation, edge.to, roleOf, onward) !== null) return;
  const role = roleOf(edge.to);
  const operations = roles.get(role ?? "")?.operations ?? [];
  const known = role === undefined ? "plays no role" : `is a ${role}: ${operations.join(", ")}`;
  warn(`operation "${operation}" has no effect; its target ${known}`);
}
