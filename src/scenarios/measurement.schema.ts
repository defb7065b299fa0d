import { z } from "zod";

const nullable = z.number().nullable();
const share = z.number().min(0);

export const latencySchema = z.object({
  count: z.number(),
  mean: nullable,
  p50: nullable,
  p95: nullable,
  p99: nullable,
  max: nullable,
});

const failureCountsSchema = z.object({
  full: z.number(),
  rejected: z.number(),
  open: z.number(),
  unavailable: z.number(),
  error: z.number(),
  timeout: z.number(),
  conflict: z.number(),
});

export const metricsSchema = z.object({
  offered: z.number(),
  accepted: z.number(),
  delivered: z.number(),
  dropped: z.number(),
  pending: z.number(),
  declined: z.number(),
  abandoned: z.number(),
  dropRate: share,
  deliveryRate: share,
  errors: z.number(),
  /** Share of the offered intents that were never accepted. */
  acceptErrorRate: share,
  /** 1 − Π(1 − eᵢ) over the components that an accept passes; null where no product holds or nothing errs. */
  compoundErrorRate: nullable,
  /** Intents accepted and neither delivered nor declined in the end. */
  undelivered: z.number(),
  /** Calls to the provider per offered intent; null without a provider. */
  amplification: nullable,
  /** Share of the provider's calls that failed; null without a provider. */
  providerErrorRate: nullable,
  /** Share of hostile intents that got nothing; null without hostile ones. */
  blocked: nullable,
  recoveryMs: nullable,
  /** The rest of the run was not enough to recover. */
  recoveryCensored: z.boolean(),
  backlogMax: z.number(),
  drainMs: nullable,
  acceptMs: latencySchema,
  confirmMs: latencySchema,
  /** From an intent's becoming final until the read model shows it. */
  readLagMs: latencySchema,
  /** From the end of the disturbance until the read model is no further behind than before; null without either. */
  readCaughtUpMs: nullable,
  /** Status polls sent. */
  polls: z.number(),
  /** Share of them that were not answered ok: refused, failed, in vain waited for or lost; null without polls. */
  pollErrorRate: nullable,
  /** From an intent's becoming final to the poll that showed it. */
  statusMs: latencySchema,
  /** From the opening of a durable sequence's record until it is done or wholly undone; at the end, its age. */
  sessionMs: latencySchema,
  /** How long it stayed unknown what became of a request that may have had its effect. */
  unknownMs: latencySchema,
  /** `confirmMs` of those that arrived while the run was disturbed. */
  disturbedConfirmMs: latencySchema,
  /** Requests that a natural key recognised although they came with another request key. */
  freshKeys: z.number(),
});

export const componentMetricsSchema = z.object({
  id: z.string(),
  arrivals: z.number(),
  completed: z.number(),
  /** Failures that began at this component. */
  failures: failureCountsSchema,
  /** Calls that left with a failure from further down. */
  failedDownstream: z.number(),
  /** Calls that ended here without an answer: crashed, lost, or given up by their caller. */
  lost: z.number(),
  /** Calls still here at the end. */
  inside: z.number(),
  slots: nullable,
  utilization: share,
  waitMs: z.object({ mean: nullable, p50: nullable, p95: nullable, p99: nullable }),
  serviceMs: z.object({ mean: nullable }),
  sojournMs: z.object({ mean: nullable, p95: nullable }),
  queueLength: z.object({ mean: z.number(), max: z.number() }),
  /** When the waiting room or the queue was first full; null when it never was. */
  firstFullMs: nullable,
  opens: z.number().optional(),
});

const series = z.array(z.number());

/** Values by size: `counts[i]` of them lie in [boundsMs[i], boundsMs[i + 1]). Both empty when there are none. */
export const latencyHistogramSchema = z.object({ boundsMs: series, counts: series });

/** When a run was disturbed, and what was hit. */
export const disturbanceSchema = z.object({
  startMs: z.number(),
  endMs: z.number(),
  /** Ids of the components that a fault was planned on; none where arrivals or all components were disturbed. */
  targets: z.array(z.string()),
});

export const timelineSchema = z.object({
  intervalMs: z.number(),
  offered: series,
  accepted: series,
  delivered: series,
  failed: series,
  backlog: series,
  health: z.array(nullable),
  components: z.record(z.string(), z.object({ queueLength: series, utilization: series })),
});

export const traceStepSchema = z.object({
  atMs: z.number(),
  where: z.string(),
  what: z.string(),
  /** A repetition that a short report may leave out. */
  routine: z.literal(true).optional(),
});
