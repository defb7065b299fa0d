import type { Canvas, Component, ComponentType, Connection, ServiceSpec } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Model } from "../../src/compile/model.js";
import type { Problem, ScenarioSpec, WorkloadSpec } from "../../src/problem/problem.js";
import type { ComponentMeasurement, ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { type FinishedRun, runPlan } from "../../src/scenarios/run.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { CallFlag } from "../../src/sim/calls.js";
import type { Engine } from "../../src/sim/engine.js";
import { Outcome, Reply } from "../../src/sim/outcome.js";
import { type TraceNote, Tracer } from "../../src/sim/tracer.js";

/** A component without its id and type. */
export type Rest = Partial<Omit<Component, "id" | "type">>;

const placing =
  (type: ComponentType) =>
  (id: string, rest: Rest = {}): Component => ({ id, type, service: instant, ...rest });

/** No service time and more slots than any test needs. */
const instant: ServiceSpec = { timeMs: 0, concurrency: 1_000_000, queueLimit: 0 };
export const person = (id: string): Component => ({ id, type: "person" });
export const step = placing("step");
export const storage = placing("storage");
export const tool = placing("tool");
export const channel = placing("channel");

/** A service of constant time. */
export function service(timeMs: number, concurrency: number, queueLimit = 1_000_000): ServiceSpec {
  return { timeMs, concurrency, queueLimit };
}

export interface Network {
  readonly components: readonly Component[];
  /** Connections, or `from→to`. */
  readonly connections: readonly (string | Connection)[];
  readonly workload: Partial<WorkloadSpec>;
  readonly roles?: Problem["roles"];
  readonly goal?: Problem["goal"];
  readonly invariants?: Problem["invariants"];
  readonly scenario?: ScenarioSpec;
  readonly seed?: number;
}

/** Arrivals are evenly spaced unless the workload says otherwise: the k-th at k · 1000 ÷ ratePerS. */
function problemOf(network: Network): Problem {
  const { roles, goal, invariants } = network;
  return {
    id: "network",
    title: "A network under test",
    workload: { arrivals: "constant", ratePerS: 1, durationMs: 1000, drainMs: 1_000_000, ...network.workload },
    scenarios: [network.scenario ?? { id: "baseline", kind: "baseline" }],
    ...(roles === undefined ? {} : { roles }),
    ...(goal === undefined ? {} : { goal }),
    ...(invariants === undefined ? {} : { invariants }),
  } as Problem;
}

export function modelOf(network: Network): Model {
  const connections = network.connections.map((connection): Connection => {
    if (typeof connection !== "string") return connection;
    const [from, to] = connection.split("→") as [string, string];
    return { from, to };
  });
  const canvas: Canvas = { components: network.components, connections };
  return compile(canvas, problemOf(network));
}

export interface Measured extends ScenarioMeasurement {
  /** The measurement of a component. */
  of(id: string): ComponentMeasurement;
  violations(invariant: string): number;
  exposure(invariant: string): number;
}

/** Compiles and simulates the network, and returns its only run (or the one with that id). */
export function measure(network: Network, runId?: string): Measured {
  const runs = simulate(modelOf(network), { seed: network.seed ?? 1 });
  const run = runId === undefined ? runs[0]! : runs.find(({ id }) => id === runId)!;
  const invariant = (id: string) => run.invariants.find((judged) => judged.id === id)!;
  return {
    ...run,
    of: (id) => run.components.find((component) => component.id === id)!,
    violations: (id) => invariant(id).violations,
    exposure: (id) => invariant(id).exposure,
  };
}

/** What a scripted component does with one of its calls: an outcome at once or later, or nothing ever. */
export type Answer =
  | Outcome
  | { readonly outcome: Outcome; readonly afterMs: number; readonly reply?: number }
  | "lost";

/** One arrival at a scripted component. */
interface Visit {
  /** Number among the arrivals at all scripted components, from 0. */
  readonly order: number;
  readonly atMs: number;
  /** Number of the intent in order of arrival, from 0. */
  readonly serial: number;
  readonly query: boolean;
  readonly undo: boolean;
  readonly unfenced: boolean;
  readonly itemKey: number;
}

export interface Script {
  /** Answers the visits of a component, numbered from 0. A component without an answer only takes notes. */
  readonly answers?: Readonly<Record<string, (visit: number, seen: Visit) => Answer>>;
  /** What happens at a time, milliseconds. */
  readonly at?: readonly (readonly [number, (engine: Engine) => void])[];
}

export interface Scripted {
  readonly run: FinishedRun;
  readonly engine: Engine;
  /** Arrivals at a component, in order. */
  visits(id: string): readonly Visit[];
  /** Trace notes at a component that contain a text, in order of time. */
  traced(id: string, what: string): readonly TraceNote[];
  /** Times of the trace notes at a component that contain a text, milliseconds. */
  noted(id: string, what: string): readonly number[];
  /** How often the outcome was told to the client. */
  told(outcome: string): number;
  station(id: string): Engine["stations"][number];
  breakerOpens(id: string): number;
}

const tracedIntents = 10_000;

/** Runs the network with scripted components: an effect at each of them takes notes and answers. */
export function script(network: Network, { answers = {}, at = [] }: Script = {}): Scripted {
  const model = modelOf(network);
  const visits = new Map<string, Visit[]>(model.components.map(({ id }) => [id, []]));
  let visited = 0;
  const number = () => visited++;
  const tracer = new Tracer(Array.from({ length: tracedIntents }, (_, serial) => serial));
  const plan = {
    id: "scripted",
    targets: [],
    disturbance: null,
    apply({ engine }: { readonly engine: Engine }) {
      for (const { id, index } of model.components) {
        if (engine.stations[index]!.effect === null) install(engine, index, visits.get(id)!, number, answers[id]);
      }
      for (const [atMs, action] of at) engine.at(atMs, () => action(engine));
    },
  };
  const scenario = network.scenario ?? { id: "baseline", kind: "baseline" };
  const limits = { maxEvents: 10_000_000, maxCalls: 1_000_000 };
  const run = runPlan(model, scenario, plan, network.seed ?? 1, limits, tracer);
  const notes = (id: string, what: string): TraceNote[] => {
    const found: TraceNote[] = [];
    for (let serial = 0; serial < run.engine.intents.arrived; serial++) {
      found.push(...tracer.of(serial).filter((note) => note.where === id && note.what.includes(what)));
    }
    return found.sort((a, b) => a.atMs - b.atMs);
  };
  const station = (id: string) => run.engine.stations.find((candidate) => candidate.spec.id === id)!;
  return {
    run,
    engine: run.engine,
    visits: (id) => visits.get(id)!,
    traced: notes,
    noted: (id, what) => notes(id, what).map(({ atMs }) => atMs),
    told: (outcome) => notes("client", `client told ${outcome}`).length,
    station,
    breakerOpens: (id) => station(id).behaviour.opens!,
  };
}

function install(
  engine: Engine,
  index: number,
  seen: Visit[],
  number: () => number,
  answer: ((visit: number, seen: Visit) => Answer) | undefined,
): void {
  const { calls, intents } = engine;
  engine.stations[index]!.effect = {
    ownsErrors: false,
    admit(call) {
      const serial = intents.serial[calls.intent[call]!]!;
      const itemKey = intents.itemKey[calls.item[call]!]!;
      const has = (flag: number) => calls.has(call, flag);
      const flags = { query: has(CallFlag.query), undo: has(CallFlag.undo), unfenced: has(CallFlag.unfenced) };
      const visit = { order: number(), atMs: engine.now, serial, ...flags, itemKey };
      seen.push(visit);
      const given = answer?.(seen.length - 1, visit) ?? Outcome.ok;
      if (given === Outcome.ok) return true;
      if (given === "lost") engine.frames.lose(call);
      else if (typeof given === "number") engine.frames.fail(call, given, Reply.none);
      else engine.service.answerLater(call, given.afterMs, given.outcome, given.reply ?? Reply.none);
      return false;
    },
    perform: () => true,
    turnedAway() {},
  };
}
