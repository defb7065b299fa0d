import { describe, expect, it } from "vitest";
import type { Canvas, Component, Connection } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Problem, ScenarioSpec, WorkloadSpec } from "../../src/problem/problem.js";
import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { api, buyer, instant, psp } from "./world.js";

const orders: Component = { id: "orders", type: "storage", role: "order-store", service: instant };
const outbox: Component = { id: "outbox", type: "channel", role: "outbox", service: instant };
const points = (rest: Partial<Component> = {}): Component => ({
  id: "points",
  type: "step",
  role: "consumer",
  service: instant,
  idempotency: { key: "event" },
  ...rest,
});
const view = (rest: Partial<Component> = {}): Component => ({
  id: "view",
  type: "storage",
  role: "read-model",
  service: instant,
  ...rest,
});

const unlimited: ScenarioSpec = { id: "baseline", kind: "baseline" };

interface Shop {
  readonly downstream: readonly Component[];
  readonly connections: readonly (string | Connection)[];
  readonly workload?: Partial<WorkloadSpec>;
  readonly provider?: object;
  readonly scenario?: ScenarioSpec;
}

/** A buyer's order is written, then paid; 100 orders a second unless the workload says otherwise. */
function problemOf({ workload, provider, scenario }: Shop): Problem {
  return {
    id: "shop",
    title: "A shop",
    roles: {
      "payment-provider": { ratePerS: 10_000, timeMs: 10, ...provider },
      "order-store": {},
      outbox: {},
      consumer: {},
      "read-model": {},
    },
    goal: { role: "payment-provider", operation: "charge" },
    workload: { arrivals: "constant", ratePerS: 100, durationMs: 100_000, drainMs: 100_000, ...workload },
    scenarios: [scenario ?? unlimited],
    invariants: ["exactly-once-downstream", "convergence"],
  };
}

function modelOf(shop: Shop) {
  const written = (line: string | Connection): Connection => {
    if (typeof line !== "string") return line;
    const [from = "", to = ""] = line.split(">");
    return { from, to };
  };
  const canvas: Canvas = {
    components: [buyer, api, orders, psp(), ...shop.downstream],
    connections: ["buyer>api", "api>orders", "api>psp", ...shop.connections].map(written),
  };
  return compile(canvas, problemOf(shop));
}

function run(shop: Shop, seed = 1): ScenarioMeasurement {
  return simulate(modelOf(shop), { seed })[0]!;
}

const judged = (measured: ScenarioMeasurement, id: string) => measured.invariants.find((entry) => entry.id === id)!;
const arrivalsAt = (measured: ScenarioMeasurement, id: string) =>
  measured.components.find((component) => component.id === id)!.arrivals;
const changes = (to: string): Connection => ({ from: "orders", to, on: "change" });

/** A binomial count lies within 4 σ. */
function expectCount(count: number, n: number, p: number): void {
  expect(Math.abs(count - n * p)).toBeLessThan(4 * Math.sqrt(n * p * (1 - p)));
}

describe("a store's changes", () => {
  it("reach their consumer once each, within 0.2 s of the order's becoming final", () => {
    const measured = run({ downstream: [view()], connections: [changes("view")] });
    const { delivered, readLagMs } = measured.metrics;
    expect(delivered).toBe(9_999);
    expect(arrivalsAt(measured, "view")).toBe(delivered);
    expect(readLagMs.count).toBe(delivered);
    // Uniform on 0 to 200 ms: mean 100, p95 190.
    expect(Math.abs(readLagMs.mean! - 100)).toBeLessThan((4 * 57.7) / 100);
    expect(readLagMs.p95!).toBeGreaterThan(187);
    expect(readLagMs.max!).toBeLessThan(200);
    expect(judged(measured, "convergence")).toMatchObject({ violations: 0, exposure: delivered });
  });

  it("come again until they are acknowledged: none is lost while the view is full", () => {
    const slow = view({ service: { timeMs: 20, concurrency: 1, queueLimit: 10 } });
    const measured = run({ downstream: [slow], connections: [changes("view")], workload: { durationMs: 20_000 } });
    // 100/s on 50/s: half of them wait outside, are refused and come again a second later.
    const refused = measured.components.find(({ id }) => id === "view")!.failures.full;
    expect(refused).toBeGreaterThan(1000);
    expect(measured.metrics.readLagMs.count).toBe(1999);
    expect(judged(measured, "convergence").violations).toBe(0);
  });

  it("that the provider declined show as final and are applied by nobody", () => {
    const measured = run({
      downstream: [points(), view()],
      connections: [changes("points"), changes("view")],
      provider: { declineRate: 0.2 },
    });
    const { declined, delivered, offered } = measured.metrics;
    expectCount(declined, offered, 0.2);
    expect(arrivalsAt(measured, "points")).toBe(declined + delivered);
    expect(measured.metrics.readLagMs.count).toBe(offered);
    expect(judged(measured, "exactly-once-downstream").violations).toBe(0);
  });

  it("are not sent about intents that the store has never seen", () => {
    const shop = { downstream: [view()], connections: [changes("view")] };
    const model = modelOf({ ...shop });
    const skipping = { ...model, edges: model.edges.filter((edge) => edge.id !== "api→orders") };
    const components = model.components.map((component) => ({
      ...component,
      edges: skipping.edges.filter((edge) => edge.from === component.index).map((edge) => skipping.edges.indexOf(edge)),
    }));
    const measured = simulate({ ...skipping, components }, { seed: 1 })[0]!;
    expect(measured.metrics.delivered).toBe(9_999);
    expect(arrivalsAt(measured, "view")).toBe(0);
  });
});

describe("an outbox", () => {
  const behind = [changes("outbox"), "outbox>points", "outbox>view"];

  it("repeats a share of what it relays: n · p at each consumer, which knows what it has applied", () => {
    const shop = { downstream: [outbox, points(), view()], connections: behind, workload: { eventRepeatRate: 0.02 } };
    const measured = run(shop);
    expectCount(arrivalsAt(measured, "points") - 9_999, 9_999, 0.02);
    expectCount(arrivalsAt(measured, "view") - 9_999, 9_999, 0.02);
    const { violations, exposure } = judged(measured, "exactly-once-downstream");
    expect(violations).toBe(0);
    expect(exposure).toBe(arrivalsAt(measured, "points") - 9_999);
  });

  it("has a consumer without a key apply those twice, and the trace says so", () => {
    const measured = run({
      downstream: [outbox, points({ idempotency: { key: "none" } })],
      connections: [changes("outbox"), "outbox>points"],
      workload: { eventRepeatRate: 0.02 },
    });
    const { violations, exposure, examples } = judged(measured, "exactly-once-downstream");
    expectCount(violations, 9_999, 0.02);
    expect(exposure).toBe(violations);
    const what = examples[0]!.trace.map((note) => note.what);
    expect(what).toContain("delivered twice");
    expect(what.at(-1)).toBe("applied (2 for this intent)");
  });

  it("does not let a slow consumer hold up the others", () => {
    const slow = view({ service: { timeMs: 20, concurrency: 1, queueLimit: 10 } });
    const measured = run({
      downstream: [outbox, points(), slow],
      connections: behind,
      workload: { durationMs: 20_000 },
    });
    expect(arrivalsAt(measured, "points")).toBe(1999);
    expect(arrivalsAt(measured, "view")).toBeGreaterThan(3000);
  });

  it("may be stated as a publisher", () => {
    const model = modelOf({
      downstream: [{ ...outbox, role: "publisher" }, points()],
      connections: behind.slice(0, 2),
    });
    expect(model.bindings.get("outbox")).toEqual([4]);
    expect(model.findings.filter(({ code }) => code === "unknown-role")).toEqual([]);
  });

  it("is what a store leads to without saying so: an assumption, refused under strict", () => {
    const model = modelOf({ downstream: [outbox, points()], connections: ["orders>outbox", "outbox>points"] });
    expect(model.edges.find(({ id }) => id === "orders→outbox")!.on).toBe("change");
    expect(model.assumptions.find(({ field }) => field === "connection orders→outbox: on")?.value).toBe("change");
  });
});

describe("a dual write", () => {
  it("is lost in a share of cases, and nobody notices: n · p orders without points", () => {
    const shop = { downstream: [points()], connections: ["api>points"], workload: { dualWriteLossRate: 0.05 } };
    const measured = run(shop);
    expect(measured.metrics.accepted).toBe(9_999);
    const { violations, exposure, examples } = judged(measured, "exactly-once-downstream");
    expectCount(violations, 9_999, 0.05);
    expect(exposure).toBe(violations);
    expect(arrivalsAt(measured, "points")).toBe(9_999 - violations);
    expect(examples[0]!.trace.map((note) => note.what)).toContain("never sent: its sender died between two writes");
  });

  it("goes on with what comes after it", () => {
    const measured = run({
      downstream: [points(), view()],
      connections: ["api>points", "api>view"],
      workload: { dualWriteLossRate: 0.5 },
    });
    expectCount(9_999 - arrivalsAt(measured, "points"), 9_999, 0.5);
    expectCount(9_999 - arrivalsAt(measured, "view"), 9_999, 0.5);
    // What is shown before the order is final is right from then on.
    expect(measured.metrics.readLagMs.max).toBe(0);
    expect(judged(measured, "convergence").violations).toBe(9_999 - arrivalsAt(measured, "view"));
  });

  it("is one, too, that goes into a queue before the consumer; what leaves the queue is none", () => {
    const events: Component = { id: "events", type: "channel", service: instant, behavior: { mode: "queue" } };
    const measured = run({
      downstream: [events, points()],
      connections: ["api>events", "events>points"],
      workload: { dualWriteLossRate: 0.05 },
    });
    const missing = 9_999 - arrivalsAt(measured, "events");
    expectCount(missing, 9_999, 0.05);
    expect(arrivalsAt(measured, "points")).toBe(arrivalsAt(measured, "events"));
    expect(judged(measured, "exactly-once-downstream").violations).toBe(missing);
  });
});

describe("a status poll at a read model", () => {
  it("is answered by what that shows, not by what has been recorded", () => {
    const charges: Component = { id: "charges", type: "channel", service: instant, behavior: { mode: "queue" } };
    const canvas: Canvas = {
      components: [buyer, api, orders, charges, psp(), view()],
      connections: [
        { from: "buyer", to: "api" },
        { from: "api", to: "orders" },
        { from: "api", to: "charges" },
        { from: "charges", to: "psp" },
        changes("view"),
        { from: "buyer", to: "view", on: "poll" },
      ],
    };
    const workload = { durationMs: 20_000, client: { poll: { everyMs: 50 } } };
    const problem = problemOf({ downstream: [], connections: [], workload });
    const { readLagMs, statusMs } = simulate(compile(canvas, problem), { seed: 1 })[0]!.metrics;
    expect(statusMs.count).toBe(1999);
    // Shown after 0 to 200 ms, and seen by the next poll, 0 to 50 ms later.
    expect(Math.abs(readLagMs.mean! - 100)).toBeLessThan((4 * 57.7) / Math.sqrt(1999));
    expect(Math.abs(statusMs.mean! - readLagMs.mean! - 25)).toBeLessThan(5);
    expect(statusMs.max!).toBeGreaterThan(190);
  });
});

describe("a projector that is slowed down", () => {
  it("catches up after the fault: behind by λ · T · (1 − μ/λ), back after that ÷ (μ − λ)", () => {
    const projector = view({ service: { timeMs: 5, concurrency: 1, queueLimit: 100_000 } });
    const measured = run({
      downstream: [outbox, projector],
      connections: [changes("outbox"), "outbox>view"],
      workload: { durationMs: 120_000, drainMs: 60_000 },
      scenario: { id: "slow", kind: "latency", target: "read-model", startMs: 30_000, endMs: 60_000, factor: 4 },
    });
    // 100/s on 50/s for 30 s: 1,500 behind; then 200/s on 100/s: 15 s, and one for the slow one in service.
    expect(measured.metrics.readCaughtUpMs).toBeGreaterThanOrEqual(13_000);
    expect(measured.metrics.readCaughtUpMs).toBeLessThanOrEqual(16_000);
    expect(measured.metrics.readLagMs.max!).toBeGreaterThan(7_000);
    expect(judged(measured, "convergence").violations).toBe(0);
  });
});
