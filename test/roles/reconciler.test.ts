import { describe, expect, it } from "vitest";
import type { Component, Connection } from "../../src/canvas/canvas.js";
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

const orders: Component = {
  id: "orders",
  type: "storage",
  role: "order-store",
  service: instant,
  idempotency: { key: "request" },
};

function schedule(parameters: object = {}): Component {
  const behavior = { mode: "passthrough", everyMs: 15_000, ageMs: 30_000, batch: 500, ...parameters };
  return { id: "reconciler", type: "trigger", role: "reconciler", behavior };
}

/** buyer → api → orders, then api → worker → psp; the worker tries once. What leads to the provider beside it is last. */
function waiting(world: Partial<World> = {}, beside: Component = schedule(), way: string | Connection = ""): World {
  return {
    components: [buyer, api, orders, worker({ maxAttempts: 1 }), psp(), beside],
    connections: ["buyer>api", "api>orders", "api>worker", "worker>psp", way === "" ? "reconciler>psp" : way],
    ...world,
  };
}

/** The same without a schedule: a component stands there that nothing leads to. */
function alone(world: Partial<World> = {}): World {
  return {
    components: [buyer, api, orders, worker({ maxAttempts: 1 }), psp()],
    connections: ["buyer>api", "api>orders", "api>worker", "worker>psp"],
    ...world,
  };
}

/** The worker's process ends whenever the provider's ok comes: charged at 1100 ms, and nobody knows. */
const crashing = { workload: { crashRate: 1 } };

describe("a crash after the capture, without a redelivery", () => {
  const p = 0.02;
  const n = 50 * 200 - 1;
  const world = {
    provider: { ratePerS: 10_000, timeMs: 100 },
    workload: { ratePerS: 50, durationMs: 200_000, crashRate: p },
  };
  const before = measure(alone(world));
  const after = measure(waiting(world));
  const crashes = violations(before, "no-lost-charge");

  it("loses n·p charges where no schedule comes for them", () => {
    const { low, high } = binomial(n, p);
    expect(before.metrics.offered).toBe(n);
    expect(crashes).toBeGreaterThan(low);
    expect(crashes).toBeLessThan(high);
    expect(before.metrics.delivered).toBe(n - crashes);
  });

  it("loses none with one, and charges nobody twice: the same key, one more call for each", () => {
    for (const { id, violations: count } of after.invariants) expect([id, count]).toEqual([id, 0]);
    expect(after.metrics).toMatchObject({ offered: n, delivered: n, dropped: 0, pending: 0 });
    expect(part(after, "reconciler")).toMatchObject({ arrivals: crashes, completed: crashes, lost: 0, slots: null });
    expect(after.metrics.amplification).toBeCloseTo(1 + crashes / n, 10);
  });

  it("confirms them between ageMs and ageMs + everyMs after the crash, and the call", () => {
    const { p50, max } = after.metrics.confirmMs;
    expect(p50).toBeCloseTo(100, -1);
    // Charged after 100 ms; the stored answer takes 30 ms. The largest of ~200 uniform waits is near the upper end.
    expect(max).toBeGreaterThan(100 + 30_000 + 0.9 * 15_000);
    expect(max).toBeLessThanOrEqual(100 + 30_000 + 15_000 + 30);
    // All that came late came after ageMs: none of the others took longer than the charge itself.
    expect(before.metrics.confirmMs.max).toBeCloseTo(100, 6);
  });
});

describe("a tick", () => {
  it("takes a row up at the first multiple of everyMs at which it has been unknown for ageMs", () => {
    const { run, notes } = play(waiting(crashing));
    expect(notes(/row unknown/)).toMatchObject([{ atMs: 1100, where: "orders" }]);
    expect(notes(/charges again/)).toMatchObject([{ atMs: 45_000, where: "reconciler" }]);
    expect(notes(/the charge stands/)).toMatchObject([{ atMs: 45_000, where: "psp" }]);
    expect(run.recorder.confirmMs.max).toBe(44_030);
    expect(run.truth.chargeCount).toBe(1);
  });

  it.each([
    [{ everyMs: 1000, ageMs: 0 }, 2000],
    [{ everyMs: 1000, ageMs: 900 }, 2000],
    [{ everyMs: 1000, ageMs: 901 }, 3000],
    [{ everyMs: 700, ageMs: 0 }, 1400],
    [{ everyMs: 0.3, ageMs: 0 }, 1100.1],
  ])("of %j comes at %d ms", (parameters, atMs) => {
    expect(play(waiting(crashing, schedule(parameters))).notes(/charges again/)[0]!.atMs).toBeCloseTo(atMs, 6);
  });

  it("takes up at most `batch` rows, those that have been unknown longest first", () => {
    const world = { ...crashing, workload: { crashRate: 1, ratePerS: 10, durationMs: 550 } };
    const { run, notes } = play(waiting(world, schedule({ everyMs: 1000, ageMs: 0, batch: 2 })));
    expect(run.recorder.counts.delivered).toBe(5);
    const times = [0, 1, 2, 3, 4].map((serial) => notes(/charges again/, serial).map(({ atMs }) => atMs));
    expect(times).toEqual([[1000], [1000], [2000], [2000], [3000]]);
  });

  it("lets two schedules share the rows: each row gets one call", () => {
    const world = waiting(crashing, schedule());
    const second = { ...schedule({ ageMs: 10_000 }), id: "second" };
    const both = { components: [...world.components, second], connections: [...world.connections!, "second>psp"] };
    const measurement = measure({ ...world, ...both });
    expect(part(measurement, "reconciler").arrivals).toBe(0);
    expect(part(measurement, "second").arrivals).toBe(1);
    expect(measurement.metrics.delivered).toBe(1);
  });
});

describe("a provider that is down over several ticks", () => {
  const quick = { everyMs: 1000, ageMs: 0 };
  // Down from 1050: the charge at 1100 stands. Its reply falls into the crash, or is lost, and the worker gives up at 2000.
  it.each(["failfast", "blackhole"] as const)(
    "%s: the row stays unknown, and the first tick after it settles it",
    (mode) => {
      const world = waiting({ ...crashing, scenario: down(mode, 1050, 5500) }, schedule(quick));
      const { run, notes } = play(world);
      expect(notes(/charges again/).map(({ atMs }) => atMs)).toEqual([2000, 3000, 4000, 5000, 6000]);
      expect(run.truth.chargeCount).toBe(1);
      expect(run.recorder.counts).toMatchObject({ delivered: 1, pending: 0, broken: 0 });
      expect(run.engine.now).toBe(6030);
    },
  );

  it("holds back no other row's tick, and has each tick once", () => {
    // Intents at 4000 and 8000, unknown 100 ms later. The first call, at 10,000, is refused after 30 ms, when the next
    // tick is planned for the second row at 14,000; from then on the breaker refuses at once.
    const breaker: Component = {
      id: "breaker",
      type: "step",
      service: instant,
      behavior: { mode: "circuitbreaker", window: 1, minCalls: 1, openMs: 1e6 },
    };
    const workload = { crashRate: 1, ratePerS: 0.25, durationMs: 9000, drainMs: 6500 };
    const world = waiting(
      { workload, scenario: down("failfast", 9000, 1e6) },
      schedule({ everyMs: 1000, ageMs: 5000 }),
    );
    const components = [...world.components, breaker];
    const connections = [...world.connections!.slice(0, 4), "reconciler>breaker", "breaker>psp"];
    const { notes } = play({ ...world, components, connections });
    const ticks = (serial: number): readonly number[] => notes(/charges again/, serial).map(({ atMs }) => atMs);
    expect(ticks(0)).toEqual([10_000, 11_000, 12_000, 13_000, 14_000, 15_000]);
    expect(ticks(1)).toEqual([14_000, 15_000]);
  });

  it("to the end: the intent is stuck, and the run lasts until its time is over", () => {
    const workload = { drainMs: 8500 };
    const measurement = measure(waiting({ workload, scenario: down("blackhole", 1050, 1500) }, schedule()));
    expect(measurement.metrics).toMatchObject({ delivered: 0, dropped: 1 });
    expect(measurement.endMs).toBe(10_000);
    expect(violations(measurement, "nothing-stuck")).toBe(1);
    expect(violations(measurement, "no-lost-charge")).toBe(1);
  });
});

describe("a query instead of a charge", () => {
  const query = { from: "reconciler", to: "psp", operation: "query" };

  it("settles a row whose charge stands", () => {
    const { run, notes } = play(waiting(crashing, schedule(), query));
    expect(notes(/query: charged/)).toMatchObject([{ atMs: 45_000 }]);
    expect(run.recorder.counts).toMatchObject({ delivered: 1, broken: 0 });
    expect(run.truth.chargeCount).toBe(1);
  });

  it("that finds none leaves the row failed: nothing is charged, nothing is owed", () => {
    const scenario = down("blackhole", 900, 1500);
    const asked = measure(waiting({ scenario }, schedule(), query));
    expect(asked.metrics).toMatchObject({ delivered: 0, dropped: 1, pending: 0, amplification: 2 });
    for (const { id, violations: count } of asked.invariants) expect([id, count]).toEqual([id, 0]);
    // To charge under the same key serves the buyer all the same.
    const charged = measure(waiting({ scenario }, schedule()));
    expect(charged.metrics).toMatchObject({ delivered: 1, dropped: 0, amplification: 2 });
    expect(charged.metrics.confirmMs.max).toBe(45_000 - 1000 + 100);
  });

  it("reaches the provider through a breaker, which plays no role", () => {
    const breaker: Component = { id: "breaker", type: "step", service: instant, behavior: { mode: "circuitbreaker" } };
    const world = waiting(crashing, schedule());
    const { notes } = play({
      ...world,
      components: [...world.components, breaker],
      connections: [...world.connections!.slice(0, 4), { ...query, to: "breaker" }, "breaker>psp"],
    });
    expect(notes(/query: charged/)).toHaveLength(1);
  });
});

describe("what a reconciler learns", () => {
  it("is a refusal, too: the row is declined, and the intent final", () => {
    const provider = { declineRate: 1 };
    const scenario = down("blackhole", 900, 1500);
    const measurement = measure(waiting({ scenario, provider }, schedule()));
    expect(measurement.metrics).toMatchObject({ delivered: 0, declined: 1, dropped: 0, pending: 0 });
    expect(part(measurement, "reconciler").arrivals).toBe(1);
  });

  it("comes through a worker that called a timeout a failure", () => {
    const assuming = worker({ maxAttempts: 1, timeoutMs: 1000, onUnknown: "assume-failed" });
    const scenario = down("blackhole", 1050, 1500);
    const components = [buyer, api, orders, assuming, psp()];
    const without = measure({ ...alone({ scenario }), components });
    expect(violations(without, "no-lost-charge")).toBe(1);
    const world = waiting({ scenario }, schedule(), "reconciler>worker");
    const { run, notes } = play({ ...world, components: [...components, schedule()] });
    expect(notes(/client told told-failed/)).toHaveLength(1);
    expect(run.recorder.counts).toMatchObject({ delivered: 1, broken: 0 });
    expect(run.truth.chargeCount).toBe(1);
  });

  it("is nothing when a queue has taken the call: it looks again once the message is gone", () => {
    const mail: Component = {
      id: "mail",
      type: "channel",
      service: instant,
      behavior: { mode: "queue", redeliverMs: 1000, visibilityMs: 5000, maxDeliveries: 1 },
    };
    // The message takes 30 ms: three ticks go by that send no second one.
    const world = waiting(crashing, schedule({ everyMs: 10, ageMs: 0 }), "reconciler>mail");
    const connections = ["buyer>api", "api>orders", "api>mail", "mail>worker", "worker>psp", "reconciler>mail"];
    const scenario = { id: "crash", kind: "crash", rate: 1, startMs: 0, endMs: 1400 };
    const { run, notes } = play({
      ...world,
      components: [...world.components, mail],
      connections,
      scenario,
      workload: {},
    });
    // Delivered at 1000, crashed at 1100, visible again at 6000: the only delivery is used up.
    expect(notes(/row unknown/)).toMatchObject([{ atMs: 6000 }]);
    expect(notes(/charges again/)).toHaveLength(1);
    expect(run.recorder.counts).toMatchObject({ delivered: 1, pending: 0, broken: 0 });
    expect(run.engine.now).toBe(6030);
  });

  it("concerns a row that another request took over while the first was still waiting", () => {
    const leased = { ...orders, idempotency: { key: "request", claimLeaseMs: 500 } } as const;
    // Charged at 1100, and the answer falls into a crash: the client waits until 6000. Its second click takes the row
    // over meanwhile, is refused for certain, and leaves the row failed.
    const client = { timeoutMs: 5000, doubleClickPct: 100, doubleClickWithinMs: 4000 };
    const world = { workload: { crashRate: 1, client }, scenario: down("failfast", 1050, 5500) };
    const leasing = ({ components, ...rest }: World): World => ({
      components: components.map((component) => (component.id === "orders" ? leased : component)),
      ...rest,
    });
    expect(violations(measure(leasing(alone(world))), "no-lost-charge")).toBe(1);
    const { run, notes } = play(leasing(waiting(world)));
    expect(notes(/takes the row over/)).toHaveLength(1);
    expect(notes(/row unknown/)).toMatchObject([{ atMs: 6000 }]);
    expect(run.recorder.counts).toMatchObject({ delivered: 1, broken: 0 });
  });

  it("may be a charge whose answer came back to nobody: the connection to the worker is not waited for", () => {
    const aside = { from: "api", to: "worker", async: true };
    const connections = ["buyer>api", "api>orders", aside, "worker>psp"];
    expect(violations(measure({ ...alone(), connections }), "no-lost-charge")).toBe(1);
    const { run } = play({ ...waiting(), connections: [...connections, "reconciler>psp"] });
    expect(run.recorder.counts).toMatchObject({ accepted: 1, delivered: 1, broken: 0 });
  });

  it("is no more than the key allows: a provider that takes each attempt for a new one charges again", () => {
    const world = waiting(crashing, schedule());
    const components = world.components.map((component) => (component.id === "psp" ? psp("attempt") : component));
    expect(violations(measure({ ...world, components }), "no-double-charge")).toBe(1);
  });
});

describe("a run with a schedule", () => {
  it("gives every intent back, and ends when nothing is unknown", () => {
    const workload = { crashRate: 0.3, ratePerS: 50, durationMs: 10_000 };
    const { run } = play(waiting({ workload, provider: { ratePerS: 1000, timeMs: 1 } }));
    expect([run.engine.intents.live, run.engine.calls.live]).toEqual([0, 0]);
    expect(run.recorder.counts).toMatchObject({ offered: 499, delivered: 499 });
    expect(run.engine.now).toBe(45_030);
  });

  it("has not one event more while nothing is unknown", () => {
    const workload = { ratePerS: 5, durationMs: 100_000 };
    const before = measure(alone({ workload }));
    const after = measure(waiting({ workload }, schedule({ everyMs: 1, ageMs: 0 })));
    expect(after.events).toBe(before.events);
    expect(after.metrics).toEqual(before.metrics);
    expect(after.endMs).toBe(before.endMs);
  });

  it("counts accepted rows that are unknown as backlog", () => {
    const mail: Component = { id: "mail", type: "channel", service: instant, behavior: { mode: "batch", size: 1 } };
    const world = waiting(crashing);
    const connections = ["buyer>api", "api>orders", "api>mail", "mail>worker", "worker>psp", "reconciler>psp"];
    const { timeline } = measure({ ...world, components: [...world.components, mail], connections });
    expect([timeline.backlog[0], timeline.backlog[20], timeline.backlog[43]]).toEqual([0, 1, 1]);
    expect(timeline.backlog.at(-1)).toBe(0);
  });
});
