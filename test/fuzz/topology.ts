import fc from "fast-check";
import type { Component, Connection } from "../../src/canvas/canvas.js";
import type { ScenarioSpec } from "../../src/problem/problem.js";
import { scenarioKinds } from "../../src/scenarios/index.js";
import { type FinishedRun, runPlan } from "../../src/scenarios/run.js";
import { modelOf, type Network, person } from "../components/network.js";

/**
 * Hostile topologies: any modes, cycles, fallbacks, copies, lost calls and a provider that errs and falls silent.
 * `runPlan` itself throws when conservation or Little's law is broken; beyond that, a run that has come to rest must
 * have given everything back.
 */
const behaviours = fc.constantFrom<{ readonly mode: string; readonly [parameter: string]: unknown }>(
  { mode: "passthrough" },
  { mode: "passthrough" },
  { mode: "filter", dropPct: 10 },
  { mode: "queue", concurrency: 2, capacity: 5, visibilityMs: 400, maxDeliveries: 3, redeliverMs: 50 },
  {
    mode: "queue",
    concurrency: 3,
    capacity: 4,
    overflow: "drop-oldest",
    maxDeliveries: 2,
    redeliverMs: 20,
    releaseRps: 30,
  },
  { mode: "split" },
  { mode: "delay", delayMs: 120 },
  { mode: "condition" },
  { mode: "retry", maxAttempts: 3, backoffMs: 20, timeoutMs: 150 },
  { mode: "retry", maxAttempts: 2, backoffMs: 20, timeoutMs: 600, onUnknown: "query" },
  { mode: "retry", maxAttempts: 2, backoffMs: 20, timeoutMs: 300, onUnknown: "assume-failed" },
  { mode: "ratelimit", rps: 25, burst: 5 },
  { mode: "circuitbreaker", window: 4, minCalls: 2, openMs: 200, halfOpenCalls: 1, halfOpenLeaseMs: 300 },
  { mode: "batch", size: 3, maxWaitMs: 100 },
  { mode: "replicate", quorum: 1 },
  { mode: "replicate" },
);

const component = fc.record({
  type: fc.constantFrom("step", "step", "storage", "decision", "channel", "tool" as const),
  behavior: behaviours,
  timeMs: fc.constantFrom(0, 5, 40, 250),
  concurrency: fc.constantFrom(1, 3, 50),
  queueLimit: fc.constantFrom(0, 2, 100),
  errorRate: fc.constantFrom(0, 0, 0.2),
  role: fc.constantFrom("none", "none", "none", "order-store", "payment-provider"),
});

const connection = fc.record({
  from: fc.nat({ max: 6 }),
  to: fc.nat({ max: 6 }),
  on: fc.constantFrom("none", "none", "none", "success", "failure", "compensate", "dead-letter" as const),
  latencyMs: fc.constantFrom(0, 0, 15),
  async: fc.constantFrom(false, false, false, true),
  weight: fc.constantFrom(0, 0, 2),
});

export const topologies = fc.record({
  components: fc.array(component, { minLength: 2, maxLength: 7 }),
  connections: fc.array(connection, { minLength: 1, maxLength: 10 }),
  clientMs: fc.constantFrom(0, 100, 2_000),
  retries: fc.nat({ max: 2 }),
  doubleClickPct: fc.constantFrom(0, 30),
  fault: fc.constantFrom("none", "drops", "blackhole", "failfast", "crash"),
});

export type Topology = typeof topologies extends fc.Arbitrary<infer T> ? T : never;

function networkOf(topology: Topology, acyclic: boolean): Network {
  const { components, connections, clientMs, retries, doubleClickPct } = topology;
  const placed = components.map(
    ({ type, behavior, role, ...service }, i): Component => ({
      id: `c${i}`,
      type,
      behavior,
      service,
      ...(role === "none" ? {} : { role }),
    }),
  );
  const chain = placed.slice(1).map((_, i): Connection => ({ from: `c${i}`, to: `c${i + 1}` }));
  const extra = connections.map(
    ({ from, to, on, weight, ...rest }): Connection => ({
      ...rest,
      from: `c${from % placed.length}`,
      to: `c${to % placed.length}`,
      ...(on === "none" ? {} : { on }),
      ...(weight === 0 ? {} : { weight }),
    }),
  );
  const client = { retries, backoffMs: 30, doubleClickPct, doubleClickWithinMs: 80 };
  return {
    components: [person("crowd"), ...placed],
    connections: [
      { from: "crowd", to: "c0" },
      ...chain,
      ...extra.filter(({ from, to }) => (acyclic ? from < to : from !== to)),
    ],
    workload: {
      arrivals: "poisson",
      ratePerS: 30,
      durationMs: 1_500,
      drainMs: 300_000,
      client: clientMs === 0 ? client : { ...client, timeoutMs: clientMs },
    },
    roles: {
      "payment-provider": { ratePerS: 40, timeMs: 60, replyLossRate: 0.1, unavailableRate: 0.05, errorRate: 0.1 },
      "order-store": {},
    },
    goal: { role: "payment-provider", operation: "charge" },
    invariants: ["no-double-charge", "nothing-stuck"],
  };
}

function scenarioOf(fault: string): ScenarioSpec {
  const window = { startMs: 500, endMs: 900 };
  switch (fault) {
    case "drops":
      return { id: "run", kind: "cascade", jitter: 0.3, ambientDrop: 0.05 };
    case "crash":
      return { id: "run", kind: "crash", rate: 0.2 };
    case "blackhole":
    case "failfast":
      return { id: "run", kind: "outage", target: "payment-provider", mode: fault, ...window };
    default:
      return { id: "run", kind: "baseline" };
  }
}

const limits = { maxEvents: 60_000, maxCalls: 20_000 };

/** Runs a topology, without its cycles if `acyclic`. */
export function runTopology(topology: Topology, acyclic: boolean): FinishedRun {
  const scenario = scenarioOf(topology.fault);
  const model = modelOf({ ...networkOf(topology, acyclic), scenario });
  const [plan] = scenarioKinds.get(scenario.kind)!.plans(scenario, { startMs: 0, endMs: 1_500 });
  return runPlan(model, scenario, plan!, 1, limits, null);
}
