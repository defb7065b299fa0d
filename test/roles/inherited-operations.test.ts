import { describe, expect, it } from "vitest";
import type { Component, Connection } from "../../src/canvas/canvas.js";
import { api, buyer, instant, play, psp, worker } from "./world.js";

const middle = (behavior: Component["behavior"], type: Component["type"] = "step"): Component => ({
  id: "middle",
  type,
  service: instant,
  ...(behavior === undefined ? {} : { behavior }),
});
const orders: Component = {
  id: "orders",
  type: "storage",
  role: "order-store",
  service: instant,
  idempotency: { key: "none" },
};
const asking = (to: string, operation: string): Connection => ({ id: operation, from: "api", to, operation });
const voided = /^(charge voided|nothing to void)$/;

describe("an operation asked of what only passes calls on", () => {
  it.each<[string, Component]>([
    ["a breaker", middle({ mode: "circuitbreaker" })],
    ["a retry", middle({ mode: "retry" })],
    ["a queue", middle({ mode: "queue" }, "channel")],
    ["a batch", middle({ mode: "batch", size: 1 }, "channel")],
    ["a delay", middle({ mode: "delay", delayMs: 5 })],
    ["a split", middle({ mode: "split" })],
    ["a replicate's copy", middle({ mode: "replicate" })],
    ["a passive component's copy", middle(undefined, "channel")],
  ])("reaches the provider through %s", (_, component) => {
    const { notes, run } = play({
      components: [buyer, api, component, psp()],
      connections: ["buyer>api", "api>middle", asking("middle", "void"), "middle>psp"],
    });
    expect(notes(voided)).toHaveLength(1);
    expect(run.truth.chargeCount).toBe(1);
  });

  it("reaches it through a queue, a worker and a breaker, one behind the other", () => {
    const breaker: Component = { ...middle({ mode: "circuitbreaker" }), id: "breaker" };
    const { notes, run } = play({
      components: [buyer, api, middle({ mode: "queue" }, "channel"), worker(), breaker, psp()],
      connections: ["buyer>api", asking("middle", "void"), "middle>worker", "worker>breaker", "breaker>psp"],
    });
    expect(notes(voided)).toHaveLength(1);
    expect(run.truth.chargeCount).toBe(0);
  });

  it("is asked again at each attempt of a retry", () => {
    const { notes, run } = play({
      components: [buyer, api, worker({ maxAttempts: 3 }), psp()],
      connections: ["buyer>api", asking("worker", "void"), "worker>psp"],
      provider: { replyLossRate: 1 },
    });
    expect(notes(voided).map(({ atMs }) => atMs)).toEqual([1000, 2200, 3600]);
    expect(run.truth.chargeCount).toBe(0);
  });

  it("is asked again at each delivery of a queue", () => {
    const queue = { mode: "queue", visibilityMs: 500, maxDeliveries: 3, redeliverMs: 100 };
    const { notes, run } = play({
      components: [buyer, api, middle(queue, "channel"), psp()],
      connections: ["buyer>api", asking("middle", "void"), "middle>psp"],
      provider: { replyLossRate: 1 },
    });
    expect(notes(voided)).toHaveLength(3);
    expect(run.truth.chargeCount).toBe(0);
  });

  it("gives way to what a connection further down states", () => {
    const { notes } = play({
      components: [buyer, api, middle({ mode: "circuitbreaker" }), psp()],
      connections: ["buyer>api", asking("middle", "void"), { from: "middle", to: "psp", operation: "query" }],
    });
    expect(notes(voided)).toEqual([]);
    expect(notes(/^query: no charge$/)).toHaveLength(1);
  });
});

describe("an unstated connection", () => {
  it("from a role asks for the default, whatever the role itself was asked", () => {
    // "confirm" and the provider's "query" have the same place among their roles' operations.
    const { notes, run } = play({
      components: [buyer, api, orders, psp()],
      connections: ["buyer>api", asking("orders", "confirm"), "orders>psp"],
    });
    expect(run.truth.chargeCount).toBe(1);
    expect(notes(/^query/)).toEqual([]);
  });

  it("from what plays no role asks for the default, where nothing was asked", () => {
    const { run } = play({ components: [buyer, api, middle({ mode: "circuitbreaker" }), psp()] });
    expect(run.truth.chargeCount).toBe(1);
  });
});
