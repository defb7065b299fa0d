import { describe, expect, it } from "vitest";
import { shopOf } from "./provider-events.js";
import { binomial, down, instant, measure, part, play, violations, worker } from "./world.js";

const n = 1999;
/** 10 intents a second for 200 s: {@link n} of them. */
const many = { workload: { ratePerS: 10, durationMs: 200_000, drainMs: 4_000_000 } };
/** The provider charges and answers nobody: only its events can tell. */
const silent = { ratePerS: 1000, replyLossRate: 1 };

function between(value: number, { low, high }: { readonly low: number; readonly high: number }): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

describe("a provider's events", () => {
  it("are two for each charge, when it is taken up and when it is decided, each after its delay", () => {
    const { notes, run } = play(shopOf({ events: { delayMs: 400 } }));
    expect(notes(/provider event sent/).map(({ atMs }) => atMs)).toEqual([1400, 1500]);
    expect(run.engine.stations.find(({ spec }) => spec.id === "hook")!.arrivals).toBe(2);
  });

  it("say declined in place of succeeded", () => {
    const told = measure(shopOf({}, { ...many, provider: { ratePerS: 1000, declineRate: 1 } }));
    expect(part(told, "hook").arrivals).toBe(2 * n);
    expect(told.metrics).toMatchObject({ declined: n, delivered: 0 });
  });

  it("say nothing of a charge that was refused for want of room, and no end of one that came to none", () => {
    const full = measure(shopOf({}, { ...many, provider: { ratePerS: 1, timeMs: 100_000, replyLossRate: 0 } }));
    const { failures, arrivals } = part(full, "psp");
    expect(failures.full).toBeGreaterThan(0);
    const taken = arrivals - failures.full;
    expect(part(full, "hook").arrivals).toBe(2 * taken);
    const failing = measure(shopOf({}, { ...many, provider: { ratePerS: 1000, unavailableRate: 1 } }));
    expect(part(failing, "hook").arrivals).toBe(n);
  });

  it("tell of a charge whose answer was an error", () => {
    const erring = { ratePerS: 1000, errorRate: 1, errorEffectShare: 1 };
    const told = measure(shopOf({}, { ...many, provider: erring }));
    expect(told.metrics.delivered).toBe(n);
    expect(violations(told, "no-lost-charge")).toBe(0);
  });

  it("say nothing of a status poll that passes the provider", () => {
    const poll = { everyMs: 50 };
    const world = shopOf(
      { between: [{ id: "mail", type: "channel", service: instant, behavior: { mode: "queue" } }] },
      { workload: { client: { poll } } },
    );
    const asked = measure({
      ...world,
      connections: [...(world.connections ?? []), { from: "buyer", to: "psp", on: "poll" }],
    });
    expect(asked.metrics.polls).toBeGreaterThan(0);
    expect(part(asked, "psp").arrivals).toBe(1 + asked.metrics.polls);
    expect(part(asked, "hook").arrivals).toBe(2);
  });

  it("come twice in the share of duplicates, under one id", () => {
    const events = { delayMs: { dist: "exponential", meanMs: 500 }, duplicateRate: 0.3 };
    const run = (key: "event" | "none") => measure(shopOf({ key, events }, { ...many, provider: { ratePerS: 1000 } }));
    const all = run("none");
    between(part(all, "hook").arrivals - 2 * n, binomial(2 * n, 0.3));
    expect(part(all, "orders").arrivals).toBe(n + part(all, "hook").arrivals);
    const once = run("event");
    expect(part(once, "hook").arrivals).toBe(part(all, "hook").arrivals);
    expect(part(once, "orders").arrivals).toBe(n + 2 * n);
  });

  it("miss their first delivery in that share, and come later", () => {
    const late = measure(
      shopOf({ events: { delayMs: 500, missedRate: 0.1, missedRetryMs: 20_000 } }, { ...many, provider: silent }),
    );
    // 100 ms of service and 500 ms of delay; a tenth of the events 20 s later.
    const { confirmMs } = late.metrics;
    expect(confirmMs).toMatchObject({ count: n, max: 20_600 });
    const missed = Math.round(((confirmMs.mean! - 600) * n) / 20_000);
    expect(confirmMs.mean!).toBeCloseTo(600 + (20_000 * missed) / n, 6);
    between(missed, binomial(n, 0.1));
  });

  it("come in any order: the later one first in ½·e^(−S/m) of the cases", () => {
    const delayMs = { dist: "exponential", meanMs: 1000 };
    const world = (writes: "forward" | "any") =>
      measure(shopOf({ events: { delayMs }, store: { key: "intent", writes } }, { ...many, provider: silent }));
    const any = world("any");
    between(violations(any, "no-regression"), binomial(n, 0.5 * Math.exp(-0.1)));
    expect(violations(world("forward"), "no-regression")).toBe(0);
  });

  it("say nothing of a call that met an outage", () => {
    const lost = measure(shopOf({}, { scenario: down("blackhole", 500, 1200) }));
    expect([part(lost, "psp").arrivals, part(lost, "hook").arrivals]).toEqual([1, 0]);
  });

  it("that were due in an outage arrive at its end, in the order in which they were due", () => {
    const world = shopOf({ events: { delayMs: 300 } }, { scenario: down("blackhole", 1050, 1400) });
    const { notes, run } = play(world);
    // Taken up at 1000, charged at 1100: due at 1300 and 1400; the reply is lost.
    expect(notes(/provider event sent/).map(({ atMs }) => atMs)).toEqual([1400, 1400]);
    expect(notes(/report recorded|report changes nothing/).map(({ what }) => what)).toEqual([
      "report changes nothing",
      "report recorded",
    ]);
    expect(run.engine.intents.arrived).toBe(1);
    expect(run.recorder.confirmMs.max).toBe(400);
  });
});

describe("a receiver that does not answer ok", () => {
  const receiverDown = (mode: "blackhole" | "failfast") => ({
    scenario: { id: "deaf", kind: "outage", target: "webhook", mode, startMs: 0, endMs: 1400 },
    provider: silent,
  });

  it.each([
    ["failfast" as const, 30],
    ["blackhole" as const, 10_000],
  ])("is tried again after downRetryMs (%s)", (mode, knownAfterMs) => {
    const { run, notes } = play(shopOf({ events: { downRetryMs: 7000 } }, receiverDown(mode)));
    const sent = notes(/provider event sent/).map(({ atMs }) => atMs);
    expect(sent).toEqual([1000, 1100, 1000 + knownAfterMs + 7000, 1100 + knownAfterMs + 7000]);
    expect(run.recorder.confirmMs.max).toBe(100 + knownAfterMs + 7000);
  });

  it("gets every event in the end, so that a silent provider's charges are all known", () => {
    const deaf = measure(shopOf({ key: "event" }, { ...many, ...receiverDown("failfast") }));
    expect(deaf.metrics.delivered).toBe(n);
    expect(deaf.metrics.confirmMs.max).toBeGreaterThan(60_000);
  });

  it("does not take an event for known that it could not hand on", () => {
    const scenario = {
      id: "store",
      kind: "outage",
      target: "order-store",
      mode: "failfast",
      startMs: 1050,
      endMs: 1400,
    };
    const { run, notes } = play(
      shopOf({ key: "event", events: { downRetryMs: 1000 } }, { provider: silent, scenario }),
    );
    expect(notes(/event known/)).toEqual([]);
    expect(run.recorder.confirmMs.max).toBe(100 + 30 + 1000);
  });
});

describe("events that are still to come", () => {
  it("do not keep a schedule from an unknown row", () => {
    const schedule = {
      id: "reconciler",
      type: "trigger" as const,
      behavior: { mode: "passthrough", everyMs: 1000, ageMs: 5000 },
    };
    const world = shopOf(
      { events: { missedRate: 1, missedRetryMs: 900_000 }, more: [schedule], ways: ["reconciler>psp"] },
      { scenario: down("blackhole", 1050, 1200) },
    );
    const { run } = play(world);
    // Unknown at 1100, taken up at the tick of 7 s, and answered from the key.
    expect(run.recorder.confirmMs.max).toBe(6030);
  });

  it("keep an intent open until they have come", () => {
    const slow = measure(shopOf({ events: { delayMs: 500_000 } }, { provider: silent }));
    expect(slow.metrics).toMatchObject({ delivered: 1, pending: 0 });
    expect(slow.endMs).toBe(501_100);
  });
});

describe("behind a worker", () => {
  it("a report that gets there first spares the queue a delivery", () => {
    const mail = { id: "mail", type: "channel" as const, service: instant, behavior: { mode: "queue" } };
    const world = (events: object) =>
      measure(
        shopOf(
          { events, between: [mail, worker({ maxAttempts: 1 })] },
          { ...many, provider: { ...silent, replyLossRate: 0.5 } },
        ),
      );
    const soon = world({ delayMs: 500 });
    expect(soon.metrics).toMatchObject({ delivered: n, amplification: 1 });
    expect(soon.metrics.confirmMs.max).toBe(600);
    const late = world({ delayMs: 100_000 });
    expect(late.metrics.delivered).toBe(n);
    expect(late.metrics.amplification!).toBeGreaterThan(1.4);
  });
});
