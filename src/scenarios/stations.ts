import type { Model, ModelComponent, ModelEdge } from "../compile/model.js";
import { modes } from "../components/index.js";
import type { GroundTruth } from "../roles/ground-truth.js";
import { roles } from "../roles/index.js";
import { Records } from "../roles/records.js";
import type { Engine } from "../sim/engine.js";
import { serviceTimes } from "../sim/service-times.js";
import { type Edge, Station } from "../sim/station.js";
import { autoscale } from "./autoscaler.js";
import { componentStreams } from "./component-streams.js";

/** A provider out of room says so after this time, milliseconds. */
const externalFullMs = 10;

/** Puts a model's components into an engine; their roles keep the ground truth. */
export function installStations(engine: Engine, model: Model, truth: GroundTruth): void {
  const records = new Records(engine);
  engine.intents.attach(truth);
  engine.intents.attach(records);
  engine.observers.add(truth);
  engine.observers.add({ closing: (intent) => records.clear(intent) });
  const crashing = crashPoints(model);
  for (const component of model.components) {
    const station = new Station(stationSpec(engine, model, component), engine);
    station.crashes = crashing.has(component.index);
    engine.stations.push(station);
    if (component.autoscale !== undefined) autoscale(engine, station, component.autoscale);
  }
  for (const component of model.components) {
    const station = engine.stations[component.index]!;
    station.behaviour = modes.get(component.mode)!.create(component.parameters)(engine, station);
    const role = component.role === null ? undefined : roles.get(component.role);
    if (role === undefined) continue;
    const parameters = model.problem.roles?.[role.name] ?? {};
    if (role.external && !component.external) continue;
    const { idempotency } = component;
    const { goal } = model.problem;
    const goalOperation = goal?.role === role.name ? role.operations.indexOf(goal.operation) : -1;
    station.effect = role.create({ engine, station, truth, records, idempotency, parameters, goalOperation });
    if (parameters.errorCurve === true) station.curveCapacity = (component.ratePerS ?? 0) / 1000;
  }
}

function stationSpec(engine: Engine, model: Model, component: ModelComponent) {
  const edges = component.edges.map((index) => model.edges[index]!);
  const on = (condition: ModelEdge["on"]): readonly Edge[] =>
    edges.filter((edge) => edge.on === condition).map((edge) => stationEdge(model, edge));
  const stream = componentStreams(engine.options.streams, model, component);
  return {
    index: component.index,
    id: component.id,
    active: component.active,
    slots: component.slots,
    asynchronous: component.asynchronous,
    queueLimit: component.queueLimit,
    times: serviceTimes(component.time, stream("service")),
    errorRate: component.errorRate,
    errors: stream("error"),
    stream,
    success: on("success"),
    failure: on("failure"),
    compensate: on("compensate"),
    deadLetter: on("dead-letter"),
    weighted: edges.some((edge) => edge.weighted && edge.on === "success"),
    fullAfterMs: component.external ? externalFullMs : 0,
  };
}

function stationEdge(model: Model, edge: ModelEdge): Edge {
  const target = model.components[edge.to]!;
  const operations = roles.get(target.role ?? "")?.operations ?? [];
  return {
    id: edge.id,
    to: edge.to,
    latencyMs: edge.latencyMs,
    weight: edge.weight,
    operation: Math.max(0, edge.operation === null ? 0 : operations.indexOf(edge.operation)),
    async: edge.async,
    lossy: edge.drawn,
  };
}

function goalComponents(model: Model): readonly number[] {
  return model.problem.goal === undefined ? [] : (model.bindings.get(model.problem.goal.role) ?? []);
}

/**
 * Where a crash strikes: on each way to the goal the innermost retry; where no way has one, the active component
 * nearest to the goal. A way ends at a queue: what stands before it has been answered long ago.
 */
function crashPoints(model: Model): ReadonlySet<number> {
  const nearest = (isPoint: (component: ModelComponent) => boolean): ReadonlySet<number> => {
    const found = new Set<number>();
    const seen = new Set<number>();
    const pending = [...goalComponents(model)];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const edge of model.edges) {
        if (edge.to !== next || edge.on !== "success" || seen.has(edge.from)) continue;
        const caller = model.components[edge.from]!;
        seen.add(edge.from);
        if (caller.asynchronous) continue;
        if (isPoint(caller)) found.add(edge.from);
        else pending.push(edge.from);
      }
    }
    return found;
  };
  const retries = nearest((component) => component.mode === "retry");
  return retries.size > 0 ? retries : nearest((component) => component.active);
}
