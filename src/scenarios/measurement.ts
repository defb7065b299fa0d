import type { z } from "zod";
import type {
  componentMetricsSchema,
  disturbanceSchema,
  latencyHistogramSchema,
  latencySchema,
  metricsSchema,
  timelineSchema,
  traceStepSchema,
} from "./measurement.schema.js";
import type { RateExtremes } from "./rate-extremes.js";

export type Latency = z.infer<typeof latencySchema>;
export type Metrics = z.infer<typeof metricsSchema>;
export type LatencyHistogram = z.infer<typeof latencyHistogramSchema>;
export type Disturbance = z.infer<typeof disturbanceSchema>;
type ComponentMetrics = z.infer<typeof componentMetricsSchema>;
export type Timeline = z.infer<typeof timelineSchema>;
type TraceStep = z.infer<typeof traceStepSchema>;

/** What one component is, beside what it did: for reasons, cost and criteria. */
export interface ComponentMeasurement extends ComponentMetrics {
  /** Largest number of arrivals in one second. */
  readonly peakArrivalsPerS: number;
  /** Mean time a call held its slot, milliseconds; null when nothing was served. */
  readonly meanHoldMs: number | null;
  /** Room for waiting calls, or a queue's capacity; null when there is no limit. */
  readonly queueLimit: number | null;
}

/** Violations of one invariant in one run. */
export interface InvariantMeasurement {
  readonly id: string;
  readonly violations: number;
  /** Intents that met the invariant's hazard. */
  readonly exposure: number;
  readonly examples: readonly { readonly intent: number; readonly trace: readonly TraceStep[] }[];
}

/** What one scenario run showed, before any judgement. */
export interface ScenarioMeasurement {
  readonly id: string;
  readonly kind: string;
  readonly label?: string | undefined;
  readonly seed: number;
  /** Why the scenario could not be run as meant (an unbound role); null when it was. */
  readonly impossible: string | null;
  readonly endMs: number;
  readonly durationMs: number;
  /** Mean arrival rate that the scenario plans for its clean intents, per second. */
  readonly arrivalRatePerS: number;
  readonly events: number;
  readonly truncated: boolean;
  /** Of the clean population, as planned. */
  readonly rates: RateExtremes;
  readonly metrics: Metrics;
  readonly components: readonly ComponentMeasurement[];
  readonly timeline: Timeline;
  readonly histograms: { readonly acceptMs: LatencyHistogram; readonly confirmMs: LatencyHistogram };
  readonly invariants: readonly InvariantMeasurement[];
  /** The disturbance with its arrival rate per second and what became of the backlog; null without one. */
  readonly disturbance:
    | (Disturbance & {
        /** It lasts until arrivals stop, so that recovery is judged on the final backlog. */
        readonly untilEnd: boolean;
        readonly backlogBack: boolean;
        readonly peakRatePerS: number;
      })
    | null;
}
