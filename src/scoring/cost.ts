import type { Model, ModelComponent } from "../compile/model.js";
import { baseRatePerS } from "../compile/timing.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import type { CostResult } from "./result.js";

const daysPerMonth = 30;
const secondsPerMonth = daysPerMonth * 86_400;

/** A month's load: λ all month, or its quietest or busiest second all month. */
interface MonthlyLoad {
  /** Messages per second. */
  readonly ratePerS: number;
  /** Share of the busiest second's arrivals that storage is paid for. */
  readonly peakShare: number;
  /** Which of its bounds an autoscaled component's slots have reached. */
  readonly autoscaled: "min" | "max";
}

/** What the floors are computed from, beside the component itself. */
interface CostContext {
  /** Messages per second. */
  readonly ratePerS: number;
  /** Largest one-second arrivals that storage is paid for. */
  readonly peakArrivalsPerS: number;
  readonly autoscaled: "min" | "max";
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
  {
    name: "compute",
    applies: (component) => Number.isFinite(component.slots),
    floor: (component, { autoscaled }) => component.autoscale?.[autoscaled] ?? component.slots,
  },
];

/** The cost of nothing. */
export const noCost: CostResult = {
  budgetMonthlyUsd: null,
  declaredMonthlyUsd: 0,
  effectiveMonthlyUsd: 0,
  peakMonthlyUsd: 0,
  offPeakMonthlyUsd: 0,
  components: [],
};

/** The least a component costs, US dollars per month. */
function costFloor(component: ModelComponent, context: CostContext): number {
  return costRules.find((rule) => rule.applies(component, context))?.floor(component, context) ?? 0;
}

/**
 * Monthly cost of a design, US dollars: per component the larger of what the canvas declares and the floor of its kind.
 * An autoscaled component counts its most slots, and off-peak its fewest.
 * `peakMonthlyUsd` and `offPeakMonthlyUsd` are what it would cost if the busiest, or the quietest, second of the planned
 * arrivals lasted all month: a queue is paid for the messages of that rate, storage for as much less than its measured
 * peak as that rate is below the highest.
 * @param measurements every scenario run; storage is paid for its busiest second in any of them
 */
export function monthlyCost(model: Model, measurements: readonly ScenarioMeasurement[]): CostResult {
  const declaredById = new Map(
    model.canvas.components.map((component) => [component.id, component.cost?.monthlyUsd ?? 0]),
  );
  const peaks = peakArrivals(measurements);
  const ratePerS = baseRatePerS(model.problem);
  const providers = model.bindings.get("payment-provider") ?? [];
  const costsAt = (load: MonthlyLoad) =>
    model.components
      .filter((component) => component.wraps === null)
      .map((component) => {
        const declared = declaredById.get(component.id) ?? 0;
        const floor = costFloor(component, {
          ratePerS: load.ratePerS,
          peakArrivalsPerS: (peaks.get(component.id) ?? 0) * load.peakShare,
          autoscaled: load.autoscaled,
          secondProvider: providers.indexOf(component.index) > 0,
        });
        return { id: component.id, declared, floor, effective: Math.max(declared, floor) };
      });
  const rates = measurements.map((measurement) => measurement.rates);
  // Without a run there is λ alone.
  const lowestPerS = rates.length === 0 ? ratePerS : Math.min(...rates.map((rate) => rate.lowestPerS));
  const highestPerS = rates.length === 0 ? ratePerS : Math.max(...rates.map((rate) => rate.highestPerS));
  const components = costsAt({ ratePerS, peakShare: 1, autoscaled: "max" });
  return {
    budgetMonthlyUsd: model.problem.constraints?.monthlyBudgetUsd ?? null,
    declaredMonthlyUsd: components.reduce((sum, component) => sum + component.declared, 0),
    effectiveMonthlyUsd: effectiveSum(components),
    peakMonthlyUsd: effectiveSum(costsAt({ ratePerS: highestPerS, peakShare: 1, autoscaled: "max" })),
    offPeakMonthlyUsd: effectiveSum(
      costsAt({
        ratePerS: lowestPerS,
        peakShare: highestPerS > 0 ? lowestPerS / highestPerS : 1,
        autoscaled: "min",
      }),
    ),
    components,
  };
}

function effectiveSum(components: readonly { readonly effective: number }[]): number {
  return components.reduce((sum, component) => sum + component.effective, 0);
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
