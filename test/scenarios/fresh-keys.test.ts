import { describe, expect, it } from "vitest";
import { api, binomial, buyer, instant, measure, psp, violations, type World } from "../roles/world.js";

const n = 4999;

/** 10 intents a second for 500 s; of the buyers 30 % click twice, the second time within the provider's 100 ms. */
function shop(key: "request" | "intent", client: object): World {
  return {
    components: [
      buyer,
      api,
      { id: "orders", type: "storage", role: "order-store", service: instant, idempotency: { key } },
      psp(),
    ],
    connections: ["buyer>api", "api>orders", "api>psp"],
    provider: { ratePerS: 1000 },
    workload: { ratePerS: 10, durationMs: 500_000, client: { doubleClickPct: 30, doubleClickWithinMs: 80, ...client } },
  };
}

describe("clients that make fresh keys", () => {
  const { low, high } = binomial(n, 0.2 * 0.3);

  it("are charged twice by a guard of request keys: n · share · clicks", () => {
    const run = measure(shop("request", { freshKeyPct: 20 }));
    expect(violations(run, "no-double-charge")).toBeGreaterThanOrEqual(low);
    expect(violations(run, "no-double-charge")).toBeLessThanOrEqual(high);
    expect(run.metrics.freshKeys).toBe(0);
  });

  it("are recognised by the natural key, as often as they ask", () => {
    const run = measure(shop("intent", { freshKeyPct: 20 }));
    expect(violations(run, "no-double-charge")).toBe(0);
    // The same buyers click: each second click was a double charge above.
    expect(run.metrics.freshKeys).toBe(violations(measure(shop("request", { freshKeyPct: 20 })), "no-double-charge"));
  });

  it("are all of them under keyPolicy per-request, and none by default", () => {
    const all = measure(shop("intent", { keyPolicy: "per-request" })).metrics.freshKeys;
    const clicks = binomial(n, 0.3);
    expect(all).toBeGreaterThanOrEqual(clicks.low);
    expect(all).toBeLessThanOrEqual(clicks.high);
    expect(measure(shop("intent", { freshKeyPct: 100 })).metrics.freshKeys).toBe(all);
    expect(measure(shop("intent", {})).metrics.freshKeys).toBe(0);
  });

  it("change nothing of who arrives, clicks and is served", () => {
    const plain = measure(shop("intent", {})).metrics;
    const fresh = measure(shop("intent", { freshKeyPct: 20 })).metrics;
    expect({ ...fresh, freshKeys: 0 }).toEqual(plain);
  });

  it("count each request once, also where a conflict lets it ask again", () => {
    const { components, ...rest } = shop("intent", { freshKeyPct: 100, doubleClickPct: 100, doubleClickWithinMs: 0 });
    const patient = { id: "gate", type: "step" as const, service: instant, behavior: { mode: "retry" } };
    const run = measure({
      ...rest,
      components: [...components.slice(0, 1), patient, ...components.slice(1)],
      connections: ["buyer>gate", "gate>api", "api>orders", "api>psp"],
      workload: { ...rest.workload, durationMs: 1500, ratePerS: 1 },
    });
    expect(run.components.find(({ id }) => id === "orders")!.failures.conflict).toBeGreaterThan(0);
    expect(run.metrics.freshKeys).toBe(1);
  });
});
