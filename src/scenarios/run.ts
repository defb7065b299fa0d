import type { Model } from "../compile/model.js";
import { struckBy } from "../compile/role-parameters.js";
import { baseRatePerS } from "../compile/timing.js";
import type { ScenarioSpec, WorkloadSpec } from "../problem/problem.js";
import { GroundTruth } from "../roles/ground-truth.js";
import { roles } from "../roles/index.js";
import { none } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import { Engine } from "../sim/engine.js";
import { IntentFlag } from "../sim/intents.js";
import { Reply } from "../sim/outcome.js";
import { RandomStreams } from "../sim/random.js";
import type { Tracer } from "../sim/tracer.js";
import { ArrivalRate, constantArrivals, poissonArrivals } from "./arrivals.js";
import { type CheckedRun, checkRun, countInside } from "./checks.js";
import type { Client } from "./client.js";
import { countersFor, type InvariantCount } from "./invariant-counts.js";
import type { Plan, RateWindow, Window } from "./plan.js";
import { installPopulation } from "./population.js";
import { Recorder } from "./recorder.js";
import { installStations } from "./stations.js";
import type { StatusRecord } from "./status-record.js";
import { UnknownTimes } from "./unknown-times.js";

/** Limits of a run: beyond them it is cut off and says so. */
export interface RunLimits {
  readonly maxEvents: number;
  readonly maxCalls: number;
}

export const defaultLimits: RunLimits = { maxEvents: 500_000_000, maxCalls: 8_000_000 };

/** A call may pass so many components per component of the canvas, without a queue in between, and 64 at least. */
const hopsPerComponent = 2;
const leastHops = 64;

/** A finished run, before its measures are taken. */
export interface FinishedRun {
  readonly engine: Engine;
  readonly truth: GroundTruth;
  readonly recorder: Recorder;
  readonly status: StatusRecord;
  readonly unknowns: UnknownTimes;
  readonly invariants: readonly InvariantCount[];
  readonly workload: WorkloadSpec;
  readonly inside: CheckedRun;
}

/**
 * Runs one plan of a scenario: builds the engine, plans the faults, lets the workload arrive, and checks conservation
 * and Little's law at the end.
 * @throws ProgramFault when a check fails: a defect of the engine.
 */
export function runPlan(
  model: Model,
  scenario: ScenarioSpec,
  plan: Plan,
  seed: number,
  limits: RunLimits,
  tracer: Tracer | null,
): FinishedRun {
  const workload = workloadOf(model, scenario);
  const endMs = workload.durationMs + (workload.drainMs ?? 0);
  const invariants = countersFor(model.problem);
  const engine = new Engine({
    streams: new RandomStreams(seed, plan.id),
    endMs,
    ...limits,
    maxHops: Math.max(leastHops, hopsPerComponent * model.components.length),
    sinkReply: model.problem.goal === undefined ? Reply.goal : Reply.none,
    tracer,
  });
  const truth = new GroundTruth(engine);
  const recorder = new Recorder(
    engine,
    truth,
    invariants,
    patienceMs(workload),
    plan.disturbance,
    model.components.length,
    endMs,
  );
  // First of all who listen: it judges an intent by what the others forget when it closes.
  engine.observers.add(recorder);
  const unknowns = new UnknownTimes(engine, providerOutage(plan));
  engine.intents.attach(unknowns);
  engine.observers.add(unknowns);
  installStations(engine, model, truth, workload);
  const { client, status } = installPopulation(engine, model, workload);
  engine.ambience.crashRate = workload.crashRate ?? 0;
  planMeasuring(engine, workload);
  plan.apply({ engine, targets: (role) => targetsOf(engine, model, role) });
  addArrivals(engine, model, client, recorder, workload, plan);
  engine.run();
  // A run whose last intent ends before the arrivals' time is over has not met the planned stop; it idles until then.
  const stopMs = engine.truncatedBy === null ? Math.max(engine.now, workload.durationMs) : engine.now;
  for (const station of engine.stations) station.stopMeasuring(stopMs);
  recorder.secondOver(engine.now);
  const inside = countInside(engine);
  checkRun(engine, inside);
  closeOpenIntents(engine);
  return { engine, truth, recorder, status, unknowns, invariants, workload, inside };
}

/** When the plan takes what belongs to the world down; null when it does not. */
function providerOutage({ down = [], disturbance }: Plan): Window | null {
  return down.some((role) => roles.get(role)?.external === true) ? disturbance : null;
}

/** The problem's workload with what the scenario changes of it. */
export function workloadOf(model: Model, scenario: ScenarioSpec): WorkloadSpec {
  const { ratePerS, profile, ...rest } = model.problem.workload;
  const changed = scenario.workload ?? {};
  const rate = changed.ratePerS !== undefined || changed.profile !== undefined ? {} : { ratePerS, profile };
  const client =
    rest.client === undefined && changed.client === undefined ? {} : { client: { ...rest.client, ...changed.client } };
  const cart = rest.cart === undefined && changed.cart === undefined ? {} : { cart: { ...rest.cart, ...changed.cart } };
  return { ...rest, ...rate, ...changed, ...client, ...cart };
}

/** How long a client waits for an acceptance before a window counts it as unhealthy. */
function patienceMs(workload: WorkloadSpec): number {
  return workload.client?.patienceMs ?? workload.client?.timeoutMs ?? Number.POSITIVE_INFINITY;
}

function targetsOf(engine: Engine, model: Model, role: string) {
  return struckBy(model, role).map((index) => ({
    component: model.components[index]!,
    station: engine.stations[index]!,
  }));
}

function planMeasuring(engine: Engine, workload: WorkloadSpec): void {
  const { warmupMs = 0, durationMs } = workload;
  engine.at(warmupMs, () => {
    for (const station of engine.stations) station.startMeasuring();
  });
  engine.at(durationMs, () => {
    for (const station of engine.stations) station.stopMeasuring(engine.now);
  });
}

function addArrivals(
  engine: Engine,
  model: Model,
  client: Client,
  recorder: Recorder,
  workload: WorkloadSpec,
  plan: Plan,
): void {
  const { abandonRate = 0 } = workload;
  const leavers = engine.options.streams.stream("buyers/leave");
  const add = (window: RateWindow | undefined, name: string, flag: number): void => {
    const hostile = flag !== 0;
    engine.addSource({
      times: arrivalsOf(engine, workload, window, name),
      arrive: () => {
        const measured = engine.now >= (workload.warmupMs ?? 0) ? IntentFlag.measured : 0;
        recorder.arrived(hostile);
        const leaves = abandonRate > 0 && !hostile && leavers.next() < abandonRate ? IntentFlag.leaves : 0;
        client.arrive(flag | measured | leaves);
      },
    });
  };
  if (model.entries.length === 0) return;
  add(plan.rate, "arrivals", 0);
  if (plan.hostile !== undefined) add(plan.hostile, "arrivals/hostile", IntentFlag.hostile);
}

function arrivalsOf(engine: Engine, workload: WorkloadSpec, window: RateWindow | undefined, name: string): Draws {
  const rate = new ArrivalRate(workload, workload.durationMs, window);
  if (workload.arrivals === "constant") return constantArrivals(rate);
  return poissonArrivals(rate, engine.options.streams.stream(name));
}

/** Judges the intents that are not final when the run is over. */
function closeOpenIntents(engine: Engine): void {
  if (engine.tracer !== null) {
    engine.calls.forEachLive((call) => {
      const below = engine.calls.firstChild[call] !== none;
      if (!below) engine.trace(call, "still here when the run ends");
    });
  }
  engine.intents.forEachOpen((intent) => engine.knowledge.close(intent, true));
}

/** The workload's base rate, per second: of a profile its mean. */
export function scenarioRatePerS(model: Model, workload: WorkloadSpec): number {
  return baseRatePerS({ ...model.problem, workload });
}
