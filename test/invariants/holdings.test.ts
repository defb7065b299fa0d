import { describe, expect, it } from "vitest";
import type { IdempotencySpec } from "../../src/canvas/canvas.js";
import type { ScenarioSpec, WorkloadSpec } from "../../src/problem/problem.js";
import { Outcome } from "../../src/sim/outcome.js";
import { type Measured, measure, script, service, storage, tool } from "../components/network.js";
import { ask, type Till, tillOf } from "../roles/till.js";

interface Checkout {
  readonly steps: readonly string[];
  readonly lock?: IdempotencySpec;
  readonly stock?: IdempotencySpec;
  readonly inventory?: Record<string, number>;
  readonly provider?: object;
  readonly workload?: Partial<WorkloadSpec>;
  readonly scenario?: ScenarioSpec;
  readonly compensate?: string;
}

/** buyer → till → its steps, one of them the payment, which is the goal; 100 intents, ten a second. */
function sell({ steps, inventory = {}, provider, scenario, compensate, ...rest }: Checkout): Measured {
  const psp = tool("psp", { role: "payment-provider" });
  const network = tillOf({
    steps,
    others: [psp],
    units: { inventory, "payment-provider": { ratePerS: 1000, timeMs: 100, ...provider } },
    ...rest,
    workload: { ratePerS: 10, durationMs: 10_050, ...rest.workload },
  });
  const undo =
    compensate === undefined ? [] : [{ from: "till", to: "stock", on: "compensate", operation: compensate } as const];
  return measure({
    ...network,
    connections: [...network.connections, ...undo],
    goal: { role: "payment-provider", operation: "charge" },
    ...(scenario === undefined ? {} : { scenario }),
  });
}

const judged = (run: Measured, id: string): readonly number[] => [run.violations(id), run.exposure(id)];
const whole = ["stock reserve", "psp", "stock commit"];

describe("no-oversell", () => {
  it("holds where each takes what is there, and is tested by those who want the same at once", () => {
    // Each reservation is open for 100 ms; the next buyer comes just then, or 50 ms before the end.
    expect(judged(sell({ steps: whole }), "no-oversell")).toEqual([0, 0]);
    const crowded = sell({ steps: whole, provider: { timeMs: 150 } });
    expect(judged(crowded, "no-oversell")).toEqual([0, 99]);
    const apart = { skus: 100, hotShare: 0, twoItemShare: 0 };
    const alone = sell({ steps: whole, provider: { timeMs: 150 }, workload: { cart: apart } });
    expect(alone.exposure("no-oversell")).toBeLessThan(10);
  });

  it("is broken by a confirmed intent that did not get its cart, once", () => {
    expect(judged(sell({ steps: ["stock reserve", "psp"] }), "no-oversell")[0]).toBe(100);
    const twice = ["stock reserve", "psp", "stock commit", "stock reserve", "stock commit"];
    expect(judged(sell({ steps: twice }), "no-oversell")[0]).toBe(0);
    expect(judged(sell({ steps: twice, stock: { key: "none" } }), "no-oversell")[0]).toBe(100);
  });

  it("is broken by what leaves the stock for an intent that is not confirmed", () => {
    const before = sell({ steps: ["stock reserve", "stock commit", "psp"], provider: { declineRate: 1 } });
    expect(before.metrics.declined).toBe(100);
    expect(judged(before, "no-oversell")[0]).toBe(100);
    expect(judged(sell({ steps: whole, provider: { declineRate: 1 } }), "no-oversell")[0]).toBe(0);
  });

  it("is broken by each that takes a unit that is gone, although it is sold out for others", () => {
    const stock = { check: "check-then-act", lagMs: 450 } as const;
    // As in the inventory's own test, four are too many.
    expect(judged(sell({ steps: whole, stock, inventory: { unitsPerSku: 10 } }), "no-oversell")[0]).toBe(4);
  });

  it("is broken by a commit of units that were given back twice and sold to others", () => {
    const till: Till = {
      steps: ["stock reserve", "stock release", "slow", "stock reserve", "stock commit"],
      others: [storage("slow", { service: service(500, 10) })],
      units: { inventory: { unitsPerSku: 1 } },
      workload: { ratePerS: 10, durationMs: 250 },
    };
    const violated = (unfenced: boolean): number =>
      script(tillOf(till), {
        at: [[400, (engine) => ask(engine, 0, "stock release", unfenced)]],
      }).run.invariants.find(({ invariant }) => invariant.id === "no-oversell")!.violations;
    // Two buyers and one unit: released again, it is there for both by the book, and the second commit has none.
    expect(violated(false)).toBe(0);
    expect(violated(true)).toBe(1);
  });

  it("is broken by sales past the inventory, and neither broken nor tested without one", () => {
    const steps = ["lock acquire", "psp"];
    expect(judged(sell({ steps }), "no-oversell")[0]).toBe(100);
    const network = tillOf({ steps: ["lock acquire"], workload: { ratePerS: 10, durationMs: 1050 } });
    const components = network.components.filter(({ id }) => id !== "stock");
    expect(judged(measure({ ...network, components }), "no-oversell")).toEqual([0, 0]);
  });
});

describe("no-leak", () => {
  it("counts reservations that nobody gives back when the payment fails, each an interrupted sequence", () => {
    const provider = { unavailableRate: 0.5 };
    const left = sell({ steps: whole, provider });
    expect(left.metrics.dropped).toBeGreaterThan(30);
    expect(judged(left, "no-leak")).toEqual([left.metrics.dropped, left.metrics.dropped]);
    const undone = sell({ steps: whole, provider, compensate: "release" });
    expect(undone.metrics.dropped).toBe(left.metrics.dropped);
    expect(judged(undone, "no-leak")).toEqual([0, left.metrics.dropped]);
  });

  it("counts reservations of declined intents, and of confirmed ones that never committed", () => {
    const declined = sell({ steps: whole, provider: { declineRate: 0.5 } });
    expect(declined.metrics.declined).toBeGreaterThan(30);
    expect(judged(declined, "no-leak")).toEqual([declined.metrics.declined, declined.metrics.declined]);
    expect(judged(sell({ steps: ["stock reserve", "psp"] }), "no-leak")[0]).toBe(100);
    const soldOut = sell({ steps: whole, inventory: { unitsPerSku: 40 } });
    expect(soldOut.metrics.declined).toBe(60);
    expect(judged(soldOut, "no-leak")).toEqual([0, 0]);
  });

  it("counts locks that are held when their intent is over, not those that are done or were given back", () => {
    const steps = ["lock acquire", "psp"];
    const lockOf = (key: "intent" | "sku", onHeld: "conflict" | "wait" = "wait") => ({ key, onHeld });
    expect(judged(sell({ steps }), "no-leak")[0]).toBe(0);
    expect(judged(sell({ steps, lock: lockOf("sku") }), "no-leak")[0]).toBe(0);
    const provider = { declineRate: 0.5 };
    const failed = sell({ steps, provider });
    expect(judged(failed, "no-leak")).toEqual([failed.metrics.declined, failed.metrics.declined]);
    expect(judged(sell({ steps: ["lock acquire", "lock release", "psp"], provider }), "no-leak")).toEqual([0, 0]);
  });

  it("counts a lock of a confirmed intent only where somebody else asks for it", () => {
    const violated = (ratePerS: number, durationMs: number, zombieMs: number): readonly (number | undefined)[] => {
      const till: Till = {
        steps: ["lock acquire", "lock release", "pay"],
        lock: { key: "sku" },
        others: [storage("pay")],
        workload: { ratePerS, durationMs },
      };
      const { run } = script(tillOf(till), {
        answers: { pay: () => ({ outcome: Outcome.ok, afterMs: 400 }) },
        // While the first intent pays, its lock is taken for another of its items, and kept.
        at: [[zombieMs, (engine) => zombie(engine)]],
      });
      return [
        run.recorder.counts.delivered,
        run.invariants.find(({ invariant }) => invariant.id === "no-leak")?.violations,
      ];
    };
    expect(violated(1, 1050, 1100)).toEqual([1, 0]);
    // The second comes while the first still pays, and asks in vain.
    expect(violated(5, 450, 300)).toEqual([1, 1]);
  });

  it("counts what is still held when the run ends", () => {
    const cut = sell({ steps: whole, provider: { timeMs: 150 }, workload: { drainMs: 0 } });
    expect(cut.metrics.pending).toBe(1);
    expect(cut.violations("no-leak")).toBe(1);
  });
});

/** Takes the first intent's lock for an item of nobody's. */
function zombie(engine: Parameters<typeof ask>[0]): void {
  engine.intents.forEachOpen((intent) => {
    if (engine.intents.serial[intent] === 0) engine.intents.openItem(intent, engine.intents.mintKey());
  });
  ask(engine, 0, "lock acquire");
}
