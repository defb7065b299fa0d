import type { Component } from "../canvas/canvas.js";
import { scaledCount } from "../canvas/scale.js";
import type { Problem } from "../problem/problem.js";
import type { ReconcilerParameters } from "../roles/reconciler.js";
import type { SweeperParameters } from "../roles/sweeper.js";
import type { Bindings } from "./bind.js";
import type { FlowEdge } from "./flow.js";
import type { Graph } from "./graph.js";
import type { Notebook } from "./notebook.js";
import { statedRole } from "./stated-role.js";
import { wordsOf } from "./words.js";

const defaultEveryMs = 15_000;
const defaultAgeMs = 30_000;
const defaultBatch = 500;

const scheduleWords = /reconcil|sweep/i;

/** What a connection of a schedule may ask for, whatever role its target plays. */
export const scheduleOperations: readonly string[] = ["charge", "query", "compensate", "resume"];

/** What a schedule does: it settles unknown rows, or takes over the records of durable sequences. */
export type Schedule =
  | { readonly role: "reconciler"; readonly parameters: ReconcilerParameters }
  | { readonly role: "sweeper"; readonly parameters: SweeperParameters };

/** Why a component starts calls by itself; null when it does not: it is no schedule. */
export function whySchedule(component: Component): string | null {
  if (component.role !== undefined) return statedRole(component.role) === "reconciler" ? "its role" : null;
  if (component.type !== "trigger") return null;
  if (component.behavior?.everyMs !== undefined) return "a trigger with everyMs";
  return scheduleWords.test(wordsOf(component)) ? "a trigger whose words name a reconciler or sweeper" : null;
}

/** Whether a store keeps rows under an idempotency key. */
export function isGuarded(component: Component, index: number, bindings: Bindings): boolean {
  const key = component.idempotency?.key;
  return bindings.guardedByDefault.has(index) || (key !== undefined && key !== "none");
}

/** What a schedule lacks to settle any row, and the mend; null when it lacks nothing. */
function whyIdle(
  index: number,
  components: readonly Component[],
  problem: Problem,
  graph: Graph,
  bindings: Bindings,
): string | null {
  if (!graph.from(index).some((edge) => edge.on === "success")) {
    return "it leads nowhere: connect it to the provider, its breaker or its worker";
  }
  const stores = bindings.byRole.get("order-store") ?? [];
  if (!stores.some((store) => isGuarded(components[store]!, store, bindings))) {
    return "there are no rows to look at: give an order-store before the provider an idempotency.key";
  }
  const { goal } = problem;
  if (goal === undefined) return null;
  const reached = graph.distances([index]);
  if ((bindings.byRole.get(goal.role) ?? []).some((target) => reached.has(target))) return null;
  return `it leads to no ${goal.role}, which alone could say how a row ended`;
}

/**
 * What each schedule does, by component, with every default filled in; says aloud where one cannot act.
 * @param graph connections that carry calls
 * @param durable components that are durable sequences
 */
export function resolveSchedules(
  components: readonly Component[],
  problem: Problem,
  graph: Graph,
  bindings: Bindings,
  durable: ReadonlySet<number>,
  notebook: Notebook,
  loadFactor: number,
): ReadonlyMap<number, Schedule> {
  const schedules = new Map<number, Schedule>();
  const batch = scaledCount(defaultBatch, loadFactor);
  const intoDurable = (edge: FlowEdge): boolean => durable.has(edge.to);
  for (const index of bindings.byRole.get("reconciler") ?? []) {
    const component = components[index]!;
    const ways = graph.from(index).filter((edge) => edge.on === "success");
    const sweeps = ways.some(intoDurable);
    const idle = sweeps ? null : whyIdle(index, components, problem, graph, bindings);
    const warn = (what: string): void =>
      notebook.find({
        code: "without-effect",
        severity: "warning",
        component: component.id,
        message: `${component.id}: ${what}`,
      });
    if (idle !== null) warn(`the schedule has no effect; ${idle}`);
    const mode = component.behavior?.mode ?? "passthrough";
    if (mode !== "passthrough" && mode !== "transform") {
      warn(`mode ${mode} has no effect on a schedule, which tries again at each tick; put it on what it calls`);
    }
    if (component.service !== undefined) warn("service has no effect on a schedule, which has no slots");
    for (const edge of ways) {
      if (!sweeps || intoDurable(edge)) continue;
      warn(
        `connection ${edge.id} has no effect: a schedule that takes over records of a durable sequence does only that`,
      );
    }
    schedules.set(
      index,
      scheduleOf(
        component,
        ways.filter((edge) => !sweeps || intoDurable(edge)),
        sweeps,
        idle,
        batch,
        notebook,
      ),
    );
  }
  return schedules;
}

function scheduleOf(
  { id, behavior }: Component,
  edges: readonly FlowEdge[],
  sweeps: boolean,
  idle: string | null,
  batch: number,
  notebook: Notebook,
): Schedule {
  const given = (field: "everyMs" | "ageMs" | "batch", fallback: number): number => {
    const written = behavior?.[field];
    if (typeof written === "number") return written;
    notebook.assume(id, `behavior.${field}`, fallback, "default");
    return fallback;
  };
  const asks = (operation: string): boolean => edges.some((edge) => edge.connection.operation === operation);
  const times = {
    everyMs: given("everyMs", defaultEveryMs),
    ageMs: given("ageMs", defaultAgeMs),
    batch: given("batch", batch),
  };
  return sweeps
    ? { role: "sweeper", parameters: { ...times, resume: asks("resume") } }
    : { role: "reconciler", parameters: { ...times, query: asks("query"), acts: idle === null } };
}
