import { compoundErrorRate } from "../compile/accept-errors.js";
import type { Model, ModelComponent } from "../compile/model.js";
import { roles } from "../roles/index.js";
import { Outcome } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import type { Tally } from "../sim/tally.js";
import type { ComponentMeasurement, Latency, Metrics, Timeline } from "./measurement.js";
import type { Window } from "./plan.js";
import { backWithinMs, measureRecovery, type Recovery } from "./recovery.js";
import { type FinishedRun, scenarioRatePerS } from "./run.js";

/** Most points in a timeline; a longer run gets coarser ones. */
const timelinePoints = 3600;

function latencyOf(tally: Tally): Latency {
  return {
    count: tally.count,
    mean: tally.mean(),
    p50: tally.quantile(0.5),
    p95: tally.quantile(0.95),
    p99: tally.quantile(0.99),
    max: tally.count === 0 ? null : tally.max,
  };
}

/** Recovery from the disturbance; null without one. */
export function recoveryOf(model: Model, run: FinishedRun, disturbance: Window | null): Recovery | null {
  if (disturbance === null) return null;
  const { recorder, workload } = run;
  return measureRecovery(recorder, disturbance, workload.durationMs, scenarioRatePerS(model, workload));
}

/**
 * Counts, rates and latencies of a run.
 * @param arrivalRatePerS mean arrival rate that the scenario plans, per second
 */
export function metricsOf(
  model: Model,
  run: FinishedRun,
  recovery: Recovery | null,
  disturbance: Window | null,
  arrivalRatePerS: number,
): Metrics {
  const { counts, acceptMs, confirmMs, backlog, seconds } = run.recorder;
  const { polls, errors: pollErrors, statusMs } = run.status;
  const providers = providerTotals(model, run);
  const expected = counts.offered - counts.declined - counts.abandoned;
  let backlogMax = 0;
  for (let second = 0; second < seconds; second++) backlogMax = Math.max(backlogMax, backlog[second]!);
  return {
    offered: counts.offered,
    accepted: counts.accepted,
    delivered: counts.delivered,
    dropped: counts.dropped,
    pending: counts.pending,
    declined: counts.declined,
    abandoned: counts.abandoned,
    dropRate: counts.offered === 0 ? 0 : counts.dropped / counts.offered,
    deliveryRate: expected <= 0 ? 0 : counts.delivered / expected,
    errors: counts.broken,
    acceptErrorRate: counts.offered === 0 ? 0 : 1 - counts.accepted / counts.offered,
    compoundErrorRate: compoundErrorRate(model, arrivalRatePerS),
    undelivered: counts.undelivered,
    amplification: providers === null || counts.offered === 0 ? null : providers.calls / counts.offered,
    providerErrorRate: providers === null || providers.calls === 0 ? null : providers.failures / providers.calls,
    blocked: counts.hostile === 0 ? null : counts.blocked / counts.hostile,
    recoveryMs: recovery === null ? null : recovery.recoveryMs,
    recoveryCensored: recovery?.censored ?? false,
    backlogMax,
    drainMs: recovery === null ? null : recovery.drainMs,
    acceptMs: latencyOf(acceptMs),
    confirmMs: latencyOf(confirmMs),
    readLagMs: latencyOf(run.recorder.readLagMs),
    readCaughtUpMs: readCaughtUpMs(model, run, disturbance),
    polls,
    pollErrorRate: polls === 0 ? null : pollErrors / polls,
    statusMs: latencyOf(statusMs),
    sessionMs: latencyOf(run.recorder.sessionMs),
    unknownMs: latencyOf(run.unknowns.unknownMs),
    disturbedConfirmMs: latencyOf(run.recorder.disturbedConfirmMs),
    freshKeys: run.truth.freshKeys,
  };
}

function readCaughtUpMs(model: Model, run: FinishedRun, disturbance: Window | null): number | null {
  const { recorder, workload, truth } = run;
  if (disturbance === null || !truth.hasReadModel) return null;
  const ratePerS = scenarioRatePerS(model, workload);
  return backWithinMs(recorder.unshown, recorder.seconds, disturbance, workload.durationMs, ratePerS);
}

/** Calls to the components of the problem's external role, all together; where it has none, of its goal's. */
function providerTotals(model: Model, run: FinishedRun): { calls: number; failures: number } | null {
  const { goal, roles: wanted = {} } = model.problem;
  const external = Object.keys(wanted).find((name) => roles.get(name)?.external === true);
  const bound = model.bindings.get(external ?? goal?.role ?? "");
  if (bound === undefined) return null;
  let calls = 0;
  let failures = 0;
  for (const index of bound) {
    const report = run.engine.stations[index]!.report();
    calls += report.arrivals;
    for (const outcome of [Outcome.full, Outcome.unavailable, Outcome.error]) failures += report.failures[outcome]!;
  }
  return { calls, failures };
}

/** What each component did, in the order of the canvas. */
export function componentsOf(model: Model, run: FinishedRun): readonly ComponentMeasurement[] {
  return model.components.map((component) => componentOf(component, run));
}

function componentOf(component: ModelComponent, run: FinishedRun): ComponentMeasurement {
  const station = run.engine.stations[component.index]!;
  const inside = run.inside[component.index]!;
  const report = station.report();
  const { reported, behaviour } = station;
  const { failures } = report;
  const line = reported.report();
  return {
    id: component.id,
    arrivals: report.arrivals,
    completed: report.completed,
    failures: {
      full: failures[Outcome.full]!,
      rejected: failures[Outcome.rejected]!,
      open: failures[Outcome.open]!,
      unavailable: failures[Outcome.unavailable]!,
      error: failures[Outcome.error]!,
      timeout: failures[Outcome.timeout]!,
      conflict: failures[Outcome.conflict]!,
    },
    failedDownstream: report.failedDownstream,
    lost: report.lost,
    inside: inside.calls,
    slots: finite(mostServers(component, station)),
    utilization: line.utilization,
    waitMs: {
      mean: reported.wait.mean(),
      p50: reported.wait.quantile(0.5),
      p95: reported.wait.quantile(0.95),
      p99: reported.wait.quantile(0.99),
    },
    serviceMs: { mean: station.line.services === 0 ? null : station.line.serviceSumMs / station.line.services },
    sojournMs: { mean: reported.sojourn.mean(), p95: reported.sojourn.quantile(0.95) },
    queueLength: { mean: line.meanLength, max: reported.longest },
    firstFullMs: finite(reported.firstFullMs),
    ...(behaviour.opens === undefined ? {} : { opens: behaviour.opens }),
    peakArrivalsPerS: station.peakArrivalsPerS,
    meanHoldMs: reported.meanBusyMs(),
    queueLimit: finite(station.room),
  };
}

/** Servers of the line that is reported; where they follow the load, the most there may be. */
function mostServers(component: ModelComponent, station: Station): number {
  const followsLoad = component.autoscale !== undefined && station.reported === station.line;
  return followsLoad ? component.autoscale.max : station.servers;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Courses over time, one point a second, or coarser on long runs. */
export function timelineOf(model: Model, run: FinishedRun): Timeline {
  const { recorder } = run;
  const { seconds } = recorder;
  const stride = Math.max(1, Math.ceil(seconds / timelinePoints));
  const sums = (values: Float64Array): number[] => fold(values, seconds, stride, (sum, value) => sum + value, 0);
  const lasts = (values: Float64Array): number[] => fold(values, seconds, stride, (_, value) => value, 0);
  const means = (values: Float64Array): number[] => sums(values).map((sum) => sum / stride);
  const arrivals = sums(recorder.arrivals);
  const healthy = sums(recorder.healthy);
  return {
    intervalMs: 1000 * stride,
    offered: sums(recorder.offers.bySecond),
    accepted: sums(recorder.acceptances.bySecond),
    delivered: sums(recorder.deliveries.bySecond),
    failed: sums(recorder.failures.bySecond),
    backlog: lasts(recorder.backlog),
    health: arrivals.map((count, point) => (count === 0 ? null : healthy[point]! / count)),
    components: Object.fromEntries(
      model.components.map((component) => [
        component.id,
        {
          queueLength: lasts(recorder.queueLength[component.index]!),
          utilization: means(recorder.utilization[component.index]!),
        },
      ]),
    ),
  };
}

function fold(
  values: Float64Array,
  length: number,
  stride: number,
  combine: (sum: number, value: number) => number,
  initial: number,
): number[] {
  const points: number[] = [];
  for (let start = 0; start < length; start += stride) {
    let point = initial;
    for (let i = start; i < Math.min(start + stride, length); i++) point = combine(point, values[i]!);
    points.push(point);
  }
  return points;
}
