import { describe, expect, it } from "vitest";
import type { Component, Connection } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { ScenarioSpec } from "../../src/problem/problem.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { monthlyCost } from "../../src/scoring/cost.js";
import {
  binomial,
  buyer,
  canvasOf,
  down,
  instant,
  measure,
  part,
  play,
  problemOf,
  psp,
  violations,
  type World,
  worker,
} from "./world.js";

const psp2: Component = { id: "psp2", type: "tool", role: "payment-provider" };
const breaker: Component = {
  id: "breaker",
  type: "step",
  service: instant,
  behavior: { mode: "circuitbreaker", window: 20, minCalls: 10, openMs: 5000 },
};
const mail: Component = {
  id: "mail",
  type: "channel",
  service: instant,
  behavior: { mode: "queue", releaseRps: 100_000, concurrency: 100_000, maxDeliveries: 1000, capacity: 1_000_000 },
};
const retry = worker({ maxAttempts: 3, timeoutMs: 1000 });

/** buyer → mail → worker → breaker → psp, breaker –open→ psp2; 500 ms a charge, 1 ms at the second. */
function shop(openFor: "never-sent" | "any", rest: Partial<World> = {}): World {
  const open: Connection = { from: "breaker", to: "psp2", on: "open", openFor };
  return {
    components: [buyer, mail, retry, breaker, psp(), psp2],
    connections: ["buyer>mail", "mail>worker", "worker>breaker", "breaker>psp", open],
    provider: { ratePerS: 1000, timeMs: 500, second: { timeMs: 1 } },
    workload: { ratePerS: 100, durationMs: 60_000, drainMs: 600_000 },
    scenario: down("blackhole", 10_000, 40_000),
    ...rest,
  };
}

describe("failing over", () => {
  it("of everything charges twice what was in service at the provider that died: λ · W", () => {
    const measured = measure(shop("any"));
    // 100/s evenly spaced, 500 ms each: those that arrived from 9500 to 10,000 ms.
    expect(Math.abs(violations(measured, "no-double-charge") - 50)).toBeLessThanOrEqual(1);
    expect(measured.metrics.delivered).toBe(measured.metrics.offered);
  });

  it("of everything, with Poisson arrivals: λ · W within four standard deviations", () => {
    const workload = { arrivals: "poisson", ratePerS: 200, durationMs: 60_000, drainMs: 600_000 } as const;
    const doubles = [1, 2, 3].map((seed) => violations(measure(shop("any", { workload }), seed), "no-double-charge"));
    const sum = doubles.reduce((total, count) => total + count, 0);
    expect(Math.abs(sum - 300)).toBeLessThan(4 * Math.sqrt(300));
  });

  it("of what was never sent charges nothing twice, and all is paid", () => {
    const measured = measure(shop("never-sent"));
    const { metrics } = measured;
    expect(violations(measured, "no-double-charge")).toBe(0);
    expect(violations(measured, "no-lost-charge")).toBe(0);
    expect(metrics.delivered).toBe(metrics.offered);
    // Only what was at the first when it died, or went there until the breaker opened (and probes), waits for it.
    const { p50, max } = metrics.confirmMs;
    expect(p50).toBeLessThan(502);
    expect(max).toBeGreaterThan(30_000);
    expect(part(measured, "psp2").arrivals).toBeGreaterThan(2700);
  });

  it("is no way out where a scenario has one provider: the queue waits", () => {
    const scenario = { ...down("blackhole", 10_000, 40_000), providers: 1 };
    const measured = measure(shop("any", { scenario }));
    expect(part(measured, "psp2").arrivals).toBe(0);
    expect(violations(measured, "no-double-charge")).toBe(0);
    expect(measured.metrics.delivered).toBe(measured.metrics.offered);
    expect(measured.metrics.backlogMax).toBeGreaterThan(2900);
    const two = measure(shop("any", { scenario: { ...scenario, providers: 2 } }));
    expect(two.metrics).toEqual(measure(shop("any")).metrics);
  });

  it("reaches no breaker of its own before a provider that is not there", () => {
    const own: Component = { ...breaker, id: "breaker2" };
    const world = shop("never-sent", {
      components: [buyer, mail, retry, breaker, psp(), own, psp2],
      connections: [
        "buyer>mail",
        "mail>worker",
        "worker>breaker",
        "breaker>psp",
        { from: "breaker", to: "breaker2", on: "open" },
        "breaker2>psp2",
      ],
    });
    const alone = measure({ ...world, scenario: { ...world.scenario!, providers: 1 } });
    expect(part(alone, "breaker2").arrivals).toBe(0);
    expect(alone.metrics.delivered).toBe(alone.metrics.offered);
    expect(part(measure(world), "psp2").arrivals).toBeGreaterThan(2700);
  });
});

describe("the second provider", () => {
  const baseline: ScenarioSpec = { id: "baseline", kind: "baseline" };
  const both = (rest: Partial<World> = {}): World => ({
    components: [buyer, { id: "fan", type: "channel", service: instant }, psp(), psp2],
    connections: ["buyer>fan", "fan>psp", "fan>psp2"],
    workload: { ratePerS: 10, durationMs: 20_000 },
    ...rest,
  });

  it("has the first's figures with its own over them", () => {
    const provider = {
      ratePerS: 100,
      timeMs: 100,
      declineRate: 1,
      second: { timeMs: 40, declineRate: 0, ratePerS: 50 },
    };
    const model = compile(canvasOf(both()), problemOf(both({ provider })));
    const of = (id: string) => model.components.find((component) => component.id === id)!;
    expect(of("psp")).toMatchObject({ slots: 10, queueLimit: 100, ratePerS: 100, meanServiceMs: 100 });
    expect(of("psp2")).toMatchObject({ slots: 2, queueLimit: 50, ratePerS: 50, meanServiceMs: 40 });
    expect(of("psp2").idempotency.key).toBe("item");
    const measured = measure(both({ provider }));
    expect(part(measured, "psp").serviceMs.mean).toBe(100);
    expect(part(measured, "psp2").serviceMs.mean).toBe(40);
    // The first declines all, the second none.
    expect(measured.metrics.declined).toBe(measured.metrics.offered);
    expect(violations(measured, "no-lost-charge")).toBe(measured.metrics.offered);
    const alike = compile(canvasOf(both()), problemOf(both({ provider: { ratePerS: 100, timeMs: 100 } })));
    expect(alike.components.find(({ id }) => id === "psp2")).toMatchObject({ slots: 10, ratePerS: 100 });
  });

  it("is changed by a scenario apart from the first, and keeps what is left out", () => {
    const provider = { ratePerS: 100, timeMs: 100, second: { timeMs: 40, ratePerS: 50 } };
    const changed = (roles: Readonly<Record<string, unknown>>) => {
      const measured = measure(both({ provider, scenario: { ...baseline, roles: { "payment-provider": roles } } }));
      return ["psp", "psp2"].map((id) => [part(measured, id).serviceMs.mean, part(measured, id).slots]);
    };
    expect(changed({ second: { timeMs: 60 } })).toEqual([
      [100, 10],
      [60, 3],
    ]);
    expect(changed({ timeMs: 200, ratePerS: 20 })).toEqual([
      [200, 4],
      [40, 2],
    ]);
  });

  it.each([
    [{ second: {} }, 0],
    [{}, 1],
  ])("meets no fault of the first where the problem tells them apart: %j", (second, struck) => {
    const provider = { ratePerS: 100, timeMs: 10, ...second };
    const measured = measure(both({ provider, scenario: down("failfast", 0, 20_000) }));
    const { arrivals, failures } = part(measured, "psp2");
    expect(arrivals).toBeGreaterThan(100);
    expect(failures.unavailable).toBe(struck * arrivals);
    expect(part(measured, "psp").failures.unavailable).toBe(arrivals);
  });

  it("has a ledger of its own: a query there finds none of the first's charges", () => {
    const world: World = {
      components: [buyer, { id: "api", type: "step", service: instant }, psp(), psp2],
      connections: [
        "buyer>api",
        { id: "a", from: "api", to: "psp" },
        { id: "b", from: "api", to: "psp", operation: "query" },
        { id: "c", from: "api", to: "psp2", operation: "query" },
      ],
    };
    const { story } = play(world);
    expect(story().filter((line) => /psp.*(query|captured)/.test(line))).toEqual([
      expect.stringMatching(/psp: charge captured/),
      expect.stringMatching(/psp: query: charged/),
      expect.stringMatching(/psp2: query: no charge/),
    ]);
  });

  it("has a ledger of its own: a void there takes nothing back of the first's", () => {
    const voided = (at: "psp" | "psp2") =>
      measure({
        components: [buyer, { id: "api", type: "step", service: instant }, psp(), psp2],
        connections: [
          "buyer>api",
          { id: "a", from: "api", to: "psp" },
          { id: "b", from: "api", to: at, operation: "void" },
        ],
      });
    expect(violations(voided("psp"), "no-phantom-success")).toBe(1);
    expect(violations(voided("psp2"), "no-phantom-success")).toBe(0);
  });

  it("counts in the amplification and the provider's errors, with the first", () => {
    const provider = { ratePerS: 100, timeMs: 10, second: { unavailableRate: 1 } };
    const { metrics } = measure(both({ provider }));
    expect(metrics.amplification).toBe(2);
    expect(metrics.providerErrorRate).toBe(0.5);
    const goal = { role: "order-store", operation: "create" };
    const store: Component = { id: "orders", type: "storage", role: "order-store", service: instant };
    const world = both({
      provider,
      components: [...both().components, store],
      connections: ["buyer>orders", "orders>fan", "fan>psp", "fan>psp2"],
    });
    const problem = { ...problemOf(world), goal };
    expect(compile(canvasOf(world), problem).problem.goal).toEqual(goal);
    expect(simulate(compile(canvasOf(world), problem), { seed: 1 })[0]!.metrics.amplification).toBe(2);
  });

  it("costs $100 a month, also at the end of an open connection", () => {
    const model = compile(canvasOf(shop("any")), problemOf(shop("any")));
    const floors = Object.fromEntries(monthlyCost(model, []).components.map(({ id, floor }) => [id, floor]));
    expect(floors).toMatchObject({ psp: 0, psp2: 100 });
  });
});

describe("a void", () => {
  it("fails with an error at voidFailRate, and then the charge stands", () => {
    const measured = measure({
      components: [buyer, { id: "api", type: "step", service: instant }, psp()],
      connections: [
        "buyer>api",
        { id: "a", from: "api", to: "psp" },
        { id: "b", from: "api", to: "psp", operation: "void" },
      ],
      provider: { ratePerS: 1000, timeMs: 1, voidFailRate: 0.1 },
      workload: { ratePerS: 100, durationMs: 100_000 },
    });
    const { low, high } = binomial(measured.metrics.offered, 0.1);
    // The failed void's intent is told an error, so its charge is lost; the voided ones are confirmed without one.
    const lost = violations(measured, "no-lost-charge");
    expect(lost).toBeGreaterThan(low);
    expect(lost).toBeLessThan(high);
    expect(part(measured, "psp").failures.error).toBe(lost);
    expect(violations(measured, "no-phantom-success")).toBe(measured.metrics.offered - lost);
  });
});
