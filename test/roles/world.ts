import type { Canvas, Component, Connection } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Problem, ScenarioSpec, WorkloadSpec } from "../../src/problem/problem.js";
import { scenarioKinds } from "../../src/scenarios/index.js";
import type { ComponentMeasurement, ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { defaultLimits, type FinishedRun, runPlan } from "../../src/scenarios/run.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { type TraceNote, Tracer } from "../../src/sim/tracer.js";

/** A component that takes no time and always has a slot. */
export const instant = { timeMs: 0, concurrency: 1_000_000, queueLimit: 0 };

export const buyer: Component = { id: "buyer", type: "person" };
export const api: Component = { id: "api", type: "step", service: instant };

/** A retry without jitter that waits 200 ms before its first retry. */
export function worker(parameters: object = {}): Component {
  const behavior = { mode: "retry", jitter: "none", backoffMs: 200, timeoutMs: 1000, ...parameters };
  return { id: "worker", type: "step", service: instant, behavior };
}

/** The provider, under this key. */
export function psp(key: "item" | "attempt" | "request" | "intent" | "none" = "item"): Component {
  return { id: "psp", type: "tool", role: "payment-provider", idempotency: { key } };
}

const invariants = [
  "no-double-charge",
  "no-duplicate-order",
  "no-lost-charge",
  "no-phantom-success",
  "nothing-stuck",
  "compensation-complete",
];

export interface World {
  readonly components: readonly Component[];
  /** Written `from>to`; a chain in the order of the components when left out. */
  readonly connections?: readonly (string | Connection)[];
  /** The provider: 10/s, 100 ms each, unless this says otherwise. */
  readonly provider?: object;
  /** Further roles of the problem. */
  readonly roles?: Problem["roles"];
  /** Judged beside the usual five. */
  readonly invariants?: readonly string[];
  readonly workload?: Partial<WorkloadSpec>;
  readonly scenario?: ScenarioSpec;
}

/** Unless the workload says otherwise, one intent arrives at 1000 ms. */
export function problemOf(world: World): Problem {
  return {
    id: "world",
    title: "A world",
    roles: { "payment-provider": { ratePerS: 10, timeMs: 100, ...world.provider }, "order-store": {}, ...world.roles },
    goal: { role: "payment-provider", operation: "charge" },
    workload: { arrivals: "constant", ratePerS: 1, durationMs: 1500, drainMs: 1_000_000, ...world.workload },
    scenarios: [world.scenario ?? { id: "baseline", kind: "baseline" }],
    invariants: [...invariants, ...(world.invariants ?? [])],
  };
}

export function canvasOf({ components, connections }: World): Canvas {
  const chain = components.slice(1).map((component, index) => `${components[index]!.id}>${component.id}`);
  const written = (line: string | Connection): Connection => {
    if (typeof line !== "string") return line;
    const [from = "", to = ""] = line.split(">");
    return { from, to };
  };
  return { components, connections: (connections ?? chain).map(written) };
}

/** The down window [startMs, endMs) of the provider. */
export function down(mode: "blackhole" | "failfast", startMs: number, endMs: number): ScenarioSpec {
  return { id: "outage", kind: "outage", target: "payment-provider", mode, startMs, endMs };
}

export interface Outcome {
  readonly run: FinishedRun;
  /** What happened to the n-th intent, as `time where: what`. */
  story(serial?: number): readonly string[];
  /** Notes of the n-th intent that match. */
  notes(what: RegExp, serial?: number): readonly TraceNote[];
}

/** Runs the world's scenario and writes down what happens to its first intents. */
export function play(world: World, seed = 1): Outcome {
  const problem = problemOf(world);
  const model = compile(canvasOf(world), problem);
  const scenario = problem.scenarios[0]!;
  const arrivals = { startMs: 0, endMs: problem.workload.durationMs };
  const plan = scenarioKinds.get(scenario.kind)!.plans(scenario, arrivals)[0]!;
  const tracer = new Tracer(Array.from({ length: 10 }, (_, serial) => serial));
  const run = runPlan(model, scenario, plan, seed, defaultLimits, tracer);
  return {
    run,
    story: (serial = 0) => tracer.of(serial).map(({ atMs, where, what }) => `${atMs} ${where}: ${what}`),
    notes: (what, serial = 0) => tracer.of(serial).filter((note) => what.test(note.what)),
  };
}

/** Runs the world's scenario and measures it. */
export function measure(world: World, seed = 1): ScenarioMeasurement {
  return simulate(compile(canvasOf(world), problemOf(world)), { seed })[0]!;
}

export function part(measurement: ScenarioMeasurement, id: string): ComponentMeasurement {
  const found = measurement.components.find((component) => component.id === id);
  if (found === undefined) throw new Error(`no component ${id} was measured`);
  return found;
}

export function violations(measurement: ScenarioMeasurement, id: string): number {
  return measurement.invariants.find((invariant) => invariant.id === id)!.violations;
}

export function exposure(measurement: ScenarioMeasurement, id: string): number {
  return measurement.invariants.find((invariant) => invariant.id === id)!.exposure;
}

/** Bounds within `sigmas` standard deviations of a binomial count. */
export function binomial(n: number, p: number, sigmas = 4): { readonly low: number; readonly high: number } {
  const spread = sigmas * Math.sqrt(n * p * (1 - p));
  return { low: n * p - spread, high: n * p + spread };
}
