import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import type { ClientSpec } from "../../src/problem/problem.js";
import { api, buyer, down, instant, measure, play, psp, violations, type World } from "../roles/world.js";
import { every2s, mail, polled, view } from "./status-world.js";

describe("a request sent again", () => {
  const orders = (key: "request" | "intent"): Component => ({
    id: "orders",
    type: "storage",
    role: "order-store",
    service: instant,
    idempotency: { key },
  });
  /** Final after 30 s: the request goes out again after 20 s. */
  const slowWorld = (client: ClientSpec, key: "request" | "intent" = "request"): World => ({
    components: [buyer, api, orders(key), mail, psp(), view()],
    connections: ["buyer>api", "api>orders", "api>mail", "mail>psp", polled("view")],
    provider: { ratePerS: 1000, timeMs: 30_000 },
    workload: { client },
  });
  const requests = (world: World): readonly number[] =>
    play(world)
      .notes(/^request \d+ sent/)
      .map(({ atMs }) => atMs);

  it("after resubmitMs, once unless told otherwise, and never when the end was shown before", () => {
    const resubmitMs = 20_000;
    expect(requests(slowWorld({ ...every2s, resubmitMs }))).toEqual([1000, 21_000]);
    expect(requests(slowWorld({ ...every2s, resubmitMs: 9000, resubmits: 5 }))).toEqual([1000, 10_000, 19_000, 28_000]);
    expect(requests(slowWorld({ ...every2s, resubmitMs, resubmits: 0 }))).toEqual([1000]);
    expect(requests(slowWorld({ ...every2s, resubmitMs: 30_001 }))).toEqual([1000]);
    expect(requests(slowWorld({ resubmitMs: 29_999 }))).toEqual([1000, 30_999]);
    expect(requests(slowWorld({ resubmitMs: 30_001 }))).toEqual([1000]);
  });

  it("although it is final, when no poll has shown it", () => {
    const world = slowWorld({ ...every2s, resubmitMs: 40_000 });
    const blind = world.components.map((one) => (one.id === "view" ? view({ ...instant, errorRate: 1 }) : one));
    expect(requests({ ...world, components: blind })).toEqual([1000, 41_000]);
  });

  it("with the intent's key makes one order and one charge; with a key of its own, two of each", () => {
    const client = (keyPolicy: "per-intent" | "per-request"): ClientSpec => ({
      ...every2s,
      resubmitMs: 20_000,
      keyPolicy,
    });
    const outcome = (world: World) => {
      const { run, notes } = play(world);
      const measured = measure(world);
      return {
        orders: notes(/^order row written/).length,
        charges: run.truth.chargeCount,
        double: violations(measured, "no-double-charge"),
        duplicate: violations(measured, "no-duplicate-order"),
        exposed: measured.invariants.find(({ id }) => id === "no-double-charge")!.exposure,
      };
    };
    const once = { orders: 1, charges: 1, double: 0, duplicate: 0, exposed: 1 };
    expect(outcome(slowWorld(client("per-intent")))).toEqual(once);
    expect(outcome(slowWorld(client("per-request")))).toEqual({
      orders: 2,
      charges: 2,
      double: 1,
      duplicate: 1,
      exposed: 1,
    });
    // A natural key does not change with the request.
    expect(outcome(slowWorld(client("per-request"), "intent"))).toEqual(once);
  });

  it("rescues an intent that was lost: the try to come keeps it open", () => {
    const once: Component = { ...mail, behavior: { mode: "queue", maxDeliveries: 1 } };
    const { metrics, endMs } = measure({
      components: [buyer, api, once, psp()],
      scenario: down("failfast", 900, 5000),
      workload: { client: { resubmitMs: 20_000 } },
    });
    expect(metrics).toMatchObject({ delivered: 1, dropped: 0, pending: 0 });
    expect(metrics.confirmMs.max).toBe(20_100);
    expect(endMs).toBe(21_100);
  });

  it("is sent once: the client retries none that fails", () => {
    const world = slowWorld({ ...every2s, resubmitMs: 20_000, retries: 3, timeoutMs: 1000 });
    const failing: World = {
      ...world,
      scenario: { id: "down", kind: "outage", target: "order-store", mode: "failfast", startMs: 5000, endMs: 25_000 },
    };
    expect(requests(failing)).toEqual([1000, 21_000]);
    expect(measure(failing).metrics).toMatchObject({ delivered: 1, dropped: 0, errors: 0 });
  });

  it("is none of a hostile client, who does not poll either", () => {
    const world = slowWorld({ poll: { everyMs: 4000 }, resubmitMs: 20_000 });
    const { metrics, components } = measure({
      ...world,
      scenario: { id: "bots", kind: "adversarial", multiplier: 3 },
    });
    expect(metrics).toMatchObject({ offered: 1, polls: 8 });
    expect(components.find(({ id }) => id === "api")!.arrivals).toBe(1 + 1 + 4);
  });
});
