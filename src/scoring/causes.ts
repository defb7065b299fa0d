import type { Model, ModelComponent } from "../compile/model.js";
import type { InvariantMeasurement, ScenarioMeasurement } from "../scenarios/measurement.js";
import { compoundErrors, refusedAccept } from "./causes/accept-error-causes.js";
import { answeredByQueue, beforeAcceptance, delayRules } from "./causes/delay-causes.js";
import { explainViolations } from "./causes/invariant-causes.js";
import { lossRules } from "./causes/loss-causes.js";
import { type Candidate, type CauseRule, heaviest, type ObservedRun, observeRun } from "./causes/observed-run.js";
import { failingProvider, noFilter, passedHostile, repeatedCalls } from "./causes/provider-causes.js";
import { openSequences } from "./causes/sequence-causes.js";
import { counted } from "./causes/wording.js";
import { isCostMetric } from "./cost-metric.js";
import { formatCount, formatUsd } from "./quantity.js";
import type { Cause, CostResult, CriterionResult } from "./result.js";

/** What a cause is looked for by. */
type FailedCriterion = Pick<CriterionResult, "id" | "metric" | "expected" | "actual">;

/** The dearest components that a cost over the budget names. */
const dearestShown = 3;

/** A wait explains a latency when it makes up this share of it. */
const explainedShare = 0.5;

/**
 * Explains the failed criteria and broken invariants of one run: for each the component that explains most of it,
 * with measured numbers.
 */
export class RunCauses {
  private readonly run: ObservedRun;

  constructor(
    model: Model,
    private readonly measurement: ScenarioMeasurement,
  ) {
    this.run = observeRun(model, measurement);
  }

  /** The cause of a failed criterion; the counts of the run where no component did anything amiss. */
  ofCriterion(criterion: FailedCriterion): Cause {
    const found = this.search(criterion);
    if (found !== null) return wordCause(found);
    const { offered, accepted, delivered } = this.measurement.metrics;
    const counts = `${formatCount(offered)} offered, ${formatCount(accepted)} accepted, ${formatCount(delivered)} delivered`;
    return { message: counts };
  }

  /** The cause of a broken invariant. */
  ofInvariant(measured: InvariantMeasurement): Cause {
    return wordCause(explainViolations(this.run, measured));
  }

  private search({ metric, actual }: FailedCriterion): Candidate | null {
    const { run } = this;
    if (metric === "errors") return this.worstViolation() ?? this.loss();
    if (metric === "stability") return this.instability();
    if (metric === "amplification") return pick(run, [repeatedCalls]);
    if (metric === "acceptErrorRate") return refusedAccept(run);
    if (metric === "compoundErrorRate") return pick(run, [compoundErrors]);
    if (metric === "undelivered") return this.undelivered();
    if (metric === "providerErrorRate") return pick(run, [failingProvider]);
    if (metric === "blocked") return pick(run, [passedHostile]) ?? pick(run, [noFilter]);
    if (metric.startsWith("acceptMs.")) {
      const facing = beforeAcceptance(run);
      return answeredByQueue(facing, this.delay(facing, actual));
    }
    if (metric.startsWith("confirmMs.")) return this.delay(run, actual);
    if (metric.startsWith("sessionMs.")) return this.session(actual);
    if (metric === "recoveryMs" || metric === "drainMs") return this.delay(run, actual);
    if (metric === "backlogMax") return pick(run, delayRules);
    return this.loss() ?? pick(run, delayRules);
  }

  /**
   * What takes most of the time. Where no wait comes near the time measured, or nobody was served at all, it is not
   * slow but refuses, and the time goes by between the tries.
   */
  private delay(run: ObservedRun, actualMs: number | null): Candidate | null {
    const slowest = pick(run, delayRules);
    const explained = slowest !== null && actualMs !== null && slowest.weight >= explainedShare * actualMs;
    const loss = explained ? null : this.loss();
    return loss?.final === true ? loss : (slowest ?? loss);
  }

  /** Durable sequences last as long as their slowest step, or until somebody takes them up. */
  private session(actualMs: number | null): Candidate | null {
    const { run } = this;
    const slowest = pick(run, delayRules);
    if (slowest !== null && actualMs !== null && slowest.weight >= explainedShare * actualMs) return slowest;
    return heaviest(openSequences(run, actualMs)) ?? this.delay(run, actualMs);
  }

  private loss(): Candidate | null {
    return pick(this.run, lossRules);
  }

  /** An intent that was accepted is lost at a queue or behind it, where there is one. */
  private undelivered(): Candidate | null {
    const behind = this.run.stations.filter(({ component, facesClient }) => component.asynchronous || !facesClient);
    return pick({ ...this.run, stations: behind }, lossRules) ?? this.loss();
  }

  /** Unhealthy intents were lost or broken; when there are few of them, it is the recovery that took long. */
  private instability(): Candidate | null {
    const { offered, delivered, errors } = this.measurement.metrics;
    const lost = offered - delivered;
    const violation = this.worstViolation();
    if (violation !== null && errors > 2 * lost) return violation;
    return lost > 0 ? this.loss() : pick(this.run, delayRules);
  }

  private worstViolation(): Candidate | null {
    let worst: InvariantMeasurement | null = null;
    for (const measured of this.measurement.invariants) {
      if (measured.violations > (worst?.violations ?? 0)) worst = measured;
    }
    if (worst === null) return null;
    const { component, message, ...rest } = explainViolations(this.run, worst);
    const broken = `${worst.id} is broken for ${counted(worst.violations, "intent")}`;
    return { ...rest, component, message: `${message}; ${broken}` };
  }
}

/** The cause of a failed constraint or budget. */
export function explainCanvasCriterion(
  criterion: FailedCriterion,
  cost: CostResult,
  components: readonly ModelComponent[],
): Cause {
  if (criterion.id === "monthlyBudgetUsd") return explainCost(cost, components);
  if (isCostMetric(criterion.metric)) return explainCostGate(cost);
  if (criterion.id === "maxComponents") {
    const limit = Number(criterion.expected.replace(/^\D+/, ""));
    const components = criterion.actual ?? 0;
    return { message: `${components} components, ${components - limit} above the limit of ${limit}` };
  }
  return { message: `no component has the mode or type ${criterion.metric.replace(/^behavior\./, "")}` };
}

function explainCostGate(cost: CostResult): Cause {
  const { peakMonthlyUsd, offPeakMonthlyUsd } = cost;
  return {
    message: `${formatUsd(peakMonthlyUsd)} a month at the rate of the busiest second, ${formatUsd(offPeakMonthlyUsd)} at that of the quietest`,
  };
}

function explainCost(cost: CostResult, components: readonly ModelComponent[]): Cause {
  const dearest = [...cost.components].sort((left, right) => right.effective - left.effective).slice(0, dearestShown);
  const [first, ...others] = dearest.map(({ id, declared, effective }) => {
    const source = declared >= effective && declared > 0 ? " as declared" : "";
    return { id, text: `${formatUsd(effective)}${source}` };
  });
  const overUsd = cost.effectiveMonthlyUsd - (cost.budgetMonthlyUsd ?? 0);
  const over = `${formatUsd(overUsd)} above the budget${mendCost(cost, overUsd, components)}`;
  if (first === undefined) return { message: over };
  const rest = others.map(({ id, text }) => `, ${id} ${text}`).join("");
  return {
    component: first.id,
    message: `${first.id}: ${first.text} of ${formatUsd(cost.effectiveMonthlyUsd)} a month${rest}; ${over}`,
  };
}

/** What the dearest component may declare, or how many slots it may have, for the design to fit; empty where neither helps. */
function mendCost(cost: CostResult, overUsd: number, components: readonly ModelComponent[]): string {
  const [dearest] = [...cost.components].sort((left, right) => right.effective - left.effective);
  if (dearest === undefined) return "";
  const fitsUsd = Math.floor(dearest.effective - overUsd);
  if (dearest.declared > dearest.floor) {
    return dearest.floor <= fitsUsd ? `; with cost.monthlyUsd ${fitsUsd} it fits` : "";
  }
  const component = components.find(({ id }) => id === dearest.id);
  // A slot costs a dollar: whose floor is its slots is compute.
  const isCompute = component?.autoscale === undefined && component?.slots === dearest.floor;
  return isCompute && fitsUsd >= 1 ? `; with service.concurrency ${fitsUsd} it fits` : "";
}

function pick(run: ObservedRun, rules: readonly CauseRule[]): Candidate | null {
  return heaviest(rules.flatMap((rule) => rule(run)));
}

function wordCause({ component, message, mend }: Candidate): Cause {
  const text = mend === undefined ? message : `${message}; ${mend}`;
  return component === "" ? { message: text } : { component, message: `${component}: ${text}` };
}
