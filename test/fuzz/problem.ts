import fc from "fast-check";
import type { Problem, WorkloadSpec } from "../../src/problem/problem.js";
import { type Frame, scenariosIn } from "./scenarios.js";

/** Random valid problems: any rate, client, roles, goal, scenarios and gates. */

const shares = fc.constantFrom(0, 0.1, 0.5);
const times = fc.constantFrom(
  0,
  60,
  { dist: "exponential", meanMs: 80 },
  { dist: "lognormal", medianMs: 50, sigma: 1 },
);

const oneProvider = {
  ratePerS: fc.constantFrom(3, 40, 500),
  timeMs: times,
  replyLossRate: shares,
  unavailableRate: shares,
  errorRate: shares,
  errorEffectShare: fc.constantFrom(0, 0.5, 1),
  declineRate: shares,
  voidFailRate: shares,
  errorCurve: fc.boolean(),
  keyTtlMs: fc.constantFrom(1, 1_000),
};
const providers = fc.record(
  { ...oneProvider, second: fc.record(oneProvider, { requiredKeys: [] }) },
  { requiredKeys: ["ratePerS", "timeMs"] },
);

const webhooks = fc.record(
  {
    delayMs: times,
    duplicateRate: shares,
    missedRate: shares,
    missedRetryMs: fc.constantFrom(0, 700),
    downRetryMs: fc.constantFrom(300, 5_000),
  },
  { requiredKeys: ["delayMs"] },
);

const everyRole = {
  "payment-provider": providers,
  "order-store": fc.constant({}),
  outbox: fc.constant({}),
  consumer: fc.constant({}),
  "read-model": fc.constant({}),
  inventory: fc.record(
    { unitsPerSku: fc.constantFrom(0, 3, 40), hotUnits: fc.constantFrom(0, 1, 500) },
    { requiredKeys: [] },
  ),
  lock: fc.constant({}),
  webhook: webhooks,
  ledger: fc.constant({}),
};
const roles = fc.oneof(
  { weight: 4, arbitrary: fc.record(everyRole) },
  { weight: 1, arbitrary: fc.record(everyRole, { requiredKeys: [] }) },
);

const goals: Readonly<Record<string, readonly string[]>> = {
  "payment-provider": ["charge", "charge", "charge", "query", "void", "capture"],
  "order-store": ["create", "confirm", "fail"],
  inventory: ["reserve", "commit"],
};

const clients = fc
  .record(
    {
      timeoutMs: fc.constantFrom(100, 2_000),
      retries: fc.nat({ max: 2 }),
      backoffMs: fc.constantFrom(0, 30),
      backoffFactor: fc.constantFrom(1, 3),
      doubleClickPct: fc.constantFrom(0, 30, 100),
      doubleClickWithinMs: fc.constantFrom(0, 80),
      keyPolicy: fc.constantFrom("per-intent", "per-request"),
      freshKeyPct: fc.constantFrom(0, 30, 100),
      patienceMs: fc.constantFrom(20, 500),
      poll: fc.record(
        {
          everyMs: fc.constantFrom(10, 300),
          jitterPct: fc.constantFrom(0, 20, 100),
          timeoutMs: fc.constantFrom(15, 900),
        },
        { requiredKeys: ["everyMs"] },
      ),
      resubmitMs: fc.constantFrom(40, 1_500),
      resubmits: fc.nat({ max: 3 }),
      secondDevicePct: fc.constantFrom(0, 30, 100),
      secondDeviceFromMs: fc.constantFrom(0, 40),
      secondDeviceToMs: fc.constantFrom(40, 2_000),
    },
    { requiredKeys: [] },
  )
  // How often without when is a fault of the file.
  .map(({ resubmits, ...rest }) =>
    rest.resubmitMs === undefined || resubmits === undefined ? rest : { ...rest, resubmits },
  );

/** A rate, or a profile that is not silent all along; two points may share a time. */
function ratesUntil(durationMs: number): fc.Arbitrary<Pick<WorkloadSpec, "ratePerS" | "profile">> {
  const point = fc.record({
    atMs: fc.constantFrom(0, 0.3, 0.3, 1, 1.5).map((share) => share * durationMs),
    ratePerS: fc.constantFrom(0, 20, 80),
  });
  const profiles = fc.array(point, { minLength: 1, maxLength: 4 }).map((points) => {
    const sorted = [...points].sort((a, b) => a.atMs - b.atMs);
    const silent = sorted.every(({ ratePerS }) => ratePerS === 0);
    return { profile: silent ? [{ atMs: 0, ratePerS: 30 }] : sorted };
  });
  return fc.oneof(
    { weight: 2, arbitrary: fc.record({ ratePerS: fc.constantFrom(1, 30, 90) }) },
    { weight: 1, arbitrary: profiles },
  );
}

function workloadsOf(durationMs: number): fc.Arbitrary<WorkloadSpec> {
  const rest = fc.record(
    {
      arrivals: fc.constantFrom("poisson", "constant"),
      drainMs: fc.constantFrom(0, 2_000, 60_000),
      warmupMs: fc.constantFrom(0, 0.4, 0.9).map((share) => share * durationMs),
      crashRate: fc.constantFrom(0, 0.1, 1),
      abandonRate: fc.constantFrom(0, 0.3, 1),
      eventRepeatRate: fc.constantFrom(0, 0.2, 1),
      dualWriteLossRate: fc.constantFrom(0, 0.2, 1),
      client: clients,
      cart: fc.record(
        { skus: fc.constantFrom(2, 3, 50), hotShare: shares, twoItemShare: fc.constantFrom(0, 0.4, 1) },
        { requiredKeys: ["skus"] },
      ),
    },
    { requiredKeys: [] },
  );
  return fc
    .tuple(ratesUntil(durationMs), rest)
    .map(([rates, others]) => ({ durationMs, ...rates, ...others }) as WorkloadSpec);
}

const gates = fc.record(
  {
    criteria: fc.record(
      {
        minStability: fc.constantFrom(0, 75),
        maxDropRate: shares,
        minDeliveryRate: fc.constantFrom(0.2, 1),
        maxErrors: fc.nat({ max: 3 }),
        metrics: fc.subarray([
          "acceptMs.p95 <= 500",
          "confirmMs.p99 <= 2s",
          "amplification < 1.3",
          "drainMs <= 1min",
          "statusMs.p95 <= 1s",
          "sessionMs.max <= 2s",
          "unknownMs.p95 <= 1min",
        ]),
      },
      { requiredKeys: [] },
    ),
    errors: fc.record({ curve: fc.boolean(), beforeQueue: fc.constantFrom(0, 0.1, 1) }, { requiredKeys: [] }),
    constraints: fc.record(
      {
        maxComponents: fc.constantFrom(3, 12),
        requiredBehaviors: fc.subarray(["queue", "retry", "storage"]),
        monthlyBudgetUsd: fc.constantFrom(10, 800),
      },
      { requiredKeys: [] },
    ),
    invariants: fc
      .tuple(
        fc.subarray([
          "no-double-charge",
          "no-duplicate-order",
          "no-lost-charge",
          "no-phantom-success",
          "compensation-complete",
          "no-regression",
        ]),
        // A few at a time: few random designs keep many of them.
        fc.constantFrom(...[[], [], [], ["no-oversell", "no-leak"], ["exactly-once-downstream", "convergence"]], [
          "no-double-refund",
          "ledger-balanced",
        ]),
        fc.constantFrom([], ["nothing-stuck"], [{ id: "nothing-stuck", limitMs: 400 }]),
      )
      .map(([ids, rarer, stuck]) => [...ids, ...rarer, ...stuck]),
    weights: fc.constantFrom({ stability: 1, delivery: 2, design: 3, constraints: 0, cost: 0.5 }),
  },
  { requiredKeys: [] },
);

function goalsOf(frame: Frame): fc.Arbitrary<Pick<Problem, "goal">> {
  const choices = frame.roles.flatMap((role) =>
    (goals[role] ?? []).map((operation) => ({ goal: { role, operation } })),
  );
  return fc.constantFrom({}, ...choices);
}

/** Valid problems; a run of theirs has up to a few thousand intents. */
export const problems: fc.Arbitrary<Problem> = fc
  .tuple(fc.constantFrom(400, 1_500, 3_000), roles)
  .chain(([durationMs, played]) => {
    const frame: Frame = { durationMs, roles: Object.keys(played) };
    return fc.tuple(workloadsOf(durationMs), scenariosIn(frame), goalsOf(frame), gates).map(
      ([workload, scenarios, goal, rest]) =>
        ({
          id: "random",
          title: "A random problem",
          roles: played,
          ...goal,
          workload,
          scenarios,
          ...rest,
        }) as Problem,
    );
  });
