import { curveCapacityPerS } from "../compile/accept-errors.js";
import type { Model, ModelComponent, ModelEdge } from "../compile/model.js";
import { performerOf } from "../compile/performer.js";
import { roleParameters } from "../compile/role-parameters.js";
import { modes } from "../components/index.js";
import type { WorkloadSpec } from "../problem/problem.js";
import { Carts } from "../roles/carts.js";
import type { GroundTruth } from "../roles/ground-truth.js";
import { roles } from "../roles/index.js";
import type { Alarm } from "../roles/role.js";
import { UnknownRows } from "../roles/unknown-rows.js";
import type { Engine } from "../sim/engine.js";
import { serviceTimes } from "../sim/service-times.js";
import { type Edge, inherited, Station } from "../sim/station.js";
import { autoscale } from "./autoscaler.js";
import { bareStation } from "./bare-station.js";
import { componentStreams } from "./component-streams.js";
import { durableSequence } from "./durable-sequence.js";
import { EventRelay } from "./event-relay.js";
import { installProviderEvents } from "./provider-events.js";
import { RoleAlarm } from "./role-alarm.js";

/** A provider out of room says so after this time, milliseconds. */
const externalFullMs = 10;

/** Puts a model's components into an engine; their roles keep the ground truth. */
export function installStations(engine: Engine, model: Model, truth: GroundTruth, workload: WorkloadSpec): void {
  const { records } = engine;
  const unknownRows = new UnknownRows(engine, records);
  engine.intents.attach(truth);
  engine.observers.add(truth);
  if (model.components.some((component) => component.saga !== undefined)) {
    engine.intents.attach(truth.sequences);
    engine.observers.add(truth.sequences);
  }
  const carts = installCarts(engine, workload);
  const crashing = crashPoints(model);
  for (const component of model.components) {
    const station = new Station(stationSpec(engine, model, component, workload), engine);
    station.crashes = crashing.has(component.index);
    station.curveCapacity = curveCapacityPerS(model, component) / 1000;
    engine.stations.push(station);
    if (component.autoscale !== undefined) autoscale(engine, station, component.autoscale);
  }
  for (const component of model.components) {
    const station = engine.stations[component.index]!;
    station.behaviour = modes.get(component.mode)!.create(component.parameters)(engine, station);
    if (component.saga !== undefined) {
      const operation = (edge: ModelEdge, asked: string) => codeOf(model, edge.to, asked);
      station.behaviour = durableSequence(engine, model, component, station, component.saga, operation);
    }
    if (component.role === "order-store") {
      relayChanges(engine, component, stationEdges(model, component, "change", workload), truth);
    }
    const role = component.role === null ? undefined : roles.get(component.role);
    if (role === undefined) continue;
    const parameters = roleParameters(model, component);
    if (role.external && !component.external) continue;
    const { idempotency } = component;
    const { goal } = model.problem;
    const goalOperation = goal?.role === role.name ? role.operations.indexOf(goal.operation) : -1;
    const behavior = component.parameters;
    const relay = (edges: readonly Edge[]) => installRelay(engine, `${component.id} (relay)`, edges);
    const alarm = (ring: () => void) => installAlarm(engine, `${component.id} (alarm)`, ring);
    const reports = () => installProviderEvents(engine, model, component);
    const chargeIsGoal = goal?.role === "payment-provider" && goal.operation === "charge";
    const keeping = { truth, records, unknownRows, idempotency, carts };
    const goals = { goalOperation, chargeIsGoal };
    const context = { engine, station, ...keeping, parameters, behavior, ...goals, relay, alarm, reports };
    station.effect = role.create(context);
    if (role.behave !== undefined) station.behaviour = role.behave(context);
  }
  // After all who look at an intent's records when it closes.
  engine.observers.add({ closing: (intent) => records.clear(intent) });
}

/** What intents want of the stock; without a cart in the workload nothing follows their arrivals. */
function installCarts(engine: Engine, { cart }: WorkloadSpec): Carts {
  if (cart === undefined) return new Carts(cart, null);
  const carts = new Carts(cart, engine.options.streams.stream("carts"));
  engine.intents.attach(carts);
  return carts;
}

function stationSpec(engine: Engine, model: Model, component: ModelComponent, workload: WorkloadSpec) {
  const edges = component.edges.map((index) => model.edges[index]!);
  const on = (condition: ModelEdge["on"]) => stationEdges(model, component, condition, workload);
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
    open: on("open"),
    poll: on("poll"),
    weighted: edges.some((edge) => edge.weighted && edge.on === "success"),
    fullAfterMs: component.external ? externalFullMs : 0,
  };
}

function stationEdges(
  model: Model,
  component: ModelComponent,
  condition: ModelEdge["on"],
  workload: WorkloadSpec,
): readonly Edge[] {
  return component.edges
    .map((index) => model.edges[index]!)
    .filter((edge) => edge.on === condition)
    .map((edge) => stationEdge(model, edge, workload));
}

/** The relay along some of a component's connections, at a station of its own. */
function installRelay(engine: Engine, name: string, edges: readonly Edge[]): EventRelay {
  const station = bareStation(engine, name, edges);
  const relay = new EventRelay(engine, station);
  station.behaviour = relay;
  return relay;
}

/** The alarm of a role, at a station of its own. */
function installAlarm(engine: Engine, name: string, ring: () => void): Alarm {
  const station = bareStation(engine, name);
  const alarm = new RoleAlarm(engine, station, ring);
  station.behaviour = alarm;
  return alarm;
}

/**
 * A store with `on: "change"` connections relays its changes: an order's becoming final and the event about it are one
 * write, so none is forgotten.
 */
function relayChanges(engine: Engine, store: ModelComponent, edges: readonly Edge[], truth: GroundTruth): void {
  if (edges.length === 0) return;
  const relay = installRelay(engine, `${store.id} (changes)`, edges);
  const publish = (intent: number): void => {
    if (truth.orders[intent]! > 0) relay.publish(intent);
  };
  engine.observers.add({ confirmed: publish, declined: publish });
}

/** A connection as the kernel takes it. */
export function stationEdge(model: Model, edge: ModelEdge, workload: WorkloadSpec): Edge {
  return {
    id: edge.id,
    to: edge.to,
    latencyMs: edge.latencyMs,
    weight: edge.weight,
    operation: operationOf(model, edge),
    async: edge.async,
    lossy: edge.drawn,
    skipRate: edge.dualWrite ? (workload.dualWriteLossRate ?? 0) : 0,
    repeatRate: edge.relayed ? (workload.eventRepeatRate ?? 0) : 0,
    divertsAny: edge.divertsAny,
  };
}

/** Code of the operation that a connection asks for. */
function operationOf(model: Model, { from, to, operation }: ModelEdge): number {
  const role = roles.get(model.components[from]!.role ?? "");
  if (operation === null) return role === undefined ? inherited : 0;
  // What starts calls of its own says itself what they ask for.
  if (role?.behave !== undefined) return 0;
  return codeOf(model, to, operation);
}

/** Code of an operation at the role that performs it, from a component on. */
function codeOf(model: Model, target: number, operation: string): number {
  const onward = (index: number): readonly number[] =>
    model.components[index]!.edges.map((edge) => model.edges[edge]!).flatMap((edge) =>
      edge.on === "success" ? [edge.to] : [],
    );
  const performer = performerOf(operation, target, (index) => model.components[index]!.role, onward);
  return performer === null ? 0 : performer.operations.indexOf(operation);
}

function goalComponents(model: Model): readonly number[] {
  return model.problem.goal === undefined ? [] : (model.bindings.get(model.problem.goal.role) ?? []);
}

/** Durable sequences, and what they lead to: there a crash strikes the sequence, after a step. */
function withinSequences(model: Model): ReadonlySet<number> {
  const reached = new Set(model.components.flatMap(({ saga, index }) => (saga === undefined ? [] : [index])));
  for (const index of reached) {
    for (const edge of model.edges) if (edge.from === index && edge.on === "success") reached.add(edge.to);
  }
  return reached;
}

/**
 * Where a crash strikes: on each way to the goal, also one around an open breaker, the innermost retry; where no way
 * has one, the active component nearest to the goal. A way ends at a queue: what stands before it has been answered long
 * ago. It ends at a durable sequence, too, which a crash strikes after each of its steps.
 */
function crashPoints(model: Model): ReadonlySet<number> {
  const durable = withinSequences(model);
  const nearest = (isPoint: (component: ModelComponent) => boolean): ReadonlySet<number> => {
    const found = new Set<number>();
    const seen = new Set<number>();
    const pending = [...goalComponents(model)];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const edge of model.edges) {
        if (edge.to !== next || !(edge.on === "success" || edge.on === "open") || seen.has(edge.from)) continue;
        const caller = model.components[edge.from]!;
        seen.add(edge.from);
        if (caller.asynchronous || caller.saga !== undefined) continue;
        if (isPoint(caller) && !durable.has(edge.from)) found.add(edge.from);
        else pending.push(edge.from);
      }
    }
    return found;
  };
  const retries = nearest((component) => component.mode === "retry");
  return retries.size > 0 ? retries : nearest((component) => component.active);
}
