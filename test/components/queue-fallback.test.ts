import { describe, expect, it } from "vitest";
import { channel, measure, modelOf, person, service, step, storage, tool } from "./network.js";

const components = [
  person("buyer"),
  channel("q", { behavior: { mode: "queue", concurrency: 50 } }),
  step("breaker", { behavior: { mode: "circuitbreaker", openMs: 60_000 } }),
  tool("psp", { role: "payment-provider" }),
  storage("spare", { service: service(1, 100) }),
];
const connections = ["buyer→q", "q→breaker", "breaker→psp"];
const setting = {
  workload: { ratePerS: 20, durationMs: 20_000, drainMs: 20_000 },
  roles: { "payment-provider": { ratePerS: 100, timeMs: 20 } },
  goal: { role: "payment-provider", operation: "charge" },
  scenario: { id: "down", kind: "outage", target: "payment-provider", mode: "failfast", startMs: 5_000 },
};

describe("a queue before a breaker", () => {
  it("goes on while the breaker is open when that has a fallback", () => {
    const fallback = { from: "breaker", to: "spare", on: "failure" as const };
    const run = measure({ components, connections: [...connections, fallback], ...setting });
    expect(run.of("spare").arrivals).toBeGreaterThan(290);
    expect(run.of("q").inside).toBe(0);
    expect(run.metrics.pending).toBe(0);
  });

  it("pauses while it is open when that has none", () => {
    const run = measure({ components: components.slice(0, 4), connections, ...setting });
    expect(run.of("breaker").arrivals).toBeLessThan(150);
    expect(run.metrics.pending).toBeGreaterThan(250);
  });
});

describe("a store that falls silent", () => {
  it("loses the reply of what it has in service, and keeps its effect", () => {
    const run = measure({
      components: [person("buyer"), storage("orders", { role: "order-store", service: service(400, 10) })],
      connections: ["buyer→orders"],
      workload: { ratePerS: 10, durationMs: 2_000 },
      roles: { "order-store": {} },
      goal: { role: "order-store", operation: "create" },
      scenario: { id: "down", kind: "outage", target: "order-store", mode: "blackhole", startMs: 950 },
    });
    // Orders come at 100, 200, …; those of 100 to 500 are answered before 950, those of 600 to 900 are in service.
    expect(run.metrics.delivered).toBe(5);
    expect(run.of("orders").completed).toBe(9);
  });
});

describe("a dead letter without a queue upstream", () => {
  it("is reported as carrying nothing", () => {
    const { findings } = modelOf({
      components: [person("buyer"), step("api"), storage("shelf"), storage("dlq")],
      connections: ["buyer→api", "api→shelf", "api→dlq"],
      workload: {},
    });
    expect(findings.map(({ message }) => message)).toEqual([
      "connection api→dlq: a dead letter needs a queue upstream that gives up; there is none, so it carries no calls",
    ]);
  });
});
