import { canvasOf, componentOf, openProblem, server } from "./network.js";
import type { Oracle } from "./oracle.js";

const arrivalPerS = 100;
const capacityPerS = 80;
const overloadMs = 60_000;

/** Even arrivals and constant service: the backlog grows by λ − cμ a second. */
const overload: Oracle = {
  system: `overload, λ ${arrivalPerS}/s on ${capacityPerS}/s for ${overloadMs / 1000} s`,
  canvas: canvasOf([server("desk", 1000 / capacityPerS)], ["customers→desk"]),
  problem: {
    ...openProblem(arrivalPerS, overloadMs),
    workload: { ratePerS: arrivalPerS, arrivals: "constant", durationMs: overloadMs, drainMs: overloadMs },
  },
  measures: [
    {
      name: "backlog",
      theory: ((arrivalPerS - capacityPerS) * overloadMs) / 1000,
      tolerance: 0.001,
      read: (run) => componentOf(run, "desk").queueLength.max,
    },
    {
      name: "drained after, s",
      theory: ((arrivalPerS - capacityPerS) * overloadMs) / 1000 / capacityPerS,
      tolerance: 0.002,
      read: (run) => (run.endMs - overloadMs) / 1000,
    },
  ],
  deterministic: true,
};

const tokensPerS = 50;
const burst = 100;
const spanMs = 120_000;

/** More arrivals than tokens: b + r·t pass. */
const tokenBucket: Oracle = {
  system: `token bucket, r ${tokensPerS}/s, b ${burst}, λ ${arrivalPerS}/s`,
  canvas: canvasOf(
    [{ ...server("bucket", 0, 1000), behavior: { mode: "ratelimit", rps: tokensPerS, burst } }],
    ["customers→bucket"],
  ),
  problem: {
    ...openProblem(arrivalPerS, spanMs),
    workload: { ratePerS: arrivalPerS, arrivals: "constant", durationMs: spanMs, drainMs: 1000 },
  },
  measures: [
    {
      name: "admitted",
      theory: burst + (tokensPerS * spanMs) / 1000,
      tolerance: 0.001,
      read: (run) => run.metrics.accepted,
    },
  ],
  deterministic: true,
};

const providerMs = 300;
const ratePerS = 40;
const diesMs = 20_000;

/** What is in flight when the provider dies has been charged, and nobody learns it: λ · E[W]. */
const inFlight: Oracle = {
  system: `provider dies, λ ${ratePerS}/s, E[W] ${providerMs} ms`,
  canvas: canvasOf(
    [{ id: "provider", type: "tool", role: "payment-provider", idempotency: { key: "item" } }],
    ["customers→provider"],
  ),
  problem: {
    id: "dying-provider",
    title: "A provider that dies",
    roles: { "payment-provider": { ratePerS: 400, timeMs: providerMs } },
    goal: { role: "payment-provider", operation: "charge" },
    workload: { ratePerS, arrivals: "constant", durationMs: 2 * diesMs, drainMs: 10_000 },
    scenarios: [
      { id: "dies", kind: "outage", target: "payment-provider", mode: "blackhole", startMs: diesMs, endMs: 2 * diesMs },
    ],
    invariants: ["no-lost-charge"],
  },
  measures: [
    {
      name: "charged, not learned",
      theory: (ratePerS * providerMs) / 1000,
      tolerance: 0,
      read: (run) => run.invariants.find(({ id }) => id === "no-lost-charge")?.violations ?? 0,
    },
  ],
  deterministic: true,
};

export const limitOracles: readonly Oracle[] = [overload, tokenBucket, inFlight];
