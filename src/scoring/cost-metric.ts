import type { MetricUnit } from "./metric.js";
import type { CostResult } from "./result.js";

/** A figure of the design's cost that a gate may name; the cost is the design's and not one run's. */
interface CostMetric {
  readonly unit: MetricUnit;
  /** Null when the figure has no value. */
  read(cost: CostResult): number | null;
}

const costMetrics: Readonly<Record<string, CostMetric>> = {
  "cost.effectiveMonthlyUsd": { unit: "money", read: (cost) => cost.effectiveMonthlyUsd },
  "cost.peakMonthlyUsd": { unit: "money", read: (cost) => cost.peakMonthlyUsd },
  "cost.offPeakMonthlyUsd": { unit: "money", read: (cost) => cost.offPeakMonthlyUsd },
  "cost.peakToOffPeak": { unit: "count", read: peakToOffPeak },
};

/** The cost metrics that a gate under the problem's `criteria` may name. */
export const costMetricNames: readonly string[] = Object.keys(costMetrics);

export function isCostMetric(metric: string): boolean {
  return Object.hasOwn(costMetrics, metric);
}

/** US dollars a month, or a ratio; null for a metric that is none of the cost's. */
export function costMetricUnit(metric: string): MetricUnit | null {
  return Object.hasOwn(costMetrics, metric) ? costMetrics[metric]!.unit : null;
}

/** The value of a cost metric; null when it has none, and for a metric that is none of the cost's. */
export function readCostMetric(cost: CostResult, metric: string): number | null {
  return Object.hasOwn(costMetrics, metric) ? costMetrics[metric]!.read(cost) : null;
}

/** Peak cost over off-peak cost; 1 for a design that costs nothing, null for one that costs something at its peak only. */
function peakToOffPeak({ peakMonthlyUsd, offPeakMonthlyUsd }: CostResult): number | null {
  if (offPeakMonthlyUsd > 0) return peakMonthlyUsd / offPeakMonthlyUsd;
  return peakMonthlyUsd === 0 ? 1 : null;
}
