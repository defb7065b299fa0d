import { describe, expect, it } from "vitest";
import { explainCanvasCriterion, RunCauses } from "../../src/scoring/causes.js";
import { buildModel, buildRun, checkoutSketch, type ModelSketch, type RunSketch } from "./fixtures.js";

function cause(sketch: ModelSketch, run: RunSketch, metric: string, actual: number | null = 0): string {
  const criterion = { id: metric, scenario: "baseline", metric, expected: "", actual, pass: false };
  return new RunCauses(buildModel(sketch), buildRun(run)).ofCriterion(criterion).message;
}

const broken = (id: string, violations = 25) => ({
  id,
  violations,
  exposure: 340,
  examples: [{ intent: 7, trace: [{ atMs: 62_412, where: "psp", what: "charge captured" }] }],
});
const lastStep = "psp: charge captured at 62.4 s, as the last step of a broken intent";

describe("causes of broken invariants", () => {
  const explained = (sketch: ModelSketch, id: string, run: RunSketch = {}) =>
    new RunCauses(buildModel(sketch), buildRun(run)).ofInvariant(broken(id)).message;

  it.each([
    [
      { psp: { idempotency: { key: "attempt" } } },
      'psp: idempotency key attempt: a repeated call is a new charge to it; with idempotency.key "item" a retry is the same charge',
    ],
    [
      { orders: { idempotency: { key: "request", check: "check-then-act", lagMs: 200 } } },
      'orders: check-then-act, 200 ms apart: a second request in between passes as new; with idempotency.check "unique" the second is known',
    ],
    [
      { orders: { idempotency: { key: "none" } } },
      'orders: idempotency key none: each request is a new order to it; with idempotency.key "request" a second request is the same order',
    ],
    [{}, "psp: charge captured at 62.4 s, as the last step of a broken intent"],
  ] as const)("no-double-charge with %j", (changes, message) => {
    expect(explained(checkoutSketch(changes), "no-double-charge")).toBe(message);
  });

  it("no-double-charge by a failover of what had no answer", () => {
    const sketch = checkoutSketch();
    const components = [
      ...sketch.components,
      { id: "psp2", type: "tool", external: true, idempotency: { key: "item" } } as const,
    ];
    const failsOver = (on: string) => ({
      ...sketch,
      components,
      edges: [...(sketch.edges ?? []), `breaker>psp2:${on}`],
    });
    const run = { components: [{ id: "psp2" }] };
    expect(explained(failsOver("open-any"), "no-double-charge", run)).toBe(
      'breaker: openFor any: what it has sent and got no answer for goes to psp2 as well, which knows other keys; with openFor "never-sent" it gets only what was not sent',
    );
    expect(explained(failsOver("open"), "no-double-charge", run)).toBe(lastStep);
    expect(explained(failsOver("open-any"), "no-double-charge", { components: [{ id: "psp2", arrivals: 0 }] })).toBe(
      lastStep,
    );
    expect(explained(failsOver("open-any"), "no-regression", run)).toMatch(/^breaker: openFor any/);
  });

  it("no-oversell with an inventory that looks before it takes", () => {
    const stock = (check: "unique" | "check-then-act", rest: object = {}) => ({
      components: [{ id: "stock", type: "storage", role: "inventory", idempotency: { check, ...rest } }] as const,
    });
    expect(explained(stock("check-then-act", { lagMs: 300 }), "no-oversell")).toBe(
      'stock: check-then-act, 300 ms apart: reads in between see units that are gone; with idempotency.check "unique" it looks and takes in one',
    );
    expect(explained(stock("check-then-act"), "no-oversell")).toMatch(/^stock: check-then-act: reads/);
    expect(explained(stock("unique"), "no-oversell")).toMatch(/^psp: charge captured/);
  });

  const guarded = (key: "request" | "intent") => checkoutSketch({ orders: { idempotency: { key, check: "unique" } } });
  const steady = { ratePerS: 20, durationMs: 180_000 };
  const buggy = { freshKeyPct: 5 };
  const scenario = { id: "buggy", kind: "baseline" } as const;

  it.each([
    ["all", { workload: { ...steady, client: { keyPolicy: "per-request" } } }],
    ["some", { workload: { ...steady, client: buggy } }],
    ["some in one scenario", { workload: steady, scenarios: [{ ...scenario, workload: { client: buggy } }] }],
  ] as const)("no-double-charge and no-duplicate-order where %s clients make new keys", (_, problem) => {
    for (const id of ["no-double-charge", "no-duplicate-order"]) {
      expect(explained({ ...guarded("request"), problem }, id)).toBe(
        'orders: idempotency key request: the client sends a new one with each request; with idempotency.key "intent" a second request is the same order',
      );
      // The order's own key is the same in each of them.
      expect(explained({ ...guarded("intent"), problem }, id)).toBe(lastStep);
      expect(explained({ ...guarded("request"), problem: { workload: steady } }, id)).toBe(lastStep);
    }
  });

  it.each([
    ["consumer", "applied"],
    ["ledger", "written"],
  ])("exactly-once-downstream and ledger-balanced with a %s that knows no key", (role, verb) => {
    const downstream = (key: "none" | "event") => ({
      components: [{ id: "books", type: "storage", role, idempotency: { key } }] as const,
    });
    for (const id of ["exactly-once-downstream", "ledger-balanced"]) {
      expect(explained(downstream("none"), id)).toBe(
        `books: idempotency key none: an event that comes again is ${verb} again; with idempotency.key "event" it is known`,
      );
      expect(explained(downstream("event"), id)).toBe(lastStep);
    }
  });

  it("exactly-once-downstream and ledger-balanced with entries written in calls of their own", () => {
    const sketch = {
      components: [
        { id: "worker" },
        { id: "books", type: "storage", role: "ledger", idempotency: { key: "event" } },
        { id: "view", type: "storage", role: "read-model" },
      ] as const,
      edges: ["worker>books", "worker>view", "worker>books"],
    };
    const model = buildModel(sketch);
    const explain = (dual: readonly number[], id: string) => {
      const edges = model.edges.map((edge) => ({ ...edge, dualWrite: dual.includes(edge.index) }));
      return new RunCauses({ ...model, edges }, buildRun()).ofInvariant(broken(id)).message;
    };
    const left =
      "what a process that dies in between leaves out, nobody makes up for; " +
      'a connection with on "change" from the store that it writes last leaves out nothing';
    for (const id of ["exactly-once-downstream", "ledger-balanced"]) {
      expect(explain([0, 1, 2], id)).toBe(`worker: writes to books in 2 calls of its own: ${left}`);
      expect(explain([2], id)).toBe(`worker: writes to books in 1 call of its own: ${left}`);
      expect(explain([1], id)).toBe(lastStep);
    }
  });

  it("no-regression with a store that takes every write, or a provider to which each call is new", () => {
    const store = (writes: "any" | "forward") => checkoutSketch({ orders: { idempotency: { key: "intent", writes } } });
    expect(explained(store("any"), "no-regression")).toBe(
      'orders: writes any: an event that comes late overwrites a final state; with idempotency.writes "forward" it is passed over',
    );
    expect(explained(store("forward"), "no-regression")).toBe(lastStep);
    expect(explained(checkoutSketch({ psp: { idempotency: { key: "attempt" } } }), "no-regression")).toBe(
      'psp: idempotency key attempt: a repeated call is a new charge to it; with idempotency.key "item" a retry is the same charge',
    );
  });

  it("no-double-refund with a provider to which each call is new", () => {
    expect(explained(checkoutSketch({ psp: { idempotency: { key: "attempt" } } }), "no-double-refund")).toBe(
      'psp: idempotency key attempt: a repeated refund is another to it; with idempotency.key "item" a retry is the same refund',
    );
    expect(explained(checkoutSketch(), "no-double-refund")).toBe(lastStep);
  });

  it("no-lost-charge by a process that died behind its queue's last delivery, not by what was tried again", () => {
    const run = (died: number) => ({
      metrics: { offered: 30_000 },
      components: [
        { id: "queue", failures: { timeout: 27 } },
        { id: "worker", arrivals: 30_000, lost: died },
        { id: "breaker", arrivals: 30_100, lost: 58 },
      ],
    });
    const sketch = checkoutSketch({ queue: { mode: "queue", parameters: { maxDeliveries: 1 } } });
    expect(explained(sketch, "no-lost-charge", run(27))).toBe(
      "queue: gave up 27 messages after 1 delivery; worker failed 27 of 30,000 calls (unanswered 27); " +
        "with behavior.maxDeliveries 2 another delivery finds out",
    );
    expect(explained(sketch, "no-lost-charge", run(13))).toMatch(/; breaker failed 58 of 30,100 calls/);
  });

  it("no-lost-charge by a timeout that counts as a failure", () => {
    const sketch = checkoutSketch({ worker: { parameters: { timeoutMs: 1500, onUnknown: "assume-failed" } } });
    expect(explained(sketch, "no-lost-charge", { components: [{ id: "worker" }] })).toBe(
      "worker: takes no answer within 1.5 s for a failure (onUnknown assume-failed); psp takes effect all the same; " +
        'with behavior.onUnknown "same-key" it asks again',
    );
  });

  it("nothing-stuck by the messages that are left", () => {
    expect(explained(checkoutSketch(), "nothing-stuck", { components: [{ id: "queue" }], left: { queue: 310 } })).toBe(
      "queue: 310 messages still wait at the end",
    );
  });

  it("stand behind too many errors, and behind low health when they are most of it", () => {
    const sketch = checkoutSketch({ psp: { idempotency: { key: "attempt" } } });
    const run = { metrics: { errors: 25 }, invariants: [broken("nothing-stuck", 1), broken("no-double-charge")] };
    const message =
      "psp: idempotency key attempt: a repeated call is a new charge to it; no-double-charge is broken for 25 intents; " +
      'with idempotency.key "item" a retry is the same charge';
    expect(cause(sketch, run, "errors", 25)).toBe(message);
    expect(cause(sketch, run, "stability", 60)).toBe(message);
  });
});

describe("causes on the canvas", () => {
  const failed = (id: string, metric: string, expected: string, actual: number) =>
    ({ id, metric, expected, actual, scenario: null, pass: false }) as const;
  const item = (id: string, declared: number, effective: number) => ({ id, declared, floor: 0, effective });
  const cost = {
    budgetMonthlyUsd: 800,
    declaredMonthlyUsd: 500,
    effectiveMonthlyUsd: 864,
    peakMonthlyUsd: 900,
    offPeakMonthlyUsd: 450,
    components: [item("orders", 0, 85.4), item("api", 500, 500), item("worker", 3, 54), item("view", 0, 224.6)],
  };

  it("the dearest components", () => {
    const criterion = failed("monthlyBudgetUsd", "effectiveMonthlyUsd", "<= 800", 864);
    expect(explainCanvasCriterion(criterion, cost, [])).toEqual({
      component: "api",
      message:
        "api: $500 as declared of $864 a month, view $225, orders $85.40; $64 above the budget; with cost.monthlyUsd 436 it fits",
    });
  });

  it("the slots that fit, where they make up the price", () => {
    const criterion = failed("monthlyBudgetUsd", "effectiveMonthlyUsd", "<= 800", 864);
    const slots = { ...cost, components: [{ id: "api", declared: 0, floor: 500, effective: 500 }] };
    const { components } = buildModel({ components: [{ id: "api", slots: 500 }] });
    expect(explainCanvasCriterion(criterion, slots, components).message).toBe(
      "api: $500 of $864 a month; $64 above the budget; with service.concurrency 436 it fits",
    );
    expect(explainCanvasCriterion(criterion, slots, []).message).toMatch(/above the budget$/);
  });

  it("the cost at peak and off it", () => {
    const criterion = failed("cost.peakToOffPeak <= 1.5", "cost.peakToOffPeak", "<= 1.5", 2);
    expect(explainCanvasCriterion(criterion, cost, []).message).toBe(
      "$900 a month at the rate of the busiest second, $450 at that of the quietest",
    );
  });

  it("components over the limit, and the behaviour that is missing", () => {
    expect(explainCanvasCriterion(failed("maxComponents", "components", "<= 12", 13), cost, []).message).toBe(
      "13 components, 1 above the limit of 12",
    );
    expect(
      explainCanvasCriterion(failed("requiredBehaviors.queue", "behavior.queue", ">= 1", 0), cost, []).message,
    ).toBe("no component has the mode or type queue");
  });
});
