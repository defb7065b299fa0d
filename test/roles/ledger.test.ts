import { describe, expect, it } from "vitest";
import type { Component, Connection } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Problem, WorkloadSpec } from "../../src/problem/problem.js";
import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { api, buyer, instant, psp } from "./world.js";

const orders: Component = { id: "orders", type: "storage", role: "order-store", service: instant };
const outbox: Component = { id: "outbox", type: "channel", role: "outbox", service: instant };
const ledger = (rest: Partial<Component> = {}): Component => ({
  id: "books",
  type: "storage",
  role: "ledger",
  service: instant,
  ...rest,
});

interface Shop {
  readonly downstream: readonly Component[];
  readonly connections: readonly (string | Connection)[];
  readonly workload?: Partial<WorkloadSpec>;
  readonly provider?: object;
  readonly roles?: Problem["roles"];
}

/** A buyer's order is written, then paid; 100 orders a second for 100 s. */
function modelOf({ downstream, connections, workload, provider, roles }: Shop) {
  const written = (line: string | Connection): Connection => {
    if (typeof line !== "string") return line;
    const [from = "", to = ""] = line.split(">");
    return { from, to };
  };
  const problem: Problem = {
    id: "shop",
    title: "A shop",
    roles: roles ?? {
      "payment-provider": { ratePerS: 10_000, timeMs: 10, ...provider },
      "order-store": {},
      outbox: {},
      ledger: {},
    },
    goal: { role: "payment-provider", operation: "charge" },
    workload: { arrivals: "constant", ratePerS: 100, durationMs: 100_000, drainMs: 100_000, ...workload },
    scenarios: [{ id: "baseline", kind: "baseline" }],
    invariants: ["ledger-balanced", "exactly-once-downstream"],
  };
  return compile(
    {
      components: [buyer, api, orders, psp(), ...downstream],
      connections: ["buyer>api", "api>orders", "api>psp", ...connections].map(written),
    },
    problem,
  );
}

const run = (shop: Shop): ScenarioMeasurement => simulate(modelOf(shop), { seed: 1 })[0]!;
const judged = (measured: ScenarioMeasurement, id: string) => measured.invariants.find((entry) => entry.id === id)!;
const arrivalsAt = (measured: ScenarioMeasurement, id: string) =>
  measured.components.find((component) => component.id === id)!.arrivals;
const changes: Connection = { from: "orders", to: "outbox", on: "change" };
const orderCount = 9_999;

/** A binomial count lies within 4 σ. */
function expectCount(count: number, n: number, p: number): void {
  expect(Math.abs(count - n * p)).toBeLessThan(4 * Math.sqrt(n * p * (1 - p)));
}

describe("a ledger behind an outbox", () => {
  const relayed = { connections: [changes, "outbox>books"], workload: { eventRepeatRate: 0.02 } };

  it("writes each paid order's entries once, although events are repeated", () => {
    const measured = run({ ...relayed, downstream: [outbox, ledger()] });
    const repeated = arrivalsAt(measured, "books") - orderCount;
    expectCount(repeated, orderCount, 0.02);
    expect(judged(measured, "ledger-balanced")).toMatchObject({ violations: 0, exposure: repeated });
    expect(judged(measured, "exactly-once-downstream")).toMatchObject({ violations: 0, exposure: repeated });
  });

  it("writes them twice without a key: balanced, and yet wrong", () => {
    const measured = run({ ...relayed, downstream: [outbox, ledger({ idempotency: { key: "none" } })] });
    const repeated = arrivalsAt(measured, "books") - orderCount;
    const { violations, exposure, examples } = judged(measured, "ledger-balanced");
    expect([violations, exposure]).toEqual([repeated, repeated]);
    expect(judged(measured, "exactly-once-downstream").violations).toBe(repeated);
    const what = examples[0]!.trace.map((note) => note.what).filter((note) => note.startsWith("post"));
    expect(what).toEqual(Array(2).fill("post written: entries sum to 0.00 and 0.00"));
  });

  it("writes nothing for what was declined, although it is told of it", () => {
    const measured = run({ ...relayed, downstream: [outbox, ledger()], provider: { declineRate: 0.2 } });
    const { declined, delivered } = measured.metrics;
    expectCount(declined, orderCount, 0.2);
    expect(arrivalsAt(measured, "books")).toBeGreaterThan(declined + delivered);
    expect(judged(measured, "ledger-balanced").violations).toBe(0);
  });
});

describe("entries that are written apart", () => {
  const apart: readonly Connection[] = ["debit", "payout", "fee"].map((operation) => ({
    id: operation,
    from: "outbox",
    to: "books",
    operation,
  }));

  it("are one write each, and each is known by its operation under one key", () => {
    const measured = run({
      downstream: [outbox, ledger()],
      connections: [changes, ...apart],
      workload: { eventRepeatRate: 0.02 },
    });
    expectCount(arrivalsAt(measured, "books") - 3 * orderCount, 3 * orderCount, 0.02);
    expect(judged(measured, "ledger-balanced")).toMatchObject({ violations: 0, exposure: orderCount });
    expect(judged(measured, "exactly-once-downstream").violations).toBe(0);
  });

  it("are out of balance where one of them is nobody's: the buyers' debit alone", () => {
    const measured = run({ downstream: [outbox, ledger()], connections: [changes, apart[0]!] });
    expect(judged(measured, "ledger-balanced").violations).toBe(orderCount);
    // A consumer of each order it is, by its debit.
    expect(judged(measured, "exactly-once-downstream").violations).toBe(0);
  });

  it("are lost one by one in dual writes: 1 − (1 − p)³ of the orders are out of balance", () => {
    const measured = run({
      downstream: [ledger()],
      connections: apart.map((connection) => ({ ...connection, from: "api" })),
      workload: { dualWriteLossRate: 0.02 },
    });
    expectCount(arrivalsAt(measured, "books"), 3 * orderCount, 0.98);
    const { violations, exposure, examples } = judged(measured, "ledger-balanced");
    expectCount(violations, orderCount, 1 - 0.98 ** 3);
    expect(exposure).toBe(orderCount);
    expectCount(judged(measured, "exactly-once-downstream").violations, orderCount, 0.02);
    const what = examples[0]!.trace.map((note) => note.what);
    expect(what).toContain("never sent: its sender died between two writes");
    expect(what.filter((note) => / written: entries sum to /.test(note)).at(-1)).not.toMatch(/0\.00 and 0\.00$/);
  });
});

describe("a ledger for a charge that never came", () => {
  it("is wrong for each order that failed after its entries were written", () => {
    const measured = run({
      downstream: [ledger()],
      // The ledger first, then the provider, who refuses half of them.
      connections: ["orders>books"],
      provider: { unavailableRate: 0.5 },
    });
    const { delivered, dropped } = measured.metrics;
    expectCount(delivered, orderCount, 0.5);
    expect(judged(measured, "ledger-balanced").violations).toBe(dropped);
  });
});

describe("a ledger by its words", () => {
  const drawn = { downstream: [outbox, ledger({ id: "journal", role: undefined })], connections: [changes] };

  it("is one where the problem asks for it: an assumption, as its key is", () => {
    const model = modelOf({ ...drawn, connections: [changes, "outbox>journal"] });
    expect(model.bindings.get("ledger")).toEqual([5]);
    const fields = model.assumptions.filter(({ component }) => component === "journal").map(({ field }) => field);
    expect(fields).toContain("role");
    expect(fields).toContain("idempotency.key");
  });

  it("is none where the problem does not", () => {
    const roles = { "payment-provider": { ratePerS: 10_000, timeMs: 10 }, "order-store": {}, outbox: {} };
    const model = modelOf({ ...drawn, connections: [changes, "outbox>journal"], roles });
    expect(model.bindings.has("ledger")).toBe(false);
  });
});
