import type { Canvas, Component } from "../canvas/canvas.js";
import { byDefault } from "../components/mode.js";
import type { SagaParameters } from "../components/saga-plan.js";
import type { Problem } from "../problem/problem.js";
import { roles } from "../roles/index.js";
import type { Bindings } from "./bind.js";
import type { FlowEdge } from "./flow.js";
import type { Notebook } from "./notebook.js";
import { whySchedule } from "./schedule.js";
import { isActive } from "./timing.js";

/** Modes that take their success connections one after another and leave the sequence as it is. */
const sequentialModes = new Set(["passthrough", "transform", "retry"]);

/** Whether `undo` means anything on the component's success connections. */
export function maySequence(component: Component): boolean {
  return isActive(component) && whySchedule(component) === null && sequentialModes.has(modeOf(component));
}

function modeOf({ behavior }: Component): string {
  return behavior?.mode ?? "passthrough";
}

/**
 * The components that are durable sequences: each takes its success connections one after another, and says of one how
 * it is undone. What belongs to the problem is none of the design's.
 */
export function durableSequences(
  canvas: Canvas,
  problem: Problem,
  flow: readonly FlowEdge[],
  bindings: Bindings,
): ReadonlySet<number> {
  const external = [...bindings.byRole].flatMap(([role, bound]) =>
    roles.get(role)?.external === true && problem.roles?.[role] !== undefined ? bound : [],
  );
  const undone = flow.filter((edge) => edge.on === "success" && edge.connection.undo !== undefined);
  const sources = undone.map((edge) => edge.from).filter((index) => maySequence(canvas.components[index]!));
  return new Set(sources.filter((index) => !external.includes(index)));
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
