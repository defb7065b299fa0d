import type { Latency, Metrics } from "../scenarios/measurement.js";
import type { EntryText } from "./entry.js";

const latencyUnit = "milliseconds, as `count`, `mean`, `p50`, `p95`, `p99`, `max`";

/** Metrics that are times. */
export const timeMetrics = {
  recoveryMs: {
    title: "Time to recover from the disturbance",
    meaning: "How long after the disturbance the system was as good as before, for those who arrive then.",
    computed:
      "From the end of the disturbance until the backlog is at most max(1.1 × b, b + λ × 1 s), b being its mean in the 20 s before the disturbance, and 99 % of the intents that arrive in the next 10 s are healthy. Never reached: the rest of the run. `null` without a disturbance.",
    mend: "Drain the backlog faster than new work arrives; probe an open breaker sooner (`openMs`); fewer and shorter waits between attempts after the end.",
    example: "recoveryMs <= 90s",
    see: ["recoveryCensored", "drainMs", "stability"],
  },
  recoveryCensored: {
    title: "The run ended before it recovered",
    meaning: "`recoveryMs` is a lower bound: the run was over before the system had recovered.",
    computed: "True where the condition of `recoveryMs` never held. No gate can name it, for it is no number.",
    unit: "true or false",
    mend: "As for `recoveryMs`; or give the problem a longer `drainMs` to see how long it takes.",
    see: ["recoveryMs"],
  },
  drainMs: {
    title: "Time to drain the backlog",
    meaning: "How long after the disturbance the backlog was back to what it usually is.",
    computed:
      "From the end of the disturbance until the backlog is at most max(1.1 × b, b + λ × 1 s), b being its mean in the 20 s before. Never reached: the rest of the run. `null` without a disturbance.",
    mend: "Raise `releaseRps` and `concurrency` of the queue towards what the provider can take: a backlog of N drains in N ÷ (release rate − arrival rate).",
    example: "drainMs <= 300s",
    see: ["backlog", "recoveryMs"],
  },
  acceptMs: {
    title: "Time to acceptance",
    meaning: "How long a buyer waits for the first yes.",
    computed:
      "From the intent's arrival to its first ok at the client, tries before it included; intents that were never accepted have none. Quantiles are exact to 0.2 %.",
    unit: latencyUnit,
    mend: "Accept before the slow work: put a queue before the provider; give what stands before it slots for the peak; keep the client's tries from being needed.",
    example: "acceptMs.p95 <= 500",
    see: ["acceptErrorRate", "confirmMs"],
  },
  confirmMs: {
    title: "Time to confirmation",
    meaning: "How long it takes until the system knows that the goal is reached, such as the charge.",
    computed: "From the intent's arrival to its confirmation; intents that were never confirmed have none.",
    unit: latencyUnit,
    mend: "Find where it waits: a queue released too slowly, consumers too few for the provider's latency (slots = rate × time), long waits between attempts or redeliveries.",
    example: "confirmMs.p95 <= 5s",
    see: ["acceptMs", "disturbedConfirmMs"],
  },
  disturbedConfirmMs: {
    title: "Time to confirmation in the disturbance",
    meaning: "`confirmMs` of those who came while it was worst.",
    computed: "As `confirmMs`, of the intents that arrived within the scenario's disturbance; empty without one.",
    unit: latencyUnit,
    mend: "What waits for the end of an outage waits as long as it lasts: another way (a breaker's `open` connection to a second provider) is the only cure.",
    example: "disturbedConfirmMs.p95 <= 60s",
    see: ["confirmMs"],
  },
  readLagMs: {
    title: "Time until buyers are shown the end",
    meaning: "How far the read model is behind what is recorded.",
    computed: "From an intent's becoming final until the read model shows it; empty without a read model.",
    unit: latencyUnit,
    mend: "Give the way from the order store to the read model more consumers or larger batches, and nothing slow between them.",
    example: "readLagMs.p95 <= 2s",
    see: ["readCaughtUpMs", "convergence"],
  },
  readCaughtUpMs: {
    title: "Time until the read model has caught up",
    meaning: "How long after the disturbance the read model was no further behind than before.",
    computed:
      "From the end of the disturbance until the number of intents final and not shown is at most max(1.1 × b, b + λ × 1 s), b being its mean in the 20 s before. `null` without a disturbance or a read model.",
    mend: "Let the projection run faster than events arrive, so that it catches up.",
    example: "readCaughtUpMs <= 30s",
    see: ["readLagMs"],
  },
  statusMs: {
    title: "Time from the end to the poll that showed it",
    meaning: "How long clients who ask for the status lag behind the truth.",
    computed:
      "From an intent's becoming final to the answer that showed it. A client that learned the end with its acceptance has none.",
    unit: latencyUnit,
    mend: "In the mean it is half the polling interval at best; refused polls and a late read model add to it.",
    example: "statusMs.p95 <= 5s",
    see: ["polls", "readLagMs"],
  },
  sessionMs: {
    title: "Age of durable sequences",
    meaning: "How long a saga is open, and holds what it holds.",
    computed:
      "From the opening of the sequence's record until it is done, or wholly undone and settled. One that is open at the end of the run has lasted until `durationMs` + `drainMs`.",
    unit: latencyUnit,
    mend: "Give it a sweeper: a parked or orphaned record is swept at an age of `ageMs` to `ageMs` + `everyMs`. Look at `resumeMs`, `settleMs` and the attempts of its steps.",
    example: "sessionMs.max <= 990s",
    see: ["compensation-complete", "no-leak"],
  },
  unknownMs: {
    title: "Time an outcome stayed unknown",
    meaning: "How long nobody knew whether a charge had been made.",
    computed:
      "From the moment a caller went without an answer to a call that may have had its effect, until the system knows the intent confirmed, declined or failed, or its record closes. What becomes unknown while the scenario has the provider down counts from its return. What is unknown at the end of the run counts with its age.",
    unit: latencyUnit,
    mend: "Ask sooner: a retry under the same key, a query, a webhook that records, a schedule with a small `ageMs` and `everyMs`.",
    example: "unknownMs.p95 <= 60s",
    see: ["no-lost-charge", "nothing-stuck"],
  },
} as const satisfies Partial<Record<keyof Metrics, EntryText>>;

/** What each figure of a latency says. */
export const latencyFields: Readonly<Record<keyof Latency, string>> = {
  count: "how many values there are",
  mean: "the mean, exact",
  p50: "the median: half of the values are at most this",
  p95: "95 % of the values are at most this",
  p99: "99 % of the values are at most this",
  max: "the largest value, exact",
};
