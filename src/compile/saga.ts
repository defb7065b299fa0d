import type { Component } from "../canvas/canvas.js";
import { byDefault } from "../components/mode.js";
import type { SagaParameters } from "../components/saga-plan.js";
import type { FlowEdge } from "./flow.js";
import type { Notebook } from "./notebook.js";
import { isActive } from "./timing.js";

/** Modes that take their success connections one after another and leave the sequence as it is. */
const sequentialModes = new Set(["passthrough", "transform", "retry"]);

/**
 * Whether a component is a durable sequence: it takes its success connections one after another, and says of one how it
 * is undone.
 * @param edges connections out of the component
 */
export function isDurable(component: Component, edges: readonly FlowEdge[]): boolean {
  return maySequence(component) && edges.some((edge) => edge.on === "success" && edge.connection.undo !== undefined);
}

/** Whether `undo` means anything on the component's success connections. */
export function maySequence(component: Component): boolean {
  return isActive(component) && sequentialModes.has(component.behavior?.mode ?? "passthrough");
}

/** Fills in the defaults of a durable sequence. */
export function resolveSaga({ id, saga = {} }: Component, notebook: Notebook): SagaParameters {
  const given = <T extends number | boolean>(field: keyof SagaParameters, written: T | undefined, fallback: T): T => {
    if (written === undefined) notebook.assume(id, `saga.${field}`, fallback, byDefault);
    return written ?? fallback;
  };
  return {
    resumeMs: given("resumeMs", saga.resumeMs, 30_000),
    fence: given("fence", saga.fence, true),
    undoAttempts: saga.undoAttempts ?? Number.POSITIVE_INFINITY,
    undoEveryMs: given("undoEveryMs", saga.undoEveryMs, 2_000),
    settleMs: given("settleMs", saga.settleMs, 30_000),
  };
}
