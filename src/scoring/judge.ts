import type { Model } from "../compile/model.js";
import type { Disturbance, ScenarioMeasurement } from "../scenarios/measurement.js";
import { explainCanvasCriterion, RunCauses } from "./causes.js";
import { compositeScore, type SubScores } from "./composite.js";
import { constraintsScore } from "./constraints.js";
import { costScore, monthlyCost } from "./cost.js";
import { judgeCanvas, judgeRun } from "./criteria.js";
import { allFindings, designScore } from "./design.js";
import { assertFinite } from "./finite.js";
import { judgeInvariants } from "./invariants.js";
import type { CriterionResult, InvariantResult, Result, ScenarioResult, SetField } from "./result.js";
import { scenarioOfRun, specOfRun } from "./scenario-spec.js";
import { stabilityScore } from "./stability.js";
import { overallVerdict } from "./verdict.js";

/** What a result says about where it comes from. */
export interface JudgeContext {
  readonly tool: { readonly name: string; readonly version: string };
  readonly canvas: {
    readonly name: string | null;
    readonly file: string;
    readonly sha256: string;
    /** What was changed of the file's canvas; absent when nothing was. */
    readonly set?: readonly Readonly<SetField>[];
  };
  /** The seeds that the result is of: one for {@link judge}. */
  readonly seeds: readonly number[];
  /** Share of the full load that was asked for; absent when the files' own was run. */
  readonly scale?: number;
  /** What the input files hold that has no effect or may not be meant; printable lines. */
  readonly warnings: readonly string[];
  /** The command that makes this result again. */
  readonly repeat: string;
}

/** One run with everything that was judged about it. */
interface JudgedRun {
  readonly measurement: ScenarioMeasurement;
  readonly stability: number;
  readonly criteria: readonly CriterionResult[];
  readonly causes: RunCauses;
}

/**
 * Judges what the scenarios of one canvas showed, with one seed: criteria, invariants, sub-scores, verdict.
 * The canvas is valid, and the problem's gates have been checked ({@link checkGates}).
 * @param measurements one per run, in the problem's order; an outage in both modes has two
 * @throws ProgramFault when a number of the result is not finite
 */
export function judge(model: Model, measurements: readonly ScenarioMeasurement[], context: JudgeContext): Result {
  const { canvas, problem } = model;
  const runs = measurements.map((measurement) => judgeMeasurement(model, measurement));
  const invariants = judgeInvariants(problem, measurements).map((invariant) => withCause(invariant, runs));
  const cost = monthlyCost(model, measurements);
  const canvasCriteria = judgeCanvas(canvas, problem, cost).map((criterion) =>
    criterion.pass ? criterion : { ...criterion, cause: explainCanvasCriterion(criterion, cost, model.components) },
  );
  const findings = [...allFindings(model)];
  const scores: SubScores = {
    stability: meanOverScenarios(runs, (run) => run.stability),
    delivery: meanOverScenarios(runs, (run) => deliveryScore(run.measurement)),
    cost: costScore(cost),
    constraints: constraintsScore(canvas, problem),
    design: designScore(findings),
  };
  const criteria = [...runs.flatMap((run) => run.criteria), ...canvasCriteria];
  const scenarios = runs.map((run) => scenarioResult(run, invariants));
  const result: Result = {
    schemaVersion: 1,
    tool: { name: context.tool.name, version: context.tool.version },
    problem: problem.id,
    canvas: originOf(context),
    seeds: [...context.seeds],
    ...(context.scale === undefined ? {} : { scale: context.scale }),
    verdict: overallVerdict(scenarios, criteria, invariants),
    score: { composite: compositeScore(scores, problem.weights), ...scores },
    criteria,
    invariants,
    scenarios,
    findings,
    assumptions: [...model.assumptions],
    cost,
    warnings: [...context.warnings],
    repeat: context.repeat,
  };
  assertFinite(result, "result");
  return result;
}

/** Where the canvas comes from, as a result says it. */
export function originOf({ canvas: { name, file, sha256, set } }: JudgeContext): Result["canvas"] {
  return { name, file, sha256, ...(set === undefined ? {} : { set: set.map(({ path, value }) => ({ path, value })) }) };
}

function judgeMeasurement(model: Model, measurement: ScenarioMeasurement): JudgedRun {
  const stability = stabilityScore(measurement, specOfRun(model.problem, measurement.id).recoveryAllowanceMs);
  const causes = new RunCauses(model, measurement);
  const criteria = judgeRun(model.problem, measurement, stability).map((criterion) =>
    criterion.pass || criterion.cause !== undefined
      ? criterion
      : { ...criterion, cause: causes.ofCriterion(criterion) },
  );
  return { measurement, stability, criteria, causes };
}

function withCause(invariant: InvariantResult, runs: readonly JudgedRun[]): InvariantResult {
  if (invariant.violations === 0) return invariant;
  const run = runs.find(({ measurement }) => measurement.id === invariant.scenario);
  const measured = run?.measurement.invariants.find(({ id }) => id === invariant.id);
  if (run === undefined || measured === undefined) return invariant;
  const { id, scenario, violations, exposure, verdict, examples } = invariant;
  return { id, scenario, violations, exposure, verdict, cause: run.causes.ofInvariant(measured), examples };
}

/** 100 × delivery rate; 0 for a run that could not be made. */
function deliveryScore(measurement: ScenarioMeasurement): number {
  return measurement.impossible === null ? 100 * measurement.metrics.deliveryRate : 0;
}

/** Mean over the scenarios of a score; of a scenario with several runs the lowest counts. 0 without any scenario. */
function meanOverScenarios(runs: readonly JudgedRun[], score: (run: JudgedRun) => number): number {
  const lowest = new Map<string, number>();
  for (const run of runs) {
    const id = scenarioOfRun(run.measurement.id);
    lowest.set(id, Math.min(lowest.get(id) ?? Number.POSITIVE_INFINITY, score(run)));
  }
  return lowest.size === 0 ? 0 : [...lowest.values()].reduce((sum, value) => sum + value, 0) / lowest.size;
}

function disturbanceOf({ disturbance }: ScenarioMeasurement): Disturbance | null {
  if (disturbance === null) return null;
  const { startMs, endMs, targets } = disturbance;
  return { startMs, endMs, targets: [...targets] };
}

function scenarioResult(run: JudgedRun, invariants: readonly InvariantResult[]): ScenarioResult {
  const { measurement, stability } = run;
  const disturbance = disturbanceOf(measurement);
  const broken = invariants.some(({ scenario, verdict }) => scenario === measurement.id && verdict === "fail");
  return {
    id: measurement.id,
    kind: measurement.kind,
    ...(measurement.label === undefined ? {} : { label: measurement.label }),
    pass: !broken && !measurement.truncated && run.criteria.every((criterion) => criterion.pass),
    ...(measurement.impossible === null ? {} : { impossible: measurement.impossible }),
    stability,
    endMs: measurement.endMs,
    events: measurement.events,
    truncated: measurement.truncated,
    metrics: measurement.metrics,
    components: [...measurement.components],
    ...(disturbance === null ? {} : { disturbance }),
    timeline: measurement.timeline,
    histograms: measurement.histograms,
  };
}
