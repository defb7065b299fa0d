import { describe, expect, it } from "vitest";
import { channel, measure, person, step, storage, tool } from "../components/network.js";

const provider = { ratePerS: 100, timeMs: 20 };
const components = [
  person("buyer"),
  step("api"),
  storage("orders", { role: "order-store", idempotency: { key: "request" } }),
  channel("q", { behavior: { mode: "queue" } }),
  step("worker", { behavior: { mode: "retry" } }),
  tool("psp", { role: "payment-provider" }),
];
const connections = ["buyer→api", "api→orders", "api→q", "q→worker", "worker→psp"];
const setting = {
  workload: { ratePerS: 10, durationMs: 20_000 },
  roles: { "payment-provider": provider, "order-store": {} },
  goal: { role: "payment-provider", operation: "charge" },
  invariants: ["no-double-charge", "no-duplicate-order", "no-lost-charge"],
};

describe("an order store that the worker comes back to", () => {
  it.each([undefined, "confirm", "fail"])("serves every order when the worker's operation there is %s", (operation) => {
    const back = { from: "worker", to: "orders", ...(operation === undefined ? {} : { operation }) };
    const run = measure({ components, connections: [...connections, back], ...setting });
    expect(run.metrics).toMatchObject({ offered: 199, delivered: 199, amplification: 1 });
    for (const id of setting.invariants) expect(run.violations(id)).toBe(0);
  });

  it("keeps the goal of a charge that went before", () => {
    const run = measure({ components, connections: [...connections, "psp→orders"], ...setting });
    expect(run.metrics.delivered).toBe(199);
  });

  it("makes an order by create only", () => {
    const unguarded = components.map((component) =>
      component.id === "orders" ? { ...component, idempotency: { key: "none" as const } } : component,
    );
    const back = { from: "worker", to: "orders", operation: "confirm" };
    const confirmed = measure({ components: unguarded, connections: [...connections, back], ...setting });
    expect(confirmed.violations("no-duplicate-order")).toBe(0);
    const created = measure({
      components: unguarded,
      connections: [...connections, { ...back, operation: "create" }],
      ...setting,
    });
    expect(created.violations("no-duplicate-order")).toBe(199);
  });
});

describe("the problem's goal", () => {
  it("can be an order instead of a charge", () => {
    const run = measure({
      components: [person("buyer"), step("api"), storage("orders")],
      connections: ["buyer→api", "api→orders"],
      workload: { ratePerS: 10, durationMs: 20_000 },
      roles: { "order-store": {} },
      goal: { role: "order-store", operation: "create" },
    });
    expect(run.metrics.delivered).toBe(199);
  });
});

describe("a query that finds nothing", () => {
  it.each(["replicate", "passthrough"])("is followed by the charge also behind copies (%s)", (mode) => {
    const run = measure({
      components: [
        person("buyer"),
        step("worker", {
          behavior: { mode: "retry", onUnknown: "query", maxAttempts: 10, timeoutMs: 1000, backoffMs: 1 },
        }),
        channel("fan", { behavior: { mode } }),
        tool("psp", { role: "payment-provider" }),
        storage("audit", { service: { timeMs: 60, concurrency: 100 } }),
      ],
      connections: ["buyer→worker", "worker→fan", "fan→psp", "fan→audit"],
      ...setting,
      roles: { "payment-provider": { ...provider, errorRate: 0.2 } },
      invariants: ["no-double-charge", "no-lost-charge"],
    });
    expect(run.metrics).toMatchObject({ offered: 199, accepted: 199, delivered: 199 });
  });
});

describe("an external provider", () => {
  it("has a slot at least, whatever its time", () => {
    const run = measure({
      components,
      connections,
      ...setting,
      roles: { "payment-provider": { ratePerS: 60, timeMs: 0 }, "order-store": {} },
    });
    expect([run.of("psp").slots, run.metrics.delivered]).toEqual([1, 199]);
  });

  it("is never busier than all of its slots, also when a fault has added some", () => {
    const scenario = { id: "slow", kind: "latency", target: "payment-provider", addMs: 1500 };
    const run = measure({
      components,
      connections,
      ...setting,
      scenario,
      roles: { "payment-provider": { ratePerS: 12, timeMs: 300 }, "order-store": {} },
    });
    expect(run.of("psp").utilization).toBeGreaterThan(0.5);
    expect(run.of("psp").utilization).toBeLessThanOrEqual(1);
  });

  it("keeps its rate when a slowness ends in overload", () => {
    const scenario = {
      id: "slow",
      kind: "latency",
      target: "payment-provider",
      addMs: 1500,
      startMs: 2_000,
      endMs: 10_000,
    };
    const run = measure({
      components: [person("buyer"), tool("psp", { role: "payment-provider" })],
      connections: ["buyer→psp"],
      ...setting,
      scenario,
      workload: { ratePerS: 150, durationMs: 20_000 },
      roles: { "payment-provider": { ratePerS: 60, timeMs: 300 } },
    });
    // The slow calls have left after 1.8 s. Constant times make bursts, so that one second alone says little.
    const perS = run.timeline.delivered.slice(12, 20).reduce((sum, count) => sum + count, 0) / 8;
    expect(Math.abs(perS - 60)).toBeLessThanOrEqual(2);
  });
});

describe("evenly spaced arrivals on a profile", () => {
  it("are as many as the profile sums up to: 0 to 20/s over 60 s are 600", () => {
    const profile = [
      { atMs: 0, ratePerS: 0 },
      { atMs: 60_000, ratePerS: 20 },
    ];
    const run = measure({
      components: [person("crowd"), storage("desk")],
      connections: ["crowd→desk"],
      workload: { ratePerS: undefined as never, profile, durationMs: 60_000 },
    });
    expect(Math.abs(run.metrics.offered - 600)).toBeLessThanOrEqual(2);
  });
});
