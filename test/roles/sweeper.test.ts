import { describe, expect, it } from "vitest";
import type { Component, Connection } from "../../src/canvas/canvas.js";
import type { ScenarioSpec } from "../../src/problem/problem.js";
import { binomial, buyer, instant, measure, part, play, psp, violations, type World } from "./world.js";

/** buyer → desk: cart (undone), psp (voided), orders (the pivot); a sweeper beside it. */
interface Checkout {
  readonly saga?: Component["saga"];
  readonly retry?: object;
  readonly provider?: object;
  readonly workload?: World["workload"];
  readonly scenario?: ScenarioSpec;
  readonly sweeper?: object | null;
  readonly sweep?: "compensate" | "resume";
}

function checkout(shop: Checkout): World {
  const behavior = { mode: "retry", jitter: "none", backoffMs: 200, timeoutMs: 1000, maxAttempts: 2, ...shop.retry };
  const desk: Component = { id: "desk", type: "step", service: instant, behavior, saga: shop.saga ?? {} };
  const orders: Component = { id: "orders", type: "storage", role: "order-store", service: instant };
  const cart: Component = { id: "cart", type: "storage", service: instant };
  const sweeper: Component = {
    id: "sweeper",
    type: "trigger",
    behavior: { mode: "passthrough", everyMs: 10_000, ageMs: 25_000, ...shop.sweeper },
  };
  const way = (to: string, undo?: string): Connection => ({
    from: "desk",
    to,
    ...(undo === undefined ? {} : { undo }),
  });
  const sweep: Connection = {
    from: "sweeper",
    to: "desk",
    ...(shop.sweep === undefined ? {} : { operation: shop.sweep }),
  };
  return {
    components: [buyer, desk, cart, psp(), orders, ...(shop.sweeper === null ? [] : [sweeper])],
    connections: [
      "buyer>desk",
      way("cart", "drop"),
      way("psp", "void"),
      way("orders"),
      ...(shop.sweeper === null ? [] : [sweep]),
    ],
    provider: { ratePerS: 1000, ...shop.provider },
    ...(shop.workload === undefined ? {} : { workload: shop.workload }),
    ...(shop.scenario === undefined ? {} : { scenario: shop.scenario }),
  };
}

const pause = (minMs: number, maxMs = minMs): ScenarioSpec => ({ id: "zombies", kind: "pause", rate: 1, minMs, maxMs });
const crash: ScenarioSpec = { id: "crash", kind: "crash", rate: 1, endMs: 2000 };

describe("buyers who leave", () => {
  const n = 400;
  const workload = { ratePerS: 20, durationMs: (n + 0.5) * 50, drainMs: 200_000, abandonRate: 0.25 };

  it("are parked before they pay, swept at age to age + every, and end as abandoned", () => {
    const run = measure(checkout({ workload }));
    const { offered, abandoned, delivered, deliveryRate, dropped, errors, sessionMs } = run.metrics;
    const { low, high } = binomial(n, 0.25);
    expect(offered).toBe(n);
    expect(abandoned).toBeGreaterThan(low);
    expect(abandoned).toBeLessThan(high);
    expect([delivered, deliveryRate, dropped, errors]).toEqual([n - abandoned, 1, 0, 0]);
    expect(part(run, "psp").arrivals).toBe(delivered);
    // Each cart is taken once, and dropped again by those who left.
    expect(part(run, "cart").arrivals).toBe(n + abandoned);
    expect(part(run, "sweeper").arrivals).toBe(abandoned);
    expect(sessionMs.count).toBe(n);
    expect(sessionMs.max!).toBeLessThanOrEqual(35_000);
    expect(sessionMs.max!).toBeGreaterThan(34_000);
    expect(run.timeline.health.every((share) => share === null || share === 1)).toBe(true);
  });

  it("are the same buyers in every design", () => {
    const abandoned = (shop: Checkout) => measure(checkout({ workload, ...shop })).metrics.abandoned;
    expect(abandoned({ provider: { timeMs: 300 } })).toBe(abandoned({}));
  });

  it("are stuck without a sweeper", () => {
    const run = measure(checkout({ workload, sweeper: null }));
    expect(run.metrics.abandoned).toBeGreaterThan(0);
    expect(violations(run, "nothing-stuck")).toBe(run.metrics.abandoned);
    expect(run.metrics.sessionMs.max!).toBeGreaterThan(200_000);
  });

  it("pay after all when a schedule resumes their records", () => {
    const { metrics } = measure(checkout({ workload, sweep: "resume" }));
    expect([metrics.abandoned, metrics.delivered, metrics.errors]).toEqual([0, n, 0]);
  });

  it("do not come again: one request, whatever the client's retries", () => {
    const client = { timeoutMs: 1000, retries: 3, backoffMs: 100 };
    const run = play(checkout({ workload: { abandonRate: 1, client } }));
    expect(run.notes(/^request/)).toHaveLength(1);
    expect(run.notes(/client told abandoned/)).toHaveLength(1);
  });
});

describe("a sweeper", () => {
  it("takes at most its batch in a tick, the oldest first", () => {
    const workload = { ratePerS: 1, durationMs: 3500, drainMs: 200_000, abandonRate: 1 };
    const run = play(checkout({ workload, sweeper: { batch: 1 } }));
    const swept = [0, 1, 2].map((serial) => run.notes(/to be undone/, serial)[0]!.atMs);
    expect(swept).toEqual([30_000, 40_000, 50_000]);
  });

  it("compensates what has stalled after a crash, and plans no tick once nothing is open", () => {
    const run = play(checkout({ saga: { resumeMs: 0, settleMs: 5_000 }, scenario: crash }));
    // The cart was taken and not persisted: its undo is repeated after settling.
    expect(run.notes(/to be undone/).map(({ atMs }) => atMs)).toEqual([30_000]);
    expect(run.notes(/^undone$/).map(({ atMs }) => atMs)).toEqual([35_000]);
    expect(run.run.engine.now).toBe(35_000);
  });

  it("leaves what is past the pivot to go on", () => {
    const shop = checkout({ saga: { resumeMs: 0 }, scenario: { ...crash, startMs: 1050 } });
    const world = { ...shop, connections: [...shop.connections!, { from: "desk", to: "cart", id: "again" }] };
    // Charged at 1100 and crashed: not past the pivot, so it is undone.
    expect(play(world).notes(/charge voided/)).toHaveLength(1);
    const pivoted = checkout({ saga: { resumeMs: 0 }, scenario: { ...crash, startMs: 1050 } });
    const [first, cart, pay, orders, sweep] = pivoted.connections!;
    const late = { ...pivoted, connections: [first!, orders!, pay!, cart!, sweep!] };
    const run = play(late);
    expect(run.notes(/taken over at step 2/)).toHaveLength(1);
    expect(run.run.recorder.counts.delivered).toBe(1);
  });
});

describe("an owner that pauses and goes on", () => {
  it("goes on as before when nobody has taken its record over", () => {
    const run = play(checkout({ scenario: pause(20_000) }));
    expect(run.notes(/has another owner|taken over/)).toEqual([]);
    expect(run.run.recorder.counts.delivered).toBe(1);
    expect(run.run.recorder.sessionMs.max).toBe(20_100);
  });

  it("ends silently under a fence, for its heir has finished long since", () => {
    const run = play(
      checkout({
        sweeper: null,
        scenario: { ...pause(60_000), endMs: 1400 },
        workload: { client: { timeoutMs: 10_000 } },
      }),
    );
    expect(run.notes(/taken over at step 2/).map(({ atMs }) => atMs)).toEqual([31_100]);
    // The charge is replayed under its key, 30 ms later.
    expect(run.notes(/every step is done/).map(({ atMs }) => atMs)).toEqual([31_130]);
    expect(run.notes(/the record has another owner/).map(({ atMs }) => atMs)).toEqual([61_100]);
    expect(run.notes(/order row written/)).toHaveLength(1);
    expect(run.run.truth.chargeCount).toBe(1);
    expect(run.run.recorder.counts.delivered).toBe(1);
  });

  const swept = { scenario: pause(60_000), sweeper: {}, workload: { client: { timeoutMs: 10_000 } } };

  it("writes an order without a payment when nothing fences it off", () => {
    const run = measure(checkout({ ...swept, saga: { fence: false, resumeMs: 0 } }));
    expect(violations(run, "no-phantom-success")).toBe(1);
  });

  it("writes none behind a fence", () => {
    const run = measure(checkout({ ...swept, saga: { fence: true, resumeMs: 0 } }));
    expect(violations(run, "no-phantom-success")).toBe(0);
    expect(run.metrics.delivered).toBe(0);
  });

  it("frees its slot while it stops", () => {
    const world = checkout({ scenario: pause(5_000), workload: { ratePerS: 1, durationMs: 10_500, drainMs: 60_000 } });
    const components = world.components.map((one) =>
      one.id === "desk" ? { ...one, service: { timeMs: 0, concurrency: 1, queueLimit: 0 } } : one,
    );
    const run = measure({ ...world, components });
    expect(part(run, "desk").failures.full).toBe(0);
    expect(run.metrics.delivered).toBe(10);
  });

  it("is a crash where nothing is durable", () => {
    const world: World = {
      components: [buyer, { id: "desk", type: "step", service: instant }, psp()],
      scenario: pause(1_000),
    };
    expect(play(world).notes(/crashed after the ok/)).toHaveLength(1);
  });
});

describe("a charge that lands after its void", () => {
  // One attempt of 1 s, at 1000 ms; the charge lands at 6000.
  const late = (saga: Component["saga"]) =>
    checkout({ provider: { timeMs: 5_000 }, retry: { maxAttempts: 1 }, sweeper: null, saga });
  const compensation = (saga: Component["saga"]) =>
    measure(late(saga)).invariants.find(({ id }) => id === "compensation-complete");

  it("is voided once it had time to land", () => {
    const run = play(late({ settleMs: 30_000 }));
    expect(run.notes(/nothing to void/).map(({ atMs }) => atMs)).toEqual([2000]);
    expect(run.notes(/charge voided/).map(({ atMs }) => atMs)).toEqual([32_030]);
    expect(compensation({ settleMs: 30_000 })).toMatchObject({ violations: 0, exposure: 1 });
  });

  it("is left without settling, and whatever was done is not undone", () => {
    expect(compensation({ settleMs: 0, undoAttempts: 1 })).toMatchObject({ violations: 1, exposure: 1 });
    expect(measure(late({ settleMs: 0 })).metrics.errors).toBe(1);
  });

  it("does not concern an intent that is paid in the end", () => {
    const client = { timeoutMs: 60_000, retries: 1, backoffMs: 40_000 };
    const world = { ...late({ settleMs: 0 }), workload: { client } };
    const slowOnce: ScenarioSpec = {
      id: "slow",
      kind: "latency",
      target: "payment-provider",
      addMs: 4_900,
      endMs: 1400,
    };
    const run = measure({ ...world, provider: { ratePerS: 1000, timeMs: 100 }, scenario: slowOnce });
    expect([run.metrics.delivered, violations(run, "compensation-complete")]).toEqual([1, 0]);
    expect(violations(run, "no-double-charge")).toBe(1);
  });
});

describe("a design with crashes, pauses and leavers", () => {
  it("gives the same figures for the same seed", () => {
    const workload: World["workload"] = {
      ...{ ratePerS: 30, durationMs: 20_000, drainMs: 300_000, crashRate: 0.05, abandonRate: 0.1 },
      client: { timeoutMs: 2_000, retries: 2, backoffMs: 500, doubleClickPct: 10, doubleClickWithinMs: 300 },
      arrivals: "poisson",
    };
    const zombies: ScenarioSpec = { id: "zombies", kind: "pause", rate: 0.1, minMs: 10_000, maxMs: 90_000 };
    const provider = { ratePerS: 200, errorRate: 0.05, errorEffectShare: 0.5, declineRate: 0.05, replyLossRate: 0.05 };
    const world = checkout({ workload, scenario: zombies, provider, retry: { jitter: "full" } });
    const first = measure(world, 5);
    expect(JSON.stringify(measure(world, 5))).toBe(JSON.stringify(first));
    for (const id of ["compensation-complete", "no-phantom-success", "no-lost-charge", "nothing-stuck"]) {
      expect(violations(first, id), id).toBe(0);
    }
    const { offered, delivered, declined, abandoned, dropped } = first.metrics;
    expect(delivered + declined + abandoned + dropped).toBe(offered);
  });
});

describe("an open breaker", () => {
  it("lets an undo through, and counts it neither way", () => {
    const shop = checkout({ sweeper: null, saga: { settleMs: 0 }, workload: { ratePerS: 1, durationMs: 20_500 } });
    const breaker: Component = {
      id: "breaker",
      type: "step",
      service: instant,
      behavior: { mode: "circuitbreaker", window: 4, minCalls: 2, openMs: 1_000_000 },
    };
    const [first, cart, , orders] = shop.connections!;
    const run = measure({
      ...shop,
      provider: { ratePerS: 1000, errorRate: 1 },
      components: [...shop.components, breaker],
      connections: [
        first!,
        cart!,
        { from: "desk", to: "breaker", operation: "charge", undo: "void" },
        "breaker>psp",
        orders!,
      ],
    });
    // The first intent's second attempt meets its stored error, which does not count; the second intent's error opens it.
    // Both voids pass: 2 + 1 calls for the first, 1 + 1 for the second, and none for the others.
    expect(part(run, "breaker")).toMatchObject({ opens: 1, failures: { open: 19 } });
    expect(part(run, "psp").arrivals).toBe(5);
  });
});
