import fc from "fast-check";
import type { BehaviorSpec } from "../../src/canvas/canvas.js";

/** A mode with each of its parameters given or left to its default. */
function modeOf<Parameters extends object>(
  mode: string,
  parameters: { [Key in keyof Parameters]: fc.Arbitrary<Parameters[Key]> },
): fc.Arbitrary<BehaviorSpec> {
  const all = { mode: fc.constant(mode), ...parameters };
  return fc.record(all, { requiredKeys: ["mode"] } as never) as fc.Arbitrary<BehaviorSpec>;
}

const few = fc.constantFrom(1, 2, 3);
const shares = fc.constantFrom(0, 0.2, 1);

/** What other exports call slots, service time and rate, and a schedule's period: any mode may carry them. */
const otherNames = {
  capacity: fc.constantFrom(1, 4, 1_000),
  processingTimeMs: fc.constantFrom(0, 8, 90),
  throughput: fc.constantFrom(10, 200),
  everyMs: fc.constant(1_000),
};

/** A schedule's period, the age of the rows it takes up, and how many. */
export const schedules = modeOf("passthrough", {
  everyMs: fc.constantFrom(10, 300, 2_000),
  ageMs: fc.constantFrom(0, 50, 1_000),
  batch: fc.constantFrom(1, 2, 500),
});

const queues = modeOf("queue", {
  capacity: fc.constantFrom(1, 5, 1_000),
  overflow: fc.constantFrom("reject", "drop-oldest"),
  concurrency: few,
  releaseRps: fc.constantFrom(5, 30, 500),
  serviceRate: fc.constantFrom(20, 100),
  visibilityMs: fc.constantFrom(30, 400, 5_000),
  maxDeliveries: few,
  redeliverMs: fc.constantFrom(0, 20, 200),
  pauseWhenOpen: fc.boolean(),
});

const retries = modeOf("retry", {
  maxAttempts: few,
  backoffMs: fc.constantFrom(0, 20, 200),
  backoffFactor: fc.constantFrom(1, 2),
  maxBackoffMs: fc.constantFrom(0, 50, 1_000),
  jitter: fc.constantFrom("none", "half", "full", "decorrelated"),
  timeoutMs: fc.constantFrom(15, 150, 600),
  onUnknown: fc.constantFrom("same-key", "query", "assume-failed"),
  budgetRatio: shares,
});

const breakers = modeOf("circuitbreaker", {
  window: fc.constantFrom(1, 4, 20),
  minCalls: few,
  failureThreshold: fc.constantFrom(0.2, 0.5, 1),
  slowCallMs: fc.constantFrom(10, 100),
  openMs: fc.constantFrom(50, 200, 1_000),
  halfOpenCalls: few,
  halfOpenLeaseMs: fc.constantFrom(20, 300),
});

/** Every behaviour mode; those that keep calls, messages or state more often than those that only lead them on. */
export const behaviours: fc.Arbitrary<BehaviorSpec> = fc.oneof(
  { weight: 2, arbitrary: modeOf("passthrough", otherNames) },
  { weight: 1, arbitrary: modeOf("transform", otherNames) },
  {
    weight: 1,
    arbitrary: modeOf("filter", { dropPct: fc.constantFrom(0, 10, 100), detection: shares, falsePositive: shares }),
  },
  { weight: 4, arbitrary: queues },
  { weight: 1, arbitrary: modeOf("split", {}) },
  { weight: 1, arbitrary: modeOf("condition", {}) },
  { weight: 1, arbitrary: modeOf("delay", { delayMs: fc.constantFrom(0, 120) }) },
  { weight: 3, arbitrary: retries },
  { weight: 1, arbitrary: modeOf("ratelimit", { rps: fc.constantFrom(5, 25, 500), burst: fc.constantFrom(1, 5) }) },
  { weight: 3, arbitrary: breakers },
  { weight: 2, arbitrary: modeOf("batch", { size: fc.constantFrom(1, 3, 50), maxWaitMs: fc.constantFrom(1, 100) }) },
  { weight: 2, arbitrary: modeOf("replicate", { quorum: fc.constantFrom("all", 1, 2, 9) }) },
);
