import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import type { ClientSpec } from "../../src/problem/problem.js";
import { api, binomial, buyer, down, instant, measure, part, play, psp, type World, worker } from "../roles/world.js";
import { person, runOne, server } from "./world.js";

/** A step that takes this long and fails in this share; the provider behind it is never slow. */
function desk(timeMs: number, errorRate = 0): Component {
  return { id: "desk", type: "step", service: { timeMs, concurrency: 1_000_000, errorRate } };
}

const patient: ClientSpec = { retries: 3, backoffMs: 1000, backoffFactor: 2 };

/** Times at which requests were sent for the first intent, which arrives at 1000 ms. */
function requests(world: World): readonly number[] {
  return play(world)
    .notes(/^request \d+ sent/)
    .map(({ atMs }) => atMs);
}

describe("a client's retries", () => {
  it("follow a failure after 1, 2 and 4 s, without jitter, and then it gives up", () => {
    const world = { components: [buyer, desk(10, 1), psp()], workload: { client: patient } };
    expect(requests(world)).toEqual([1000, 2010, 4020, 8030]);
    const { metrics, endMs } = measure(world);
    expect(metrics).toMatchObject({ offered: 1, accepted: 0, dropped: 1, dropRate: 1, pending: 0 });
    expect(endMs).toBe(8040);
  });

  it("are none by default", () => {
    expect(requests({ components: [buyer, desk(10, 1), psp()] })).toEqual([1000]);
  });

  it("follow a timeout, while the servers know nothing of it and finish", () => {
    const world = {
      components: [buyer, desk(5000)],
      workload: { client: { timeoutMs: 1000, retries: 2, backoffMs: 500, backoffFactor: 3 } },
    };
    expect(requests(world)).toEqual([1000, 2500, 5000]);
    const measurement = measure(world);
    expect(part(measurement, "desk")).toMatchObject({ arrivals: 3, completed: 3 });
    expect(measurement.metrics).toMatchObject({ accepted: 0, dropped: 1 });
    expect(measurement.endMs).toBe(10_000);
  });

  it("are not used up by an answer in time, and an answer at the last moment is one", () => {
    const world = (timeMs: number): World => ({
      components: [buyer, { id: "desk", type: "step", service: { timeMs } }, psp()],
      provider: { timeMs: 100 },
      workload: { client: { ...patient, timeoutMs: 1000 } },
    });
    expect(requests(world(850))).toEqual([1000]);
    expect(requests(world(950))).toHaveLength(4);
  });

  it("stop when another request of the intent has been accepted", () => {
    // The first request gets no answer from a dead provider; the double click finds it alive again.
    const client = { ...patient, timeoutMs: 5000, doubleClickPct: 100, doubleClickWithinMs: 1000 };
    const { notes } = play({
      components: [buyer, api, psp()],
      scenario: down("blackhole", 900, 1005),
      workload: { client },
    });
    expect(notes(/^request/)).toHaveLength(2);
    expect(notes(/^client told ok/)).toHaveLength(1);
    expect(notes(/^client timeout/)[0]!.atMs).toBe(6000);
  });

  it("are spread over several entries in equal shares", () => {
    const { components } = runOne({
      components: [person, { ...person, id: "other" }, server(1)],
      connections: [
        { from: "person", to: "server" },
        { from: "other", to: "server" },
      ],
      workload: { ratePerS: 100 },
    });
    expect(components.map(({ arrivals }) => arrivals)).toEqual([500, 499, 999]);
  });
});

describe("a double click", () => {
  it("is sent once and never retried", () => {
    const client = { ...patient, doubleClickPct: 100, doubleClickWithinMs: 300 };
    const times = requests({ components: [buyer, desk(10, 1), psp()], workload: { client } });
    expect(times).toHaveLength(5);
    expect(times.filter((time) => time > 1000 && time < 1300)).toHaveLength(1);
    expect(times.filter((time) => time === 1000 || time >= 1300)).toEqual([1000, 2010, 4020, 8030]);
  });

  it("happens to its share of the intents, evenly within its time", () => {
    const { low, high } = binomial(9999, 0.1);
    const measurement = measure({
      components: [buyer, desk(0)],
      workload: { ratePerS: 100, durationMs: 100_000, client: { doubleClickPct: 10, doubleClickWithinMs: 300 } },
    });
    const clicks = part(measurement, "desk").arrivals - 9999;
    expect(clicks).toBeGreaterThan(low);
    expect(clicks).toBeLessThan(high);
    const gaps = Array.from({ length: 10 }, (_, index) => {
      const times = requestsOf(index);
      return times[1]! - times[0]!;
    });
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...gaps)).toBeLessThan(300);
    expect(new Set(gaps).size).toBe(10);
  });

  it("bears the same key as the first request, or one of its own", () => {
    const keys = (keyPolicy: "per-intent" | "per-request"): number => {
      const client = { doubleClickPct: 100, doubleClickWithinMs: 300, keyPolicy };
      const { notes } = play({ components: [buyer, desk(0), psp()], workload: { client } });
      return new Set(notes(/^request/).map(({ what }) => what.replace(/request \d+/, ""))).size;
    };
    expect(keys("per-intent")).toBe(1);
    expect(keys("per-request")).toBe(2);
  });
});

const many = play({
  components: [buyer, desk(0), psp()],
  workload: { ratePerS: 1, durationMs: 10_500, client: { doubleClickPct: 100, doubleClickWithinMs: 300 } },
});

function requestsOf(serial: number): readonly number[] {
  return many.notes(/^request/, serial).map(({ atMs }) => atMs);
}

describe("a conflict", () => {
  it("is asked again each second, 60 times at most, using no retry", () => {
    const orders: Component = {
      id: "orders",
      type: "storage",
      role: "order-store",
      service: instant,
      idempotency: { key: "request", claimLeaseMs: 1e8 },
    };
    const { notes, run } = play({
      components: [buyer, api, orders, worker({ maxAttempts: 1 }), psp()],
      connections: ["buyer>api", "api>orders", "api>worker", "worker>psp"],
      scenario: down("blackhole", 1050, 1500),
      workload: { client: { retries: 1, backoffMs: 500 } },
    });
    const asked = notes(/^request/).map(({ atMs }) => atMs);
    // The first request times out at 2000, the retry goes out at 2500, and 60 more follow.
    expect(asked.slice(0, 4)).toEqual([1000, 2500, 3500, 4500]);
    expect(asked).toHaveLength(62);
    expect(asked.at(-1)).toBe(62_500);
    expect(run.recorder.counts).toMatchObject({ accepted: 0, dropped: 1 });
  });
});

describe("patience", () => {
  it("decides health, not delivery: an acceptance after it counts as unhealthy", () => {
    const health = (client: ClientSpec): number => {
      const { metrics, timeline } = measure({
        components: [buyer, desk(500), psp()],
        provider: { ratePerS: 1000 },
        workload: { ratePerS: 10, durationMs: 1950, client },
      });
      expect(metrics).toMatchObject({ accepted: 19, delivered: 19 });
      return timeline.health[1]!;
    };
    expect(health({ patienceMs: 599 })).toBe(0);
    expect(health({ patienceMs: 601 })).toBe(1);
    expect(health({ timeoutMs: 601 })).toBe(1);
    expect(health({})).toBe(1);
  });
});
