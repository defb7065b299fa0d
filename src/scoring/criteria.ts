import type { Canvas } from "../canvas/canvas.js";
import type { CriteriaSpec, Problem } from "../problem/problem.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import { ProgramFault } from "../sim/program-fault.js";
import { countRequiredBehaviors } from "./constraints.js";
import { isCostMetric, readCostMetric } from "./cost-metric.js";
import { readMetric } from "./metric.js";
import { type Comparison, type MetricExpression, parseMetricExpression, satisfies } from "./metric-expression.js";
import type { CostResult, CriterionResult } from "./result.js";
import { specOfRun } from "./scenario-spec.js";

/** The id of the criterion that an impossible scenario fails. */
export const runnableCriterion = "runnable";

/**
 * Judges one run against the problem's criteria and its scenario's own, which win; metric expressions of both hold.
 * A run that could not be made has nothing to judge but that: it fails the one criterion `runnable`.
 * Ids are the names that the problem file uses, or the expression as written.
 * @param stability the run's stability, 0 to 100
 * @throws ProgramFault on an expression that does not read: {@link checkGates} comes before any simulation
 */
export function judgeRun(
  problem: Problem,
  measurement: ScenarioMeasurement,
  stability: number,
): readonly CriterionResult[] {
  const scenario = measurement.id;
  if (measurement.impossible !== null) return [impossibleRun(scenario, measurement.impossible)];
  const { metrics } = measurement;
  const criteria = mergeCriteria(problem.criteria, specOfRun(problem, scenario).criteria);
  return [
    gate({ id: "minStability", scenario, metric: "stability" }, stability, ">=", criteria.minStability),
    gate({ id: "maxDropRate", scenario, metric: "dropRate" }, metrics.dropRate, "<=", criteria.maxDropRate),
    gate(
      { id: "minDeliveryRate", scenario, metric: "deliveryRate" },
      metrics.deliveryRate,
      ">=",
      criteria.minDeliveryRate,
    ),
    gate({ id: "maxErrors", scenario, metric: "errors" }, metrics.errors, "<=", criteria.maxErrors),
    ...(criteria.metrics ?? [])
      .map(parseGate)
      .filter(({ metric }) => !isCostMetric(metric))
      .map((expression) => metricGate(expression, scenario, readMetric(measurement.metrics, expression.metric))),
  ].filter((criterion) => criterion !== null);
}

/** Judges what no run changes: the number of components, the required behaviours and the cost, by the budget and by the problem's gates on it. Their scenario is null. */
export function judgeCanvas(canvas: Canvas, problem: Problem, cost: CostResult): readonly CriterionResult[] {
  const { maxComponents, monthlyBudgetUsd } = problem.constraints ?? {};
  const components = canvas.components.length;
  return [
    gate({ id: "maxComponents", scenario: null, metric: "components" }, components, "<=", maxComponents),
    ...countRequiredBehaviors(canvas, problem).map((count) =>
      gate(
        { id: `requiredBehaviors.${count.behavior}`, scenario: null, metric: `behavior.${count.behavior}` },
        count.components,
        ">=",
        1,
      ),
    ),
    gate(
      { id: "monthlyBudgetUsd", scenario: null, metric: "effectiveMonthlyUsd" },
      cost.effectiveMonthlyUsd,
      "<=",
      monthlyBudgetUsd,
    ),
    ...(problem.criteria?.metrics ?? [])
      .map(parseGate)
      .filter(({ metric }) => isCostMetric(metric))
      .map((expression) => metricGate(expression, null, readCostMetric(cost, expression.metric))),
  ].filter((criterion) => criterion !== null);
}

interface GateName {
  readonly id: string;
  readonly scenario: string | null;
  readonly metric: string;
}

/** One gate judged; null when there is no limit, and so no gate. */
function gate(
  name: GateName,
  actual: number | null,
  comparison: Comparison,
  limit: number | undefined,
): CriterionResult | null {
  if (limit === undefined) return null;
  const pass = satisfies(actual, comparison, limit);
  return { ...name, expected: `${comparison} ${limit}`, actual, pass, verdict: pass ? "pass" : "fail" };
}

function parseGate(text: string): MetricExpression {
  const parsed = parseMetricExpression(text);
  if (parsed.ok) return parsed.expression;
  throw new ProgramFault(`the gate \`${text}\` was not checked before the simulation: ${parsed.fault.message}`);
}

function metricGate(expression: MetricExpression, scenario: string | null, actual: number | null) {
  const { text, metric, comparison, limit } = expression;
  return gate({ id: text, scenario, metric }, actual, comparison, limit);
}

function mergeCriteria(common: CriteriaSpec | undefined, own: CriteriaSpec | undefined): CriteriaSpec {
  return { ...common, ...own, metrics: [...(common?.metrics ?? []), ...(own?.metrics ?? [])] };
}

function impossibleRun(scenario: string, reason: string): CriterionResult {
  return {
    id: runnableCriterion,
    scenario,
    metric: runnableCriterion,
    expected: "the scenario runs",
    actual: null,
    pass: false,
    verdict: "fail",
    cause: { message: reason },
  };
}
