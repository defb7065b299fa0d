import type { Model } from "../compile/model.js";
import { inScenario } from "../compile/scenario-roles.js";
import type { ScenarioSpec } from "../problem/problem.js";
import { roles } from "../roles/index.js";
import { Tracer } from "../sim/tracer.js";
import { ArrivalRate, meanArrivalRatePerS } from "./arrivals.js";
import { scenarioKinds } from "./index.js";
import { candidatesOf, type InvariantCount, tracesShown } from "./invariant-counts.js";
import { latencyHistogram } from "./latency-histogram.js";
import { componentsOf, metricsOf, recoveryOf, timelineOf } from "./measure.js";
import type { InvariantMeasurement, ScenarioMeasurement } from "./measurement.js";
import type { Plan } from "./plan.js";
import { rateExtremes } from "./rate-extremes.js";
import { defaultLimits, type FinishedRun, type RunLimits, runPlan, scenarioRatePerS, workloadOf } from "./run.js";

export interface SimulateOptions {
  /** One seed, one result, byte for byte. */
  readonly seed: number;
  /** Scenario ids to run; all of the problem's when left out. */
  readonly scenarios?: readonly string[] | undefined;
  readonly limits?: RunLimits | undefined;
}

/** One run that {@link simulate} makes. */
export interface PlannedRun {
  /** The scenario's id; of an outage in both modes, with the mode behind a colon. */
  readonly id: string;
  /** The scenario it is a run of. */
  readonly scenario: string;
  readonly seed: number;
  /** Intents to expect, not counting what the scenario adds to the workload: how long it takes, about. */
  readonly expectedIntents: number;
  /** Simulates it; takes as long as the simulation does. */
  measure(): ScenarioMeasurement;
}

/** The runs of the chosen scenarios, in the order of the problem file: an outage in both modes has two. */
export function planRuns(model: Model, options: SimulateOptions): readonly PlannedRun[] {
  const wanted = options.scenarios;
  return model.problem.scenarios
    .filter((scenario) => wanted === undefined || wanted.includes(scenario.id))
    .flatMap((scenario) =>
      plansOf(model, scenario).map((plan) => ({
        id: plan.id,
        scenario: scenario.id,
        seed: options.seed,
        expectedIntents: expectedIntents(model, scenario),
        measure: () => measureRun(model, scenario, plan, options),
      })),
    );
}

/**
 * Simulates the scenarios of a model's problem, in the order of the problem file.
 * @returns one measurement per run: an outage in both modes has two.
 * @throws ProgramFault when conservation or Little's law is broken: a defect of the engine.
 */
export function simulate(model: Model, options: SimulateOptions): readonly ScenarioMeasurement[] {
  return planRuns(model, options).map((run) => run.measure());
}

function expectedIntents(model: Model, scenario: ScenarioSpec): number {
  const workload = workloadOf(model, scenario);
  return (scenarioRatePerS(model, workload) * workload.durationMs) / 1000;
}

function plansOf(model: Model, scenario: ScenarioSpec): readonly Plan[] {
  const kind = scenarioKinds.get(scenario.kind);
  if (kind === undefined) throw new RangeError(`scenario kind "${scenario.kind}" is not known`);
  return kind.plans(scenario, { startMs: 0, endMs: workloadOf(model, scenario).durationMs });
}

function measureRun(
  designed: Model,
  scenario: ScenarioSpec,
  plan: Plan,
  options: SimulateOptions,
): ScenarioMeasurement {
  const model = inScenario(designed, scenario);
  const limits = options.limits ?? defaultLimits;
  const run = (tracer: Tracer | null): FinishedRun => runPlan(model, scenario, plan, options.seed, limits, tracer);
  const { counts, ...measured } = measureOnce(model, scenario, plan, options.seed, () => run(null));
  const tracer = traceViolations(counts, run);
  return { ...measured, invariants: counts.map((count) => invariantOf(count, tracer)) };
}

/**
 * What a run showed, but for the traces of violations. The run ends here: it may hold millions of intents, and must not
 * outlive its measures while a second one writes down what happens to some of them.
 */
function measureOnce(
  model: Model,
  scenario: ScenarioSpec,
  plan: Plan,
  seed: number,
  make: () => FinishedRun,
): Omit<ScenarioMeasurement, "invariants"> & { readonly counts: readonly InvariantCount[] } {
  const run = make();
  const recovery = recoveryOf(model, run, plan.disturbance);
  const arrivalRatePerS = meanArrivalRatePerS(run.workload, plan.rate);
  return {
    id: plan.id,
    kind: scenario.kind,
    label: scenario.label,
    seed,
    impossible: impossibility(model, plan),
    endMs: run.engine.now,
    durationMs: run.workload.durationMs,
    events: run.engine.events,
    truncated: run.engine.truncatedBy !== null,
    rates: rateExtremes(new ArrivalRate(run.workload, run.workload.durationMs, plan.rate)),
    arrivalRatePerS,
    metrics: metricsOf(model, run, recovery, plan.disturbance, arrivalRatePerS),
    components: componentsOf(model, run),
    timeline: timelineOf(model, run),
    histograms: {
      acceptMs: latencyHistogram(run.recorder.acceptMs),
      confirmMs: latencyHistogram(run.recorder.confirmMs),
    },
    counts: run.invariants,
    disturbance:
      plan.disturbance === null || recovery === null
        ? null
        : {
            startMs: plan.disturbance.startMs,
            endMs: plan.disturbance.endMs,
            targets: plan.targets.flatMap((role) => componentIds(model, role)),
            untilEnd: recovery.untilEnd,
            backlogBack: recovery.backlogBack,
            peakRatePerS: peakRatePerS(run, plan),
          },
  };
}

function componentIds(model: Model, role: string): readonly string[] {
  return (model.bindings.get(role) ?? []).map((index) => model.components[index]!.id);
}

/** Why a run cannot mean what its scenario says; null when it can. */
function impossibility(model: Model, plan: Plan): string | null {
  if (model.entries.length === 0) return "no component receives the workload: the canvas has no entry";
  const goal = model.problem.goal === undefined ? [] : [model.problem.goal.role];
  // What a design may do without cannot befall one that does.
  const missing = [...plan.targets, ...goal].find(
    (role) => !model.bindings.has(role) && roles.get(role)?.optional !== true,
  );
  return missing === undefined ? null : `no component plays the role ${missing}`;
}

function peakRatePerS(run: FinishedRun, plan: Plan): number {
  const { offers, seconds } = run.recorder;
  const from = Math.floor(plan.disturbance!.startMs / 1000);
  const to = Math.min(seconds, Math.ceil(Math.min(plan.disturbance!.endMs, run.workload.durationMs) / 1000));
  let sum = 0;
  for (let second = from; second < to; second++) sum += offers.bySecond[second]!;
  return to > from ? sum / (to - from) : 0;
}

/** Writes down what happens to violating intents, in a second, identical run. */
function traceViolations(counts: readonly InvariantCount[], run: (tracer: Tracer) => unknown): Tracer {
  const candidates = counts.flatMap(candidatesOf);
  const tracer = new Tracer(candidates);
  if (candidates.length > 0) run(tracer);
  return tracer;
}

/** Counts, and for the violations the shortest traces. */
function invariantOf(count: InvariantCount, tracer: Tracer): InvariantMeasurement {
  return {
    id: count.invariant.id,
    violations: count.violations,
    exposure: count.exposure,
    examples: candidatesOf(count)
      .map((intent) => ({ intent, trace: tracer.of(intent) }))
      .sort((a, b) => a.trace.length - b.trace.length || a.intent - b.intent)
      .slice(0, tracesShown)
      .map(({ intent, trace }) => ({ intent, trace: trace.map((note) => ({ ...note })) })),
  };
}
