import { describe, expect, it } from "vitest";
import type { Component, IdempotencySpec } from "../../src/canvas/canvas.js";
import {
  api,
  binomial,
  buyer,
  down,
  instant,
  measure,
  part,
  play,
  psp,
  violations,
  type World,
  worker,
} from "./world.js";

/** An order store that takes no time. */
function orders(idempotency: IdempotencySpec = { key: "request" }): Component {
  return { id: "orders", type: "storage", role: "order-store", service: instant, idempotency };
}

const once = worker({ maxAttempts: 1 });

/** buyer → api → orders, then api → worker → psp: the request waits for the charge. */
function waiting(world: Partial<World> = {}, store = orders()): World {
  return {
    components: [buyer, api, store, once, psp()],
    connections: ["buyer>api", "api>orders", "api>worker", "worker>psp"],
    ...world,
  };
}

const mail: Component = {
  id: "mail",
  type: "channel",
  service: instant,
  behavior: { mode: "queue", redeliverMs: 1000 },
};

/** buyer → api → orders, then api → mail: the request is accepted, and the charge follows. */
function queued(world: Partial<World> = {}, store = orders()): World {
  return {
    components: [buyer, api, store, mail, worker(), psp()],
    connections: ["buyer>api", "api>orders", "api>mail", "mail>worker", "worker>psp"],
    ...world,
  };
}

/** Every buyer clicks twice, the second time at once. */
const twice = { client: { doubleClickPct: 100, doubleClickWithinMs: 1e-6 } };

describe("a claimed row", () => {
  it("answers conflict to a second request while the first is at work", () => {
    const { run, notes } = play(waiting({ workload: twice }));
    expect(run.truth.chargeCount).toBe(1);
    expect(run.truth.orders[0]).toBe(1);
    expect(notes(/conflict/).map(({ where }) => where)).toEqual(["orders", "client"]);
    expect(notes(/client told ok/).map(({ atMs }) => atMs)).toEqual([1100]);
  });

  it("does not stop the item that made it: a retry above the store goes through to the same order", () => {
    const { run, notes } = play({
      components: [buyer, worker(), orders(), psp()],
      scenario: down("failfast", 900, 1100),
    });
    expect(notes(/attempt/)).toHaveLength(1);
    expect(run.truth.orders[0]).toBe(1);
    expect(run.recorder.counts.delivered).toBe(1);
  });

  it("lasts until its lease ends when the outcome is unknown; then a request takes it over with the same item key", () => {
    const world = waiting(
      { scenario: down("blackhole", 1050, 1500), workload: { client: { retries: 1, backoffMs: 500 } } },
      orders({ key: "request", claimLeaseMs: 5000 }),
    );
    const { run, notes } = play(world);
    // Charged at 1100, reply lost, timeout at 2000; the client asks at 2500 and then each second until 6000 has passed.
    expect(notes(/^conflict/).map(({ atMs }) => atMs)).toEqual([2500, 3500, 4500, 5500]);
    expect(notes(/takes the row over/)[0]).toMatchObject({ atMs: 6500, where: "orders" });
    expect(notes(/the charge stands/)[0]!.atMs).toBe(6500);
    expect(run.truth.chargeCount).toBe(1);
    expect(run.truth.orders[0]).toBe(1);
    expect(run.recorder.confirmMs.max).toBe(5530);
  });

  it("has a new lease for whoever takes it over", () => {
    const world = waiting(
      { scenario: down("blackhole", 1050, 11_000), workload: { client: { retries: 2, backoffMs: 500 } } },
      orders({ key: "request", claimLeaseMs: 5000 }),
    );
    const { run, notes } = play(world);
    // Taken over at 6500, and the provider is still dead: timeout at 7500, and the client asks again from 8500 on.
    expect(notes(/takes the row over/).map(({ atMs }) => atMs)).toEqual([6500, 11_500]);
    expect(notes(/^conflict/).map(({ atMs }) => atMs)).toEqual([2500, 3500, 4500, 5500, 8500, 9500, 10_500]);
    expect(run.truth.chargeCount).toBe(1);
  });

  it("has a lease of 30 s by default", () => {
    const world = waiting({
      scenario: down("blackhole", 1050, 1500),
      workload: { client: { retries: 1, backoffMs: 500 } },
    });
    expect(play(world).notes(/takes the row over/)[0]!.atMs).toBe(31_500);
  });
});

describe("an accepted or done row", () => {
  it("that is accepted answers ok, and nothing is forwarded", () => {
    const measurement = measure(queued({ workload: twice }));
    expect(part(measurement, "orders")).toMatchObject({ arrivals: 2, completed: 2 });
    expect(part(measurement, "mail").arrivals).toBe(1);
    expect(measurement.metrics).toMatchObject({ accepted: 1, delivered: 1, amplification: 1 });
    const { notes } = play(queued({ workload: twice }));
    expect(notes(/client told ok/).map(({ atMs }) => Math.round(atMs))).toEqual([1000, 1000]);
    expect(notes(/key known: answered from the row/)).toHaveLength(1);
  });

  it("that is accepted answers for the queue and not for the charge, which may yet be declined", () => {
    const measurement = measure(queued({ workload: twice, provider: { declineRate: 1 } }));
    expect(measurement.metrics).toMatchObject({ accepted: 1, delivered: 0, declined: 1 });
    expect(violations(measurement, "no-phantom-success")).toBe(0);
  });

  it("that is accepted stays so when what follows the queue fails: another try makes no second message", () => {
    const desk: Component = { id: "desk", type: "storage", service: { ...instant, errorRate: 1 } };
    const { run, notes } = play({
      components: [buyer, api, orders(), mail, worker(), psp(), desk],
      connections: ["buyer>api", "api>orders", "api>mail", "mail>worker", "worker>psp", "api>desk"],
      workload: { client: { retries: 1, backoffMs: 10 } },
    });
    expect(notes(/^client told/).map(({ atMs, what }) => `${atMs} ${what}`)).toEqual([
      "1000 client told error",
      "1010 client told ok",
    ]);
    expect(notes(/message accepted/)).toHaveLength(1);
    expect(run.truth.chargeCount).toBe(1);
  });

  it("that is done by a late ok tells the system what the client did not stay to hear", () => {
    const impatient = { workload: { client: { timeoutMs: 50 } } };
    const guarded = measure(waiting(impatient));
    expect(guarded.metrics).toMatchObject({ accepted: 0, delivered: 1, dropped: 0 });
    expect(violations(guarded, "no-lost-charge")).toBe(0);
    // Without a row nobody records it.
    const bare = measure({ components: [buyer, once, psp()], ...impatient });
    expect(bare.metrics).toMatchObject({ accepted: 0, delivered: 0, dropped: 1 });
    expect(violations(bare, "no-lost-charge")).toBe(1);
  });

  it("that is done answers ok, and nothing is forwarded", () => {
    const late = { client: { doubleClickPct: 100, doubleClickWithinMs: 1e6 } };
    const measurement = measure(waiting({ workload: late }));
    expect(measurement.endMs).toBeGreaterThan(2000);
    expect(part(measurement, "orders")).toMatchObject({ arrivals: 2, completed: 2 });
    expect(part(measurement, "worker").arrivals).toBe(1);
    expect(violations(measurement, "no-phantom-success")).toBe(0);
  });

  it("that was declined answers declined", () => {
    const late = { client: { doubleClickPct: 100, doubleClickWithinMs: 1e6 } };
    const { notes } = play(waiting({ workload: late, provider: { declineRate: 1 } }));
    expect(notes(/client told declined/)).toHaveLength(2);
    expect(notes(/client told declined/)[1]!.atMs).toBeGreaterThan(1200);
  });
});

describe("a failed row", () => {
  it("is claimed anew, and lends the key of the first item", () => {
    const refused = play(
      waiting({ scenario: down("failfast", 900, 1500), workload: { client: { retries: 1, backoffMs: 1000 } } }),
    );
    expect(refused.notes(/takes the row over/)[0]).toMatchObject({ atMs: 2030, where: "orders" });
    expect(refused.run.truth.orders[0]).toBe(1);
    expect(refused.run.recorder.counts.delivered).toBe(1);
    const keyOf = (what: string | undefined): string | undefined => /key (\d+)/.exec(what ?? "")?.[1];
    const calm = play(waiting());
    expect(keyOf(refused.notes(/charge captured/)[0]?.what)).toBe(keyOf(calm.notes(/charge captured/)[0]?.what));
    // Without a guard the second request brings a key of its own.
    const bare = play({
      components: [buyer, once, psp()],
      scenario: down("failfast", 900, 1500),
      workload: { client: { retries: 1, backoffMs: 1000 } },
    });
    expect(keyOf(bare.notes(/charge captured/)[0]?.what)).not.toBe(keyOf(calm.notes(/charge captured/)[0]?.what));
  });

  it("was refused by a queue without room: rejected, not stuck", () => {
    const small = { ...mail, behavior: { mode: "queue", capacity: 1, concurrency: 1 } };
    const measurement = measure({
      ...queued({ workload: { ratePerS: 100, durationMs: 45, client: { retries: 3, backoffMs: 1000 } } }),
      components: [buyer, api, orders(), small, worker(), psp()],
    });
    expect(part(measurement, "mail").failures.full).toBeGreaterThanOrEqual(2);
    expect(measurement.metrics).toMatchObject({ offered: 4, delivered: 4, dropped: 0, pending: 0, errors: 0 });
  });
});

describe("the key of a guard", () => {
  const orderCount = (key: IdempotencySpec["key"], keyPolicy: "per-intent" | "per-request"): number =>
    play(queued({ workload: { client: { ...twice.client, keyPolicy } } }, orders({ key }))).run.truth.orders[0]!;

  it("tells which requests are the same", () => {
    expect(orderCount("request", "per-intent")).toBe(1);
    expect(orderCount("request", "per-request")).toBe(2);
    expect(orderCount("intent", "per-request")).toBe(1);
    expect(orderCount("item", "per-intent")).toBe(2);
    expect(orderCount("none", "per-intent")).toBe(2);
  });

  it("that is none lets every request make an order and a charge", () => {
    const measurement = measure(
      queued({ workload: { ...twice, ratePerS: 5, durationMs: 20_000 } }, orders({ key: "none" })),
    );
    expect(measurement.metrics.offered).toBe(99);
    expect(violations(measurement, "no-duplicate-order")).toBe(99);
    expect(violations(measurement, "no-double-charge")).toBe(99);
  });
});

describe("check, then act", () => {
  const replica = (lagMs: number): Component => orders({ key: "request", check: "check-then-act", lagMs });

  it("lets a second request through that reads before the row shows, and charges twice", () => {
    const { run } = play(queued({ workload: twice }, replica(200)));
    expect(run.truth.orders[0]).toBe(2);
    expect(run.truth.chargeCount).toBe(2);
  });

  it("stops one that reads after it", () => {
    const { run } = play(queued({ workload: twice }, replica(0)));
    expect(run.truth.orders[0]).toBe(1);
    expect(run.truth.chargeCount).toBe(1);
  });

  it("lets through the share lag ÷ window of the second clicks: 100 of 400 ms", () => {
    const client = { doubleClickPct: 100, doubleClickWithinMs: 400 };
    const provider = { ratePerS: 1000, timeMs: 1 };
    const world = queued({ provider, workload: { client, ratePerS: 50, durationMs: 80_000 } }, replica(100));
    const measurement = measure(world);
    const { offered } = measurement.metrics;
    const { low, high } = binomial(offered, 0.25);
    expect(offered).toBe(3999);
    for (const id of ["no-double-charge", "no-duplicate-order"]) {
      expect(violations(measurement, id)).toBeGreaterThan(low);
      expect(violations(measurement, id)).toBeLessThan(high);
    }
  });

  it("has a lag of 200 ms by default", () => {
    const doubles = (lagMs?: number): number => {
      const idempotency = {
        key: "request",
        check: "check-then-act",
        ...(lagMs === undefined ? {} : { lagMs }),
      } as const;
      const client = { doubleClickPct: 100, doubleClickWithinMs: 400 };
      const provider = { ratePerS: 1000, timeMs: 1 };
      const workload = { client, ratePerS: 50, durationMs: 10_000 };
      return violations(measure(queued({ provider, workload }, orders(idempotency))), "no-duplicate-order");
    };
    expect(doubles()).toBe(doubles(200));
    expect(doubles()).not.toBe(doubles(100));
  });
});
