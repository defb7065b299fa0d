import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import { api, buyer, instant, measure, part, play, psp, type World, worker } from "../roles/world.js";
import { every2s, mail, polled, queued, view } from "./status-world.js";

/** When the first intent, which arrives at 1000 ms, was asked for. */
function asked(world: World): readonly number[] {
  return play(world)
    .notes(/^asks for the status/)
    .map(({ atMs }) => atMs);
}

describe("status polls", () => {
  it.each([
    [1, 1],
    [1999, 1],
    [2001, 2],
    [5000, 3],
    [9999, 5],
  ])("of an intent that is final after %i ms: ⌈T/τ⌉ = %i, and the last one shows it", (finalMs, polls) => {
    const { metrics } = measure(queued(finalMs, every2s));
    expect(metrics).toMatchObject({ offered: 1, delivered: 1, polls, pollErrorRate: 0 });
    expect(metrics.statusMs).toMatchObject({ count: 1, max: polls * 2000 - finalMs });
    expect(asked(queued(finalMs, every2s))).toEqual(Array.from({ length: polls }, (_, n) => 1000 + 2000 * (n + 1)));
  });

  it("are not sent by a client that learns the end with its acceptance", () => {
    const { metrics } = measure({
      components: [buyer, api, psp(), view()],
      connections: ["buyer>api", "api>psp", polled("view")],
      workload: { client: every2s },
    });
    expect(metrics).toMatchObject({ delivered: 1, polls: 0, pollErrorRate: null });
    expect(metrics.statusMs.count).toBe(0);
  });

  it("show a decline, too", () => {
    const world = queued(3000, every2s);
    const { metrics } = measure({ ...world, provider: { ratePerS: 1000, timeMs: 3000, declineRate: 1 } });
    expect(metrics).toMatchObject({ declined: 1, polls: 2 });
    expect(metrics.statusMs.max).toBe(1000);
  });

  it("load the status component with λ·⌈T/τ⌉, and go by its own ways on", () => {
    const statusApi: Component = { id: "status-api", type: "step", service: { timeMs: 10, concurrency: 100 } };
    const { metrics, components } = measure({
      components: [buyer, api, mail, psp(), statusApi, view({ timeMs: 30, concurrency: 100 })],
      connections: ["buyer>api", "api>mail", "mail>psp", polled("status-api"), "status-api>view"],
      provider: { ratePerS: 1000, timeMs: 5000 },
      workload: { ratePerS: 10, durationMs: 100_050, client: every2s },
    });
    expect(metrics).toMatchObject({ offered: 1000, delivered: 1000, polls: 3000 });
    const [front, behind] = ["status-api", "view"].map((id) => components.find((one) => one.id === id)!);
    expect([front!.arrivals, front!.completed, behind!.arrivals]).toEqual([3000, 3000, 3000]);
    // Little's law: an active component keeps its slot for 40 ms, a passive one for 30 ms; some polls come after the end.
    expect(front!.utilization).toBeCloseTo((30 * 0.04) / 100, 3);
    expect(behind!.utilization).toBeCloseTo((30 * 0.03) / 100, 3);
    expect(metrics.statusMs.max).toBeCloseTo(1040, 6);
  });

  it("take no slot, time or figure from the orders", () => {
    const world = queued(5000, every2s);
    const { components, metrics } = measure(world);
    const silent = measure({ ...world, workload: { client: {} } });
    for (const id of ["api", "mail", "psp"]) {
      const own = components.find((one) => one.id === id);
      expect(own).toEqual({ ...part(silent, id), utilization: own!.utilization, queueLength: own!.queueLength });
    }
    expect({ ...metrics, polls: 0, pollErrorRate: null, statusMs: null }).toEqual({
      ...silent.metrics,
      statusMs: null,
    });
  });

  it("are sent nowhere where the canvas has no poll connection", () => {
    const world = queued(5000, { ...every2s, resubmitMs: 6000 });
    const { metrics, endMs } = measure({ ...world, connections: ["buyer>api", "api>mail", "mail>psp"] });
    expect(metrics).toMatchObject({ delivered: 1, polls: 0 });
    expect(endMs).toBe(6000);
  });

  it("vary their interval evenly by the jitter", () => {
    const poll = { everyMs: 2000, jitterPct: 20 };
    const times = [1000, ...asked(queued(4_000_000, { poll }))].slice(0, 1500);
    const gaps = times.slice(1).map((time, n) => time - times[n]!);
    expect(Math.min(...gaps)).toBeGreaterThan(1600);
    expect(Math.min(...gaps)).toBeLessThan(1610);
    expect(Math.max(...gaps)).toBeLessThan(2400);
    expect(Math.max(...gaps)).toBeGreaterThan(2390);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    // Standard error of the mean: 800/√12/√1499 = 6 ms.
    expect(Math.abs(mean - 2000)).toBeLessThan(24);
  });

  it("go to several targets in turn, and to those of the entry by which the intent came", () => {
    const world = queued(7000, every2s);
    const { components } = measure({
      ...world,
      components: [buyer, { id: "other", type: "person" }, api, mail, psp(), view(), { ...view(), id: "copy" }],
      connections: ["buyer>api", "other>api", "api>mail", "mail>psp", polled("view"), polled("copy")],
      workload: { ratePerS: 1, durationMs: 2500, client: every2s },
    });
    expect(["view", "copy"].map((id) => components.find((one) => one.id === id)!.arrivals)).toEqual([2, 2]);
  });

  it("take the poll connections of a component that has any, and not its way to the order", () => {
    const status: Component = { id: "status", type: "storage", service: instant };
    const { components, metrics } = measure({
      components: [buyer, api, mail, psp(), status],
      connections: ["buyer>api", "api>mail", "mail>psp", polled("api"), polled("status", "api")],
      provider: { ratePerS: 1000, timeMs: 5000 },
      workload: { client: every2s },
    });
    expect(metrics).toMatchObject({ polls: 3, delivered: 1 });
    expect(components.map(({ id, arrivals }) => `${id} ${arrivals}`)).toEqual([
      "buyer 1",
      "api 4",
      "mail 1",
      "psp 1",
      "status 3",
    ]);
  });
});

describe("the poll connections of a component that has success edges, too", () => {
  const behind = (id: string, errorRate = 0): Component => ({ ...view({ ...instant, errorRate }), id });
  const through = (mode: object, parts: readonly Component[]) => {
    const desk = { ...api, id: "desk", behavior: mode as NonNullable<Component["behavior"]> };
    const ids = parts.map(({ id }) => id);
    const { metrics, components } = measure({
      components: [buyer, api, mail, psp(), desk, behind("own"), ...parts],
      connections: [
        "buyer>api",
        "api>mail",
        "mail>psp",
        polled("desk"),
        { from: "desk", to: "own", weight: 1 },
        ...ids.map((id) => polled(id, "desk")),
      ],
      provider: { ratePerS: 1000, timeMs: 7000 },
      workload: { client: every2s },
    });
    const arrivals = ["own", ...ids].map((id) => components.find((one) => one.id === id)!.arrivals);
    return { arrivals, polls: metrics.polls, errors: metrics.pollErrorRate };
  };

  it("are taken in turn by a split, whatever the weights of the others", () => {
    const found = through({ mode: "split" }, [behind("a"), behind("b")]);
    expect(found).toEqual({ arrivals: [0, 2, 2], polls: 4, errors: 0 });
  });

  it("are all taken by replicate, with the quorum of their own", () => {
    const parts = [behind("a"), behind("b"), behind("c", 1)];
    const taken = [0, 4, 4, 4];
    expect(through({ mode: "replicate", quorum: 2 }, parts)).toEqual({ arrivals: taken, polls: 4, errors: 0 });
    const failing = through({ mode: "replicate" }, parts);
    expect([failing.arrivals[0], failing.errors]).toEqual([0, 1]);
  });

  it("are taken one after another by a retry, again after a failure", () => {
    const retry = { mode: "retry", maxAttempts: 2, jitter: "none", backoffMs: 10 };
    expect(through(retry, [behind("a"), behind("b", 1)])).toMatchObject({ errors: 1 });
    expect(through(retry, [behind("a"), behind("b")])).toEqual({ arrivals: [0, 4, 4], polls: 4, errors: 0 });
  });
});

describe("a poll that is not answered ok", () => {
  it("is repeated at the next interval, and counted", () => {
    const { metrics } = measure(queued(9000, every2s, view({ ...instant, errorRate: 1 })));
    const world = { ...queued(9000, every2s, view({ ...instant, errorRate: 1 })) };
    // Nobody is ever shown anything: the run goes on until its time is over, at 1,001,500 ms.
    expect(metrics).toMatchObject({ delivered: 1, polls: 500, pollErrorRate: 1 });
    expect(asked(world).slice(0, 3)).toEqual([3000, 5000, 7000]);
    expect(metrics.statusMs).toMatchObject({ count: 0, p95: null });
  });

  it.each([
    ["blackhole", { timeoutMs: 500 }, 0],
    ["blackhole", { timeoutMs: 3000 }, 1000],
    ["blackhole", {}, 0],
    ["failfast", {}, 0],
  ] as const)("while the status component is down (%s, %o): shown after the outage", (mode, poll, lateMs) => {
    const world: World = {
      ...queued(5000, { poll: { everyMs: 2000, ...poll } }),
      components: [buyer, api, mail, psp(), { ...view(), role: "order-store" }],
      scenario: { id: "down", kind: "outage", target: "order-store", mode, startMs: 4000, endMs: 12_500 },
    };
    const { metrics, invariants } = measure(world);
    const times = asked(world);
    // A poll that is waited for longer than the interval puts the next one off; the first is asked and answered before.
    const gap = 2000 + lateMs;
    expect(times.slice(0, 3)).toEqual([3000, 5000, 5000 + gap]);
    const shownMs = times.at(-1)!;
    expect(shownMs).toBe(5000 + gap * Math.ceil(7500 / gap));
    expect(metrics).toMatchObject({ delivered: 1, polls: times.length, dropped: 0, errors: 0 });
    expect(metrics.pollErrorRate).toBeCloseTo((times.length - 2) / times.length, 12);
    expect(metrics.statusMs.max).toBe(shownMs - 6000);
    // What becomes of a poll befalls no order: nothing was disturbed.
    expect(invariants.map(({ id }) => id)).toContain("no-double-charge");
    expect(invariants.filter(({ exposure }) => exposure > 0)).toEqual([]);
  });

  it("is late when its client has given up on it: the answer shows nothing", () => {
    const slow = view({ timeMs: 2500, concurrency: 1 });
    const { metrics, components } = measure({
      ...queued(1000, { poll: { everyMs: 2000, timeoutMs: 500 } }, slow),
      workload: { drainMs: 9700, client: { poll: { everyMs: 2000, timeoutMs: 500 } } },
    });
    expect(metrics).toMatchObject({ polls: 5, pollErrorRate: 0.8, delivered: 1 });
    expect(components.at(-1)).toMatchObject({ id: "view", arrivals: 5, completed: 3, inside: 2 });
  });
});

describe("a poll is no request", () => {
  it("orders, charges and confirms nothing, wherever it goes", () => {
    const orders: Component = { id: "orders", type: "storage", role: "order-store", service: instant };
    const { run, notes } = play({
      components: [buyer, api, orders, mail, psp("attempt")],
      connections: ["buyer>api", "api>mail", "mail>psp", polled("orders"), { from: "orders", to: "psp" }],
      provider: { ratePerS: 1000, timeMs: 7000, declineRate: 0 },
      workload: { client: { ...every2s, poll: { everyMs: 2000, timeoutMs: 60_000 } } },
    });
    expect(notes(/^asks/)).toHaveLength(1);
    expect(run.truth.chargeCount).toBe(1);
    expect(notes(/order row/)).toHaveLength(0);
    expect(notes(/^request/)).toHaveLength(1);
    expect(run.engine.intents.live).toBe(0);
  });

  it("does not accept an intent, nor confirm one by a sink's ok where the problem has no goal", () => {
    const { metrics } = measure({ ...queued(30_000, every2s), workload: { drainMs: 8000, client: every2s } });
    expect(metrics).toMatchObject({ accepted: 1, delivered: 0, pending: 1, polls: 4 });
  });

  it("passes queues and retries on its way, as messages that keep nothing open", () => {
    const { metrics, components, endMs } = measure({
      components: [
        buyer,
        api,
        mail,
        psp(),
        { ...mail, id: "box" },
        worker({ maxAttempts: 2 }),
        view({ ...instant, errorRate: 1 }),
      ],
      connections: ["buyer>api", "api>mail", "mail>psp", polled("box"), "box>worker", "worker>view"],
      provider: { ratePerS: 1000, timeMs: 3000 },
      workload: { client: every2s },
    });
    expect(metrics).toMatchObject({ delivered: 1, errors: 0, polls: 2, pollErrorRate: 0 });
    expect(components.find(({ id }) => id === "view")!.arrivals).toBe(2 * 2 * 10);
    expect(metrics.statusMs.max).toBe(1000);
    expect(endMs).toBeGreaterThan(40_000);
  });
});

describe("polls keep no intent open", () => {
  const lost: World = {
    ...queued(100, every2s),
    components: [buyer, api, { ...mail, behavior: { mode: "queue", maxDeliveries: 1 } }, psp(), view()],
    provider: { ratePerS: 1000, timeMs: 100, unavailableRate: 1 },
  };

  it("an accepted intent that is lost is final at once, and its polling ends", () => {
    const { metrics, endMs, timeline } = measure(lost);
    expect(metrics).toMatchObject({ accepted: 1, delivered: 0, dropped: 1, pending: 0, polls: 0 });
    expect(timeline.backlog.at(-1)).toBe(0);
    expect(endMs).toBe(3000);
  });

  it("records are used again when the last poll has gone, and not before", () => {
    const { run } = play({
      ...queued(100, { poll: { everyMs: 5000 } }),
      workload: { ratePerS: 100, durationMs: 60_000, client: { poll: { everyMs: 5000 } } },
    });
    const { engine, status } = run;
    expect([engine.intents.live, engine.calls.live]).toEqual([0, 0]);
    expect([status.polls, status.statusMs.count]).toEqual([5999, 5999]);
    // 5 s of intents at 100/s wait for their poll: 512 records hold them, however long the run.
    expect(engine.intents.flags.length).toBe(512);
  });
});
