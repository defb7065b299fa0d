import type { Component, IdempotencySpec } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Problem, ScenarioSpec, WorkloadSpec } from "../../src/problem/problem.js";
import type { InvariantMeasurement, ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { simulate } from "../../src/scenarios/simulate.js";

const instant = { timeMs: 0, concurrency: 1_000_000, queueLimit: 0 };

export interface Shop {
  /** Parameters of the worker's retry. */
  readonly retry?: object;
  /** Parameters of a queue between the shop and the worker; none without. */
  readonly queue?: object;
  /** The order store's key; no store without. */
  readonly store?: IdempotencySpec;
  /** The provider's key. */
  readonly key?: "item" | "attempt";
  /** What the worker does when it fails: a fallback that stands for the charge. */
  readonly fallback?: boolean;
  readonly provider?: object;
  readonly workload?: Partial<WorkloadSpec>;
  readonly scenario?: ScenarioSpec;
}

/** buyer → api → (orders), (queue) → worker → psp. */
function componentsOf(shop: Shop): readonly Component[] {
  const behavior = { mode: "retry", jitter: "none", timeoutMs: 1000, ...shop.retry };
  return [
    { id: "buyer", type: "person" },
    { id: "api", type: "step", service: instant },
    ...(shop.store === undefined
      ? []
      : [{ id: "orders", type: "storage", role: "order-store", service: instant, idempotency: shop.store } as const]),
    ...(shop.queue === undefined
      ? []
      : [{ id: "mail", type: "channel", service: instant, behavior: { mode: "queue", ...shop.queue } } as const]),
    { id: "worker", type: "step", service: instant, behavior },
    { id: "psp", type: "tool", role: "payment-provider", idempotency: { key: shop.key ?? "item" } },
    ...(shop.fallback === true ? [{ id: "cash", type: "storage", service: instant } as const] : []),
  ];
}

function connectionsOf(shop: Shop) {
  const next = shop.queue === undefined ? "worker" : "mail";
  return [
    { from: "buyer", to: "api" },
    ...(shop.store === undefined ? [] : [{ from: "api", to: "orders" }]),
    { from: "api", to: next },
    ...(shop.queue === undefined ? [] : [{ from: "mail", to: "worker" }]),
    { from: "worker", to: "psp" },
    ...(shop.fallback === true ? [{ from: "worker", to: "cash", on: "failure" } as const] : []),
  ];
}

/** 10 intents a second, evenly spaced, from 100 ms; the provider takes 1000/s, 100 ms each. */
export function trade(shop: Shop, seed = 1): ScenarioMeasurement {
  const problem: Problem = {
    id: "shop",
    title: "Shop",
    roles: { "payment-provider": { ratePerS: 1000, timeMs: 100, ...shop.provider }, "order-store": {} },
    goal: { role: "payment-provider", operation: "charge" },
    workload: { arrivals: "constant", ratePerS: 10, durationMs: 20_050, drainMs: 200_000, ...shop.workload },
    scenarios: [shop.scenario ?? { id: "baseline", kind: "baseline" }],
    invariants: ["no-double-charge", "no-duplicate-order", "no-lost-charge", "no-phantom-success", "nothing-stuck"],
  };
  return simulate(compile({ components: componentsOf(shop), connections: connectionsOf(shop) }, problem), { seed })[0]!;
}

export function judged(measurement: ScenarioMeasurement, id: string): InvariantMeasurement {
  return measurement.invariants.find((invariant) => invariant.id === id)!;
}

/** Position of the first note at or after `from` that matches; fails when there is none. */
export function noteAfter(trace: InvariantMeasurement["examples"][number]["trace"], what: RegExp, from = 0): number {
  const found = trace.findIndex((note, index) => index >= from && what.test(`${note.where}: ${note.what}`));
  if (found < 0) throw new Error(`no ${what} after note ${from} in\n${trace.map((note) => note.what).join("\n")}`);
  return found;
}

export const clicks = { client: { doubleClickPct: 50, doubleClickWithinMs: 20 } };
