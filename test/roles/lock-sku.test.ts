import { describe, expect, it } from "vitest";
import { type CartShares, Carts } from "../../src/roles/carts.js";
import { Outcome } from "../../src/sim/outcome.js";
import { RandomStreams } from "../../src/sim/random.js";
import { measure, type Script, script, service, storage } from "../components/network.js";
import { type Till, tillOf } from "./till.js";

/** A payment of so long, between the lock's taking and its giving back. */
const pay = (timeMs: number) => storage("pay", { service: service(timeMs, 1000) });

const held = ["lock acquire", "pay", "lock release"];

function storyOf(till: Till, scripted: Script = {}): readonly string[] {
  return script(tillOf(till), scripted)
    .traced("lock", "")
    .map(({ atMs, what }) => `${atMs} ${what}`);
}

describe("a lock of an SKU", () => {
  const wait = { key: "sku", onHeld: "wait" } as const;
  const queue = { ratePerS: 10, durationMs: 10_050 };

  it("held across a call of E[S] serves 1 ÷ E[S], first in, first out, in no slot of its own", () => {
    // 100 arrive within 10 s, and each holds the lock for 500 ms: the k-th ends at 100 + 500 k ms.
    const lock = storage("lock", { role: "lock", idempotency: wait, service: service(0, 1, 0) });
    const network = tillOf({ steps: held, others: [pay(500)], workload: queue });
    const components = network.components.map((component) => (component.id === "lock" ? lock : component));
    const run = measure({ ...network, components });
    expect(run.metrics).toMatchObject({ offered: 100, delivered: 100 });
    expect(run.endMs).toBe(100 + 100 * 500);
    // The k-th waits (k − 1) · 400 ms and is served 500 ms.
    expect(run.metrics.confirmMs.mean).toBeCloseTo(500 + 400 * 49.5, 6);
    expect(run.metrics.confirmMs.max).toBe(500 + 400 * 99);
    expect(run.timeline.delivered.slice(10, 40)).toEqual(Array.from({ length: 30 }, () => 2));
    expect(run.of("lock").failures.full).toBe(0);
  });

  it("is free for the next with its holder's good end, without being given back", () => {
    const run = measure(tillOf({ steps: ["lock acquire", "pay"], lock: wait, others: [pay(500)], workload: queue }));
    expect(run.endMs).toBe(100 + 100 * 500);
    expect(run.violations("no-leak")).toBe(0);
  });

  it("refuses who finds it held, unless told to let him wait", () => {
    // At 100 taken; those of 200 … 500 are refused and ask again a second later; at 600 it is free.
    const till = { steps: held, others: [pay(500)], workload: { ratePerS: 10, durationMs: 550 } };
    const story = storyOf({ ...till, lock: { key: "sku" } });
    expect(story.slice(0, 3)).toEqual(["100 lock on SKU 0 taken, token 1", "200 lock held by another", "200 conflict"]);
    const taken = story.filter((what) => what.includes("taken"));
    // 1200 takes it and holds it to 1700; of those who come at 2300, 2400 and 2500 the first does, and so on.
    expect(taken.map((what) => Number(what.split(" ")[0]))).toEqual([100, 1200, 2300, 3400, 4500]);
    expect(taken.at(-1)).toBe("4500 lock on SKU 0 taken, token 5");
  });

  it("is not that of another SKU", () => {
    // Ten SKUs, evenly: each is a server of its own.
    const cart = { skus: 10, hotShare: 0.1 };
    const run = measure(tillOf({ steps: held, lock: wait, others: [pay(500)], workload: { ...queue, cart } }));
    expect(run.metrics.delivered).toBe(100);
    expect(run.endMs).toBeLessThan(30_000);
  });

  it("is taken by carts of two for both or none, never by two at once, and without a deadlock", () => {
    const cart = { skus: 6, hotShare: 0.3, twoItemShare: 0.7 };
    for (const onHeld of ["wait", "conflict"] as const) {
      const workload = { arrivals: "poisson", ratePerS: 8, durationMs: 20_000, cart } as const;
      const others = [storage("pay")];
      const run = script(tillOf({ steps: held, lock: { key: "sku", onHeld }, others, workload }), {
        answers: { pay: () => ({ outcome: Outcome.ok, afterMs: 200 }) },
      });
      const arrived = run.engine.intents.arrived;
      expect(arrived).toBeGreaterThan(100);
      expect(run.told("ok")).toBe(arrived);
      expect(run.engine.calls.live).toBe(0);
      const carts = new Carts(cart, new RandomStreams(1, "scripted").stream("carts"));
      carts.reserve(arrived);
      for (let serial = 0; serial < arrived; serial++) carts.open(serial);
      const freeFromMs = new Array<number>(cart.skus).fill(0);
      let waits = 0;
      for (const { atMs, serial } of run.visits("pay")) {
        for (const sku of [carts.first(serial), carts.second(serial)].filter((one) => one >= 0)) {
          expect(atMs).toBeGreaterThanOrEqual(freeFromMs[sku]!);
          if (atMs === freeFromMs[sku]) waits++;
          freeFromMs[sku] = atMs + 200;
        }
      }
      if (onHeld === "wait") expect(waits).toBeGreaterThan(20);
    }
  });

  const impatient = { behavior: { mode: "retry", maxAttempts: 1, timeoutMs: 1000, jitter: "none" } };

  it("goes to none who has given up waiting for it, and those behind him move up", () => {
    // 500 is lost with the lock, whose lease ends at 2200. 1000 gives up at 2000; 1500 waits until 2500.
    const story = storyOf(
      {
        steps: held,
        lock: { ...wait, claimLeaseMs: 1700 },
        till: impatient,
        others: [storage("pay")],
        workload: { ratePerS: 2, durationMs: 1_600 },
      },
      { answers: { pay: (visit) => (visit === 0 ? "lost" : Outcome.ok) } },
    );
    expect(story.filter((what) => !what.includes("waits"))).toEqual([
      "500 lock on SKU 0 taken, token 1",
      "2000 its caller has given up: it leaves the line",
      "2200 lock on SKU 0: lease of token 1 ended",
      "2200 lock on SKU 0 taken, token 2",
      "2200 lock on SKU 0 released",
    ]);
  });

  it("leaves nothing behind of those who gave up waiting", () => {
    // The first never gives it back: each of the 11 others leaves the line after 1 s, and its intent is over then.
    const till = { steps: held, lock: wait, till: impatient, others: [storage("pay")] };
    const workload = { ratePerS: 2, durationMs: 6_100 };
    const run = script(tillOf({ ...till, workload }), { answers: { pay: () => "lost" } });
    expect(run.noted("lock", "given up")).toEqual(Array.from({ length: 11 }, (_, k) => 2000 + 500 * k));
    expect([run.engine.calls.live, run.engine.intents.live]).toEqual([0, 0]);
    expect(run.station("lock").report()).toMatchObject({ arrivals: 12, completed: 1, lost: 11 });
  });

  it("is given back by who gives up while he waits for another one", () => {
    // 500 holds SKU 1 for good. 1000 takes SKU 0 and waits for SKU 1, and 1500 for SKU 0: until 1000 gives up.
    const cart = { skus: 2, hotShare: 0.5, twoItemShare: 0.5 };
    const seed = seedWith(cart, ["1", "0,1", "0"]);
    const till = { steps: held, lock: wait, till: impatient, others: [storage("pay")], seed };
    const run = script(tillOf({ ...till, workload: { ratePerS: 2, durationMs: 1_600, cart } }), {
      answers: { pay: (visit) => (visit === 0 ? "lost" : Outcome.ok) },
    });
    const story = run.traced("lock", "").map(({ atMs, what }) => `${atMs} ${what}`);
    expect(story).toEqual([
      "500 lock on SKU 1 taken, token 1",
      "1000 lock held by another: waits in line",
      "1500 lock held by another: waits in line",
      "2000 its caller has given up: it leaves the line",
      "2000 lock on SKU 0 taken, token 2",
      "2000 lock on SKU 0 released",
    ]);
  });

  it("is lost to those who wait when the lock store goes down, and served again afterwards", () => {
    const network = tillOf({
      steps: held,
      lock: wait,
      others: [pay(2000)],
      workload: { ratePerS: 2, durationMs: 4_100 },
    });
    const scenario = { id: "out", kind: "outage", target: "lock", mode: "blackhole", startMs: 1700, endMs: 2200 };
    const run = measure({ ...network, scenario });
    // 500 pays until 2500; 1000 and 1500 wait and are lost; 2000 finds it down; the four from 2500 on are served.
    expect(run.metrics).toMatchObject({ offered: 8, delivered: 5 });
    expect(run.of("lock").lost).toBe(3);
    expect(run.endMs).toBe(2500 + 4 * 2000);
  });

  it("is freed by the end of its lease, whoever has gone, and the next in line has it then", () => {
    const till = { steps: held, lock: { ...wait, claimLeaseMs: 3000 }, others: [storage("pay")] };
    const answers = { pay: (visit: number) => (visit < 2 ? "lost" : Outcome.ok) } as const;
    const story = storyOf({ ...till, workload: { ratePerS: 1, durationMs: 3_100 } }, { answers });
    expect(story).toEqual([
      "1000 lock on SKU 0 taken, token 1",
      "2000 lock held by another: waits in line",
      "3000 lock held by another: waits in line",
      "4000 lock on SKU 0: lease of token 1 ended",
      "4000 lock on SKU 0 taken, token 2",
      "7000 lock on SKU 0: lease of token 2 ended",
      "7000 lock on SKU 0 taken, token 3",
      "7000 lock on SKU 0 released",
    ]);
    const refused = storyOf(
      { ...till, lock: { key: "sku", claimLeaseMs: 3000 }, workload: { ratePerS: 1, durationMs: 2_100 } },
      { answers: { pay: (visit: number) => (visit === 0 ? "lost" : Outcome.ok) } },
    );
    expect(refused.filter((what) => what.includes("taken"))).toEqual([
      "1000 lock on SKU 0 taken, token 1",
      "4000 lock on SKU 0 taken, token 2",
    ]);
  });
});

/** The first seed whose first carts hold these SKUs. */
function seedWith(cart: CartShares, wanted: readonly string[]): number {
  for (let seed = 1; ; seed++) {
    const carts = new Carts(cart, new RandomStreams(seed, "scripted").stream("carts"));
    carts.reserve(wanted.length);
    const drawn = wanted.map((_, serial) => {
      carts.open(serial);
      const second = carts.second(serial);
      return second < 0 ? `${carts.first(serial)}` : `${carts.first(serial)},${second}`;
    });
    if (drawn.every((one, serial) => one === wanted[serial])) return seed;
  }
}
