import { describe, expect, it } from "vitest";
import type { ClientSpec, WorkloadSpec } from "../../src/problem/problem.js";
import { workloadOf } from "../../src/scenarios/run.js";
import { Outcome } from "../../src/sim/outcome.js";
import { modelOf, type Script, script, storage } from "../components/network.js";
import { tillOf } from "../roles/till.js";
import { binomial } from "../roles/world.js";

/** buyer → till → shop; the requests as they arrive at the shop. */
function visit(client: ClientSpec, workload: Partial<WorkloadSpec> = {}, scripted: Script = {}) {
  return script(
    tillOf({
      steps: ["shop"],
      others: [storage("shop")],
      workload: { ratePerS: 1, durationMs: 1500, client, ...workload },
    }),
    { answers: { shop: () => Outcome.ok, ...scripted.answers } },
  );
}

const second = { secondDevicePct: 100, secondDeviceFromMs: 400, secondDeviceToMs: 400 };

describe("a second device", () => {
  it("sends a request of its own in its share of the intents, evenly within its time", () => {
    const client = { secondDevicePct: 20, secondDeviceFromMs: 200, secondDeviceToMs: 2700 };
    const run = visit(client, { ratePerS: 50, durationMs: 100_010 });
    const seen = run.visits("shop");
    const { low, high } = binomial(5000, 0.2);
    expect(seen.length - 5000).toBeGreaterThan(low);
    expect(seen.length - 5000).toBeLessThan(high);
    const firstMs = new Map<number, number>();
    const afters: number[] = [];
    for (const { serial, atMs } of seen) {
      if (firstMs.has(serial)) afters.push(atMs - firstMs.get(serial)!);
      else firstMs.set(serial, atMs);
    }
    expect(Math.min(...afters)).toBeGreaterThanOrEqual(200);
    expect(Math.max(...afters)).toBeLessThan(2700);
    const mean = afters.reduce((sum, one) => sum + one, 0) / afters.length;
    // Uniform: σ = 2500 ÷ √12.
    expect(Math.abs(mean - 1450)).toBeLessThan((4 * 2500) / Math.sqrt(12 * afters.length));
  });

  it("has its own key, also when it asks again", () => {
    const keys = visit({ ...second }, {}, { answers: { shop: (n) => (n < 3 ? Outcome.conflict : Outcome.ok) } })
      .traced("client", "sent with key")
      .map(({ atMs, what }) => [atMs, what.replace(/^.*key /, "")] as const);
    expect(keys.map(([atMs]) => atMs)).toEqual([1000, 1400, 2000, 2400]);
    expect(keys[2]![1]).toBe(keys[0]![1]);
    expect(keys[3]![1]).toBe(keys[1]![1]);
    expect(keys[1]![1]).not.toBe(keys[0]![1]);
  });

  it("asks again on a conflict each second, 60 times at most, although the first device has been served", () => {
    const run = visit(second, {}, { answers: { shop: (n) => (n === 0 ? Outcome.ok : Outcome.conflict) } });
    const times = run.visits("shop").map(({ atMs }) => atMs);
    expect(times).toEqual([1000, ...Array.from({ length: 61 }, (_, n) => 1400 + 1000 * n)]);
    expect(run.engine.intents.live).toBe(0);
  });

  it("is not retried, nor does its failure end the first one's tries", () => {
    const client = { ...second, retries: 2, backoffMs: 1000, timeoutMs: 600 };
    const failing = visit(client, {}, { answers: { shop: () => Outcome.error } });
    expect(failing.visits("shop").map(({ atMs }) => atMs)).toEqual([1000, 1400, 2000, 4000]);
    const silent = visit(client, {}, { answers: { shop: () => "lost" } });
    expect(silent.visits("shop").map(({ atMs }) => atMs)).toEqual([1000, 1400, 2600, 5200]);
  });

  it("is no attacker's", () => {
    const network = tillOf({
      steps: ["shop"],
      others: [storage("shop")],
      workload: { ratePerS: 1, durationMs: 10_500, client: second },
    });
    const scenario = { id: "attack", kind: "adversarial", multiplier: 3 };
    const model = modelOf({ ...network, scenario });
    expect(workloadOf(model, scenario).client).toEqual(second);
    const plain = visit(second, { durationMs: 10_500 }).visits("shop").length;
    expect(plain).toBe(20);
  });

  it("changes nothing for the first one: neither clicks nor carts", () => {
    const clicks = { doubleClickPct: 30, doubleClickWithinMs: 300 };
    const workload = { ratePerS: 20, durationMs: 10_010 };
    const alone = visit(clicks, workload).visits("shop");
    const both = visit({ ...clicks, ...second }, workload).visits("shop");
    const timesOf = (visits: typeof alone) => visits.map(({ atMs, serial }) => `${serial} ${atMs}`);
    expect(alone.length).toBeGreaterThan(210);
    expect(both).toHaveLength(alone.length + 200);
    expect(timesOf(both)).toEqual(expect.arrayContaining(timesOf(alone)));
  });
});

describe("a scenario", () => {
  it("changes what it states of the problem's carts, and takes the rest from there", () => {
    const cart = { skus: 51, hotShare: 0.2, twoItemShare: 0.4 };
    const model = modelOf(tillOf({ steps: ["lock acquire"], workload: { cart } }));
    const changed = (workload: Partial<WorkloadSpec>) =>
      workloadOf(model, { id: "a", kind: "baseline", workload }).cart;
    expect(changed({ cart: { hotShare: 0.6 } })).toEqual({ ...cart, hotShare: 0.6 });
    expect(changed({})).toEqual(cart);
    expect(workloadOf(modelOf(tillOf({ steps: [] })), { id: "a", kind: "baseline" }).cart).toBeUndefined();
  });
});
