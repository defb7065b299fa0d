import { describe, expect, it } from "vitest";
import { shopOf } from "./provider-events.js";
import { binomial, down, exposure, instant, measure, play, violations, worker } from "./world.js";

const n = 1999;
const many = { workload: { ratePerS: 10, durationMs: 200_000, drainMs: 4_000_000 } };
const exponential = { delayMs: { dist: "exponential", meanMs: 1000 } };

/** Told at once that it worked: whatever comes afterwards is late. */
const answering = { ratePerS: 1000 };

describe("the record of a charge", () => {
  it("is overwritten by every late event where the last write wins: pending after the answer", () => {
    const any = measure(shopOf({ events: exponential, store: { writes: "any" } }, { ...many, provider: answering }));
    // The answer is recorded after 100 ms; a pending event later than that undoes it, a succeeded event does not.
    const { low, high } = binomial(n, Math.exp(-0.1));
    expect(violations(any, "no-regression")).toBeGreaterThanOrEqual(low);
    expect(violations(any, "no-regression")).toBeLessThanOrEqual(high);
    expect(exposure(any, "no-regression")).toBe(n);
    expect(any.metrics.errors).toBe(violations(any, "no-regression"));
    const { trace } = any.invariants.find(({ id }) => id === "no-regression")!.examples[0]!;
    const overwritten = trace.find(({ what }) => what === "charge record: succeeded is overwritten by pending")!;
    expect(overwritten.where).toBe("orders");
  });

  it("only goes forward by default, under the same exposure", () => {
    const forward = measure(shopOf({ events: exponential }, { ...many, provider: answering }));
    expect([violations(forward, "no-regression"), exposure(forward, "no-regression")]).toEqual([0, n]);
    expect(forward.metrics.delivered).toBe(n);
  });

  it("is exposed to nothing where no events come after its end", () => {
    const { components, ...rest } = shopOf({}, { ...many, provider: answering });
    const without = measure({
      ...rest,
      components: components.filter(({ id }) => id !== "hook"),
      connections: ["buyer>api", "api>orders", "api>psp"],
    });
    expect([violations(without, "no-regression"), exposure(without, "no-regression")]).toEqual([0, 0]);
  });

  it("lets a repair find a failed charge paid", () => {
    const hopeful = worker({ onUnknown: "assume-failed", timeoutMs: 50 });
    for (const writes of ["forward", "any"] as const) {
      const events = { delayMs: 1000 };
      // Failed at 1050; pending comes at 2000, and the success at 2100.
      const late = measure(shopOf({ events, store: { writes }, between: [hopeful] }, { provider: answering }));
      expect(late.metrics).toMatchObject({ delivered: 1, pending: 0 });
      expect(violations(late, "no-lost-charge")).toBe(0);
      expect(violations(late, "no-regression")).toBe(writes === "any" ? 1 : 0);
    }
  });

  it("keeps a success against a worker that takes the silence for a failure, unless the last write wins", () => {
    const hopeful = worker({ onUnknown: "assume-failed", timeoutMs: 500 });
    const story = (writes: "forward" | "any") => {
      const world = shopOf({ store: { writes }, between: [hopeful] }, { provider: { ...answering, replyLossRate: 1 } });
      const { notes, run } = play(world);
      expect(run.recorder.confirmMs.max).toBe(100);
      return notes(/charge record/).map(({ atMs, what }) => `${atMs} ${what}`);
    };
    expect(story("forward")).toEqual([]);
    expect(story("any")).toEqual(["1500 charge record: succeeded is overwritten by unknown"]);
  });

  it("learns a decline whose answer was lost", () => {
    const world = shopOf({}, { provider: { declineRate: 1 }, scenario: down("blackhole", 1050, 9000) });
    const { run } = play(world);
    const told = measure(world);
    expect(told.metrics).toMatchObject({ declined: 1, delivered: 0, pending: 0 });
    expect(run.engine.now).toBe(9000);
  });
});

describe("a report", () => {
  const clicks = { doubleClickPct: 100, doubleClickWithinMs: 0 };

  it("settles the row of the charge that it is about, and no other of the intent's", () => {
    // Two requests under keys of their own are two charges, each known by its own event.
    const world = shopOf(
      { store: { key: "request" } },
      { provider: { ratePerS: 1000, replyLossRate: 1 }, workload: { client: { ...clicks, keyPolicy: "per-request" } } },
    );
    const { notes } = play(world);
    expect(notes(/charge captured/).length).toBe(2);
    expect(notes(/report recorded/).length).toBe(4);
  });

  it("finds the intent's row where the provider has a key of its own for each attempt", () => {
    const { components, ...rest } = shopOf({}, { provider: { replyLossRate: 1 } });
    const attempts = components.map((component) =>
      component.id === "psp" ? { ...component, idempotency: { key: "attempt" as const } } : component,
    );
    expect(measure({ ...rest, components: attempts }).metrics.delivered).toBe(1);
  });

  it("teaches also where the store keeps no rows", () => {
    const told = measure(shopOf({ store: { key: "none" } }, { provider: { replyLossRate: 1 } }));
    expect(told.metrics.delivered).toBe(1);
  });

  it("goes no further than the order store, whatever follows that", () => {
    const { components, connections = [], ...rest } = shopOf({}, { provider: { ratePerS: 10 } });
    const audit = { id: "audit", type: "storage" as const, service: instant };
    const { notes } = play({
      ...rest,
      components: [...components, audit],
      connections: [...connections, "orders>audit"],
    });
    expect(notes(/report/).length).toBe(2);
    const run = measure({ ...rest, components: [...components, audit], connections: [...connections, "orders>audit"] });
    expect(run.components.find(({ id }) => id === "audit")!.arrivals).toBe(1);
  });
});
