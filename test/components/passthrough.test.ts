import { describe, expect, it } from "vitest";
import { measure, modelOf, type Network, person, script, service, step, storage, tool } from "./network.js";

describe("passthrough", () => {
  it("is the mode of a component that names none, and the output says so", () => {
    const network: Network = {
      components: [person("crowd"), step("api"), storage("shelf")],
      connections: ["crowd→api", "api→shelf"],
      workload: { ratePerS: 10, durationMs: 1_050 },
    };
    const model = modelOf(network);
    expect(model.components.map(({ mode }) => mode)).toEqual(["passthrough", "passthrough", "passthrough"]);
    const assumed = model.assumptions.filter(({ field }) => field === "behavior.mode");
    expect(assumed.map(({ component, value }) => [component, value])).toContainEqual(["api", "passthrough"]);
    expect(measure(network).metrics).toMatchObject({ offered: 10, delivered: 10 });
  });

  it("spends no time and no slot at a person", () => {
    const network: Network = {
      components: [person("crowd"), storage("shelf", { service: service(7, 1_000) })],
      connections: ["crowd→shelf"],
      workload: { ratePerS: 1_000, durationMs: 1_000.5 },
    };
    const run = measure(network);
    expect([run.of("crowd").slots, run.of("crowd").completed, run.metrics.acceptMs.mean]).toEqual([null, 1_000, 7]);
  });

  /** Every shopper clicks twice; the second click comes when the first has long been answered. */
  function twice(key: "request" | "none"): Network {
    return {
      components: [
        person("shopper"),
        step("api"),
        storage("orders", { role: "order-store", idempotency: { key } }),
        tool("psp", { role: "payment-provider", idempotency: { key: "none" } }),
        storage("ledger"),
      ],
      connections: ["shopper→api", "api→orders", "api→psp", "api→ledger"],
      workload: { ratePerS: 1, durationMs: 20_500, client: { doubleClickPct: 100, doubleClickWithinMs: 100_000 } },
      roles: { "payment-provider": { ratePerS: 1_000, timeMs: 1 }, "order-store": {} },
      goal: { role: "payment-provider", operation: "charge" },
      invariants: ["no-double-charge", "no-duplicate-order"],
    };
  }

  it("ends its sequence at a guard that knows the key: nothing further is called", () => {
    const run = measure(twice("request"));
    expect([run.of("orders").arrivals, run.of("psp").arrivals, run.of("ledger").arrivals]).toEqual([40, 20, 20]);
    expect([run.violations("no-double-charge"), run.violations("no-duplicate-order")]).toEqual([0, 0]);
    expect([run.exposure("no-double-charge"), run.exposure("no-duplicate-order")]).toEqual([20, 20]);
  });

  it("goes on to the end where nobody guards", () => {
    const run = measure(twice("none"));
    expect([run.of("orders").arrivals, run.of("psp").arrivals, run.of("ledger").arrivals]).toEqual([40, 40, 40]);
    expect([run.violations("no-double-charge"), run.violations("no-duplicate-order")]).toEqual([20, 20]);
  });

  it("answers the second click from the guard's row, as an ok", () => {
    const run = script(twice("request"));
    expect(run.noted("orders", "key known").length).toBe(20);
    expect(run.told("ok")).toBe(40);
  });
});
