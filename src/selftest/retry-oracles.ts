import type { Component } from "../canvas/canvas.js";
import type { Problem } from "../problem/problem.js";
import type { ScenarioMeasurement } from "../scenarios/measurement.js";
import { canvasOf, componentOf, openProblem, server, unlimited } from "./network.js";
import type { Oracle } from "./oracle.js";

function withCrashes(problem: Problem, crashRate: number): Problem {
  return { ...problem, workload: { ...problem.workload, crashRate } };
}

/** A worker that repeats at once, with more slots than it can use. */
function worker(maxAttempts: number, timeoutMs: number): Component {
  return {
    id: "worker",
    type: "step",
    behavior: { mode: "retry", maxAttempts, backoffMs: 1, timeoutMs },
    service: { timeMs: 0, concurrency: 1_000_000, queueLimit: unlimited },
  };
}

const failureShare = 0.3;
const attempts = 4;

/** Each attempt fails by itself: success 1 − pⁿ, attempts (1 − pⁿ)/(1 − p). */
const independentFailure: Oracle = {
  system: `retry, p ${failureShare}, ${attempts} attempts`,
  canvas: canvasOf(
    [
      worker(attempts, 1000),
      { ...server("callee", 1, 1000), service: { timeMs: 1, concurrency: 1000, errorRate: failureShare } },
    ],
    ["customers→worker", "worker→callee"],
  ),
  problem: openProblem(1000, 160_000),
  measures: [
    {
      name: "success",
      theory: 1 - failureShare ** attempts,
      tolerance: 0.001,
      read: (run) => run.metrics.deliveryRate,
    },
    {
      name: "attempts",
      theory: (1 - failureShare ** attempts) / (1 - failureShare),
      tolerance: 0.004,
      read: (run) => componentOf(run, "callee").arrivals / run.metrics.offered,
    },
  ],
};

function payments(ratePerS: number, durationMs: number, provider: Readonly<Record<string, unknown>>): Problem {
  return {
    ...openProblem(ratePerS, durationMs),
    roles: { "payment-provider": provider },
    goal: { role: "payment-provider", operation: "charge" },
    workload: { ratePerS, durationMs, drainMs: durationMs },
    invariants: ["no-double-charge", "no-lost-charge"],
  };
}

function provider(key: "item" | "attempt"): Component {
  return { id: "provider", type: "tool", role: "payment-provider", idempotency: { key } };
}

function violations(run: ScenarioMeasurement, id: string): number {
  return run.invariants.find((invariant) => invariant.id === id)?.violations ?? 0;
}

/** Lost before the effect with a, after it with b: s = (1 − a)(1 − b), q = 1 − s; three attempts without dedupe. */
const before = 0.05;
const after = 0.05;
const q = 1 - (1 - before) * (1 - after);
const tries = 3;
/** One charge at most: ok at once, after attempts lost before the effect only, or after a single one lost after it. */
const doubleShare = 0.0496375;

const ambiguousReply: Oracle = {
  system: `ambiguous reply, a = b = ${before}, ${tries} attempts, no dedupe`,
  canvas: canvasOf([worker(tries, 20), provider("attempt")], ["customers→worker", "worker→provider"]),
  problem: payments(2000, 240_000, { ratePerS: 20_000, timeMs: 1, unavailableRate: before, replyLossRate: after }),
  measures: [
    {
      name: "charges per order",
      theory: ((1 - before) * (1 - q ** tries)) / (1 - q),
      tolerance: 0.0012,
      read: (run) =>
        (componentOf(run, "provider").arrivals - componentOf(run, "provider").failures.unavailable) /
        run.metrics.offered,
    },
    {
      name: "charged twice",
      theory: doubleShare,
      tolerance: 0.012,
      read: (run) => violations(run, "no-double-charge") / run.metrics.offered,
    },
    {
      name: "charged, told failed",
      theory: q ** tries - before ** tries,
      tolerance: 0.04,
      read: (run) => violations(run, "no-lost-charge") / run.metrics.offered,
    },
  ],
};

/** All calls fail and nothing stops them: every order makes all of its attempts. */
const breakerOff: Oracle = {
  system: "no breaker, every call fails, 4 attempts",
  canvas: canvasOf([worker(attempts, 1000), provider("item")], ["customers→worker", "worker→provider"]),
  problem: payments(100, 20_000, { ratePerS: 20_000, timeMs: 1, unavailableRate: 1 }),
  measures: [
    { name: "calls per order", theory: attempts, tolerance: 0, read: (run) => run.metrics.amplification ?? 0 },
  ],
  deterministic: true,
};

const crashShare = 0.2;
const deliveries = 3;

/**
 * The worker crashes with p after the charge and before it can say so: the message is delivered again, n times in all,
 * and without dedupe each delivery is a charge. (1 − pⁿ)/(1 − p) of them, p of the orders twice or more, pⁿ never learned.
 */
const crashAfterEffect: Oracle = {
  system: `crash after the charge, p ${crashShare}, ${deliveries} deliveries, no dedupe`,
  canvas: canvasOf(
    [
      {
        id: "jobs",
        type: "channel",
        behavior: {
          mode: "queue",
          capacity: unlimited,
          concurrency: 1_000_000,
          releaseRps: 1_000_000,
          visibilityMs: 100,
          redeliverMs: 10,
          maxDeliveries: deliveries,
        },
        service: { timeMs: 0, concurrency: 1000, queueLimit: unlimited },
      },
      worker(1, 50),
      provider("attempt"),
    ],
    ["customers→jobs", "jobs→worker", "worker→provider"],
  ),
  problem: withCrashes(payments(1000, 100_000, { ratePerS: 20_000, timeMs: 1 }), crashShare),
  measures: [
    {
      name: "charges per order",
      theory: (1 - crashShare ** deliveries) / (1 - crashShare),
      tolerance: 0.002,
      read: (run) => run.metrics.amplification ?? 0,
    },
    {
      name: "charged twice",
      theory: crashShare,
      tolerance: 0.01,
      read: (run) => violations(run, "no-double-charge") / run.metrics.offered,
    },
    {
      name: "charged, never learned",
      theory: crashShare ** deliveries,
      tolerance: 0.05,
      read: (run) => violations(run, "no-lost-charge") / run.metrics.offered,
    },
  ],
};

const hops = 12;
const errorPerHop = 0.0005;

/** Errors compound along a path: 1 − Π(1 − eᵢ). */
const compoundError: Oracle = {
  system: `${hops} components, ${100 * errorPerHop} % errors each`,
  canvas: canvasOf(
    Array.from({ length: hops }, (_, i) => ({
      ...server(`hop-${i}`, 1, 1000),
      service: { timeMs: 1, concurrency: 1000, errorRate: errorPerHop },
    })),
    Array.from({ length: hops }, (_, i) => `${i === 0 ? "customers" : `hop-${i - 1}`}→hop-${i}`),
  ),
  problem: openProblem(1000, 320_000),
  measures: [
    {
      name: "share failed",
      theory: 1 - (1 - errorPerHop) ** hops,
      tolerance: 0.02,
      read: (run) => run.metrics.dropRate,
    },
  ],
};

export const retryOracles: readonly Oracle[] = [
  independentFailure,
  ambiguousReply,
  crashAfterEffect,
  breakerOff,
  compoundError,
];
