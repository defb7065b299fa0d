import type { Canvas, Component } from "../canvas/canvas.js";
import type { Problem } from "../problem/problem.js";
import { withErrorsBeforeQueue } from "./accept-errors.js";
import type { Assumption } from "./assumption.js";
import { type Bindings, bindRoles } from "./bind.js";
import { resolveComponents } from "./components.js";
import { type Delivery, deliveryOf, inferChanges } from "./downstream.js";
import { type FlowEdge, findFlow } from "./flow.js";
import { Graph } from "./graph.js";
import type { Model, ModelComponent, ModelEdge } from "./model.js";
import { Notebook } from "./notebook.js";
import { orderEdges } from "./order.js";
import { notePollers } from "./polls.js";
import { durableSequences } from "./saga.js";
import { resolveSchedules, whySchedule } from "./schedule.js";
import { findReceivers, inferRecords, type Receivers } from "./webhook.js";
import { noteWithoutEffect } from "./without-effect.js";
import { wrapExternals } from "./wrap.js";

export interface CompileOptions {
  /** Refuse to read meanings into the drawing: roles, conditions and response arrows must be written down. */
  readonly strict?: boolean;
  /** Times the load of the files that canvas and problem have been scaled to; 1 when left out. */
  readonly loadFactor?: number;
}

/** A canvas leaves open what `--strict` wants written down. A known error: exit code 2. */
export class InferenceError extends Error {
  override readonly name = "InferenceError";

  constructor(readonly inferences: readonly Assumption[]) {
    super(inferences.map(wordInference).join("\n"));
  }
}

function wordInference({ component, field, value, because }: Assumption): string {
  return `${component}: ${field} is not stated; without --strict it would be ${String(value)} (${because})`;
}

/**
 * Binds a canvas to a problem: finds which connections carry calls, which component plays which role,
 * and fills in every default, noting each as an assumption.
 * @throws InferenceError under `strict` when anything had to be inferred.
 */
export function compile(canvas: Canvas, problem: Problem, options: CompileOptions = {}): Model {
  const notebook = new Notebook();
  const receivers = findReceivers(canvas, problem, notebook);
  const drawn = findFlow(canvas, notebook, receivers);
  const drawnGraph = new Graph(canvas.components.length, drawn);
  const entryCandidates = findEntries(canvas, drawnGraph, receivers);
  const bindings = bindRoles(canvas, problem, drawnGraph, entryCandidates, receivers, notebook);
  const flow = inferRecords(canvas, inferChanges(canvas, drawn, bindings, notebook), bindings, notebook);
  const graph = new Graph(canvas.components.length, flow);
  const entries = chooseEntries(canvas, problem, graph, bindings, entryCandidates);
  const durable = durableSequences(canvas, problem, flow, bindings);
  noteWithoutEffect(canvas, flow, bindings, durable, notebook);
  notePollers(canvas, problem, graph, entries, notebook);
  const { loadFactor = 1 } = options;
  const schedules = resolveSchedules(canvas.components, problem, graph, bindings, durable, notebook, loadFactor);
  const ordered = orderEdges(canvas, graph, flow, bindings, durable, notebook);
  const resolved = resolveComponents(
    canvas,
    problem,
    new Graph(canvas.components.length, ordered),
    bindings,
    schedules,
    durable,
    notebook,
    loadFactor,
  );
  if (options.strict === true && notebook.inferences.length > 0) throw new InferenceError(notebook.inferences);
  const wrapped = wrapExternals(
    resolved,
    toModelEdges(ordered, deliveryOf(canvas.components.length, ordered, bindings)),
  );
  const components = withErrorsBeforeQueue(problem, withEdges(wrapped.components, wrapped.edges), {
    edges: wrapped.edges,
    entries,
    notebook,
  });
  return {
    canvas,
    problem,
    components,
    edges: wrapped.edges,
    entries,
    bindings: bindings.byRole,
    unbound: bindings.unbound,
    assumptions: [...notebook.inferences, ...notebook.defaults],
    findings: notebook.findings,
  };
}

/**
 * Persons; without any, components that nothing leads to and that are neither schedules nor receivers of events. One that leads nowhere counts only
 * where no other leads anywhere: a single station is its own entry, a forgotten box is none. Who only polls orders
 * nothing.
 */
function findEntries(canvas: Canvas, graph: Graph, receivers: Receivers): readonly number[] {
  const startsItself = (component: Component, index: number): boolean =>
    component.behavior?.everyMs !== undefined || whySchedule(component) !== null || receivers.has(index);
  const sources = canvas.components.flatMap((component, index) =>
    graph.into(index).length === 0 && !startsItself(component, index) ? [index] : [],
  );
  const leading = sources.filter((index) => graph.from(index).some((edge) => edge.on !== "poll"));
  const persons = leading.filter((index) => canvas.components[index]!.type === "person");
  if (persons.length > 0) return persons;
  return leading.length > 0 ? leading : sources;
}

/** Among entries that are no persons only those that reach the goal receive traffic. */
function chooseEntries(
  canvas: Canvas,
  problem: Problem,
  graph: Graph,
  bindings: Bindings,
  candidates: readonly number[],
): readonly number[] {
  const goal = problem.goal === undefined ? undefined : bindings.byRole.get(problem.goal.role);
  if (goal === undefined || candidates.some((index) => canvas.components[index]!.type === "person")) return candidates;
  return candidates.filter((index) => {
    const reached = graph.distances([index]);
    return goal.some((target) => reached.has(target));
  });
}

function toModelEdges(flow: readonly FlowEdge[], delivery: Delivery): readonly ModelEdge[] {
  const weighted = new Set(flow.filter((edge) => edge.connection.weight !== undefined).map((edge) => edge.from));
  return flow.map((edge, index) => ({
    index,
    id: edge.id,
    from: edge.from,
    to: edge.to,
    on: edge.on,
    latencyMs: edge.connection.latencyMs ?? 0,
    weight: edge.connection.weight ?? 1,
    weighted: weighted.has(edge.from),
    operation: edge.connection.operation ?? null,
    undo: edge.connection.undo ?? null,
    async: edge.connection.async ?? false,
    dualWrite: delivery.dualWrites.has(edge),
    relayed: delivery.relayed.has(edge),
    divertsAny: edge.on === "open" && edge.connection.openFor === "any",
    drawn: true,
  }));
}

function withEdges(components: readonly ModelComponent[], edges: readonly ModelEdge[]): readonly ModelComponent[] {
  return components.map((component) => ({
    ...component,
    edges: edges.filter((edge) => edge.from === component.index).map((edge) => edge.index),
  }));
}
