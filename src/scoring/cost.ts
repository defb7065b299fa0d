import type { Model, ModelComponent } from "../compile/model.js";
import { baseRatePerS } from "../compile/timing.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import type { CostResult } from "./result.js";

const daysPerMonth = 30;
const secondsPerMonth = daysPerMonth * 86_400;

/** What the floors are computed from, beside the component itself. */
interface CostContext {
  /** λ, messages per second. */
  readonly ratePerS: number;
  /** Largest one-second arrivals in any scenario. */
  readonly peakArrivalsPerS: number;
  /** A further component bound to the payment provider. */
  readonly secondProvider: boolean;
}

/** A kind of component and the least it costs. The first rule that applies decides. */
interface CostRule {
  readonly name: string;
  applies(component: ModelComponent, context: CostContext): boolean;
  /** US dollars per month. */
  floor(component: ModelComponent, context: CostContext): number;
}

const scheduleRoles: readonly string[] = ["sweeper", "reconciler"];

/** Floors of docs/model.md, score. To price another kind of component, put one entry before `compute`. */
const costRules: readonly CostRule[] = [
  { name: "person", applies: (component) => component.type === "person", floor: () => 0 },
  { name: "wrapper", applies: (component) => component.wraps !== null, floor: () => 0 },
  {
    name: "second provider",
    applies: (component, context) => component.external && context.secondProvider,
    floor: () => 100,
  },
  { name: "external role", applies: (component) => component.external, floor: () => 0 },
  {
    name: "schedule",
    applies: (component) => component.parameters.everyMs !== undefined || scheduleRoles.includes(component.role ?? ""),
    floor: () => 5,
  },
  { name: "lock store", applies: (component) => component.role === "lock", floor: () => 50 },
  { name: "read model", applies: (component) => component.role === "read-model", floor: () => 40 },
  {
    // A batch holds messages as a queue does, and what holds messages is what costs; consumers have no price of their own.
    name: "queue",
    applies: (component) => component.asynchronous,
    floor: (_component, context) => 10 + (0.4 * context.ratePerS * secondsPerMonth) / 1e6,
  },
  {
    name: "storage",
    applies: (component) => component.type === "storage",
    floor: (_component, context) => 60 + 0.2 * context.peakArrivalsPerS,
  },
  { name: "compute", applies: (component) => Number.isFinite(component.slots), floor: (component) => component.slots },
];

/** The least a component costs, US dollars per month. */
function costFloor(component: ModelComponent, context: CostContext): number {
  return costRules.find((rule) => rule.applies(component, context))?.floor(component, context) ?? 0;
}

/**
 * Monthly cost of a design, US dollars: per component the larger of what the canvas declares and the floor of its kind.
 * @param measurements every scenario run; storage is paid for its busiest second in any of them
 */
export function monthlyCost(model: Model, measurements: readonly ScenarioMeasurement[]): CostResult {
  const declaredById = new Map(
    model.canvas.components.map((component) => [component.id, component.cost?.monthlyUsd ?? 0]),
  );
  const peaks = peakArrivals(measurements);
  const ratePerS = baseRatePerS(model.problem);
  const providers = model.bindings.get("payment-provider") ?? [];
  const components = model.components
    .filter((component) => component.wraps === null)
    .map((component) => {
      const declared = declaredById.get(component.id) ?? 0;
      const floor = costFloor(component, {
        ratePerS,
        peakArrivalsPerS: peaks.get(component.id) ?? 0,
        secondProvider: providers.indexOf(component.index) > 0,
      });
      return { id: component.id, declared, floor, effective: Math.max(declared, floor) };
    });
  return {
    budgetMonthlyUsd: model.problem.constraints?.monthlyBudgetUsd ?? null,
    declaredMonthlyUsd: components.reduce((sum, component) => sum + component.declared, 0),
    effectiveMonthlyUsd: components.reduce((sum, component) => sum + component.effective, 0),
    components,
  };
}

/** 100 up to the budget, then linear down to 0 at twice the budget; 100 without one. */
export function costScore(cost: CostResult): number {
  const budget = cost.budgetMonthlyUsd;
  if (budget === null || cost.effectiveMonthlyUsd <= budget) return 100;
  return Math.max(0, 100 * (2 - cost.effectiveMonthlyUsd / budget));
}

function peakArrivals(measurements: readonly ScenarioMeasurement[]): ReadonlyMap<string, number> {
  const peaks = new Map<string, number>();
  for (const measurement of measurements) {
    for (const component of measurement.components) {
      peaks.set(component.id, Math.max(peaks.get(component.id) ?? 0, component.peakArrivalsPerS));
    }
  }
  return peaks;
}
