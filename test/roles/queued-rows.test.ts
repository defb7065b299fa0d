import { describe, expect, it } from "vitest";
import type { Component, Connection } from "../../src/canvas/canvas.js";
import { api, buyer, down, instant, measure, part, play, psp, violations, type World, worker } from "./world.js";

/** A queue that keeps what comes back for 300 to 900 s, and a schedule that ticks each second for rows 5 s old. */
function waiting(schedule: object, operation?: string, rest: Partial<World> = {}): World {
  const mail: Component = {
    id: "mail",
    type: "channel",
    service: instant,
    behavior: { mode: "queue", redeliverMs: 600_000 },
  };
  const reconciler: Component = {
    id: "reconciler",
    type: "trigger",
    behavior: { mode: "passthrough", everyMs: 1000, ageMs: 5000, ...schedule },
  };
  const asks: Connection = { from: "reconciler", to: "psp", ...(operation === undefined ? {} : { operation }) };
  return {
    components: [
      buyer,
      api,
      { id: "orders", type: "storage", role: "order-store", service: instant, idempotency: { key: "intent" } },
      mail,
      worker({ maxAttempts: 1 }),
      psp(),
      reconciler,
    ],
    connections: ["buyer>api", "api>orders", "api>mail", "mail>worker", "worker>psp", asks],
    ...rest,
  };
}

/** The charge of 1000 is captured at 1100 and its reply is lost; the worker gives up at 2000. */
const replyLost = { scenario: down("blackhole", 1050, 20_000) };
/** The call of 1000 comes to nobody. */
const callLost = { scenario: down("blackhole", 900, 20_000) };

describe("a row whose message waits in a queue", () => {
  it.each([
    ["the charge stands: answered from its key", replyLost, 30],
    ["there is none yet: it charges", callLost, 100],
  ])("is settled by a schedule that takes it up, %s", (_, scenario, answerMs) => {
    const world = waiting({}, undefined, scenario);
    const run = measure(world);
    // From 7 s on each tick asks in vain; that of 20 s comes when the provider is back.
    expect(run.metrics.confirmMs.max).toBe(20_000 + answerMs - 1000);
    expect(run.metrics.unknownMs.max).toBe(answerMs);
    expect(part(run, "psp").arrivals).toBe(1 + 13 + 1);
    expect(run.metrics).toMatchObject({ delivered: 1, errors: 0 });
    const { notes } = play(world);
    const [left] = notes(/acknowledged without a delivery/);
    expect(left!.atMs).toBeGreaterThan(300_000);
    expect(notes(/delivery 2/)).toEqual([]);
  });

  it("is not failed by a query that finds no charge: the message will make it", () => {
    const run = measure(waiting({}, "query", callLost));
    expect(run.metrics).toMatchObject({ delivered: 1, dropped: 0, pending: 0 });
    expect(part(run, "psp").arrivals).toBe(1 + 13 + 1 + 1);
    expect(violations(run, "no-double-charge")).toBe(0);
  });

  it("is told that the key is in flight while a call is under way for it", () => {
    const slow = { provider: { timeMs: 40_000 } };
    const run = measure(waiting({}, undefined, slow));
    // The worker has given up at 2000, and the provider is at it until 41,000: each second until then it is a conflict.
    expect(run.metrics.confirmMs.max).toBe(40_030);
    expect(part(run, "psp").arrivals).toBe(1 + 34 + 1);
    expect(part(run, "psp").failures.conflict).toBe(34);
  });

  it("makes no schedule act where it became final meanwhile", () => {
    const quick = waiting({}, undefined, { provider: { replyLossRate: 0 }, ...replyLost });
    const prompt = {
      ...quick,
      components: quick.components.map((component) =>
        component.id === "mail" ? { ...component, behavior: { mode: "queue", redeliverMs: 1000 } } : component,
      ),
      scenario: down("blackhole", 1050, 1200),
    };
    const run = measure(prompt);
    expect(run.metrics.delivered).toBe(1);
    expect(part(run, "reconciler").arrivals).toBe(0);
    // The tick that was planned for it finds nothing to do.
    expect(run.endMs).toBe(7000);
  });

  it("holds with many rows and small batches: each is charged once and known", () => {
    const crowd = waiting({ batch: 3 }, undefined, {
      provider: { ratePerS: 100, replyLossRate: 0.3, unavailableRate: 0.1 },
      workload: { ratePerS: 20, durationMs: 30_000, drainMs: 20_000_000 },
      scenario: down("blackhole", 8_000, 12_000),
    });
    const run = measure(crowd);
    expect(run.metrics).toMatchObject({ offered: 599, delivered: 599, errors: 0 });
    expect(run.metrics.unknownMs.count).toBeGreaterThan(150);
  });
});
