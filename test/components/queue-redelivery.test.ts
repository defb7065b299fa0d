import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/canvas/canvas.js";
import { Outcome } from "../../src/sim/outcome.js";
import {
  type Answer,
  channel,
  measure,
  type Network,
  person,
  script,
  service,
  step,
  storage,
  tool,
} from "./network.js";

type Parameters = Readonly<Record<string, number | string | boolean>>;

/** `count` messages within as many milliseconds, to a shelf that takes `serviceMs`. */
function queueing(parameters: Parameters, serviceMs: number, count: number): Network {
  return {
    components: [
      person("crowd"),
      channel("jobs", { behavior: { mode: "queue", concurrency: 1, redeliverMs: 100, ...parameters } }),
      storage("shelf", { service: service(serviceMs, 1_000) }),
    ],
    connections: ["crowd→jobs", "jobs→shelf"],
    workload: { ratePerS: 1_000, durationMs: count + 0.5 },
  };
}

function gapsOf(run: ReturnType<typeof script>): readonly number[] {
  const times = run.visits("shelf").map(({ atMs }) => atMs);
  return times.slice(1).map((time, i) => time - times[i]!);
}

const order = (run: ReturnType<typeof script>) => run.visits("shelf").map(({ serial }) => serial);
const failures = ["full", "rejected", "unavailable", "error"] as const;

describe("queue: a delivery that fails", () => {
  it.each(failures)("comes back after redeliverMs ± 50 %% (%s)", (name) => {
    const run = script(queueing({ redeliverMs: 1_000, maxDeliveries: 200 }, 0, 1), {
      answers: { shelf: (visit) => (visit < 150 ? Outcome[name] : Outcome.ok) },
    });
    const gaps = gapsOf(run);
    expect(gaps.length).toBe(150);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...gaps)).toBeLessThan(1_500);
    expect(Math.abs(gaps.reduce((sum, gap) => sum + gap, 0) / 150 / 1_000 - 1)).toBeLessThan(0.1);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeGreaterThan(850);
  });

  it("comes back at the tail, behind those that wait", () => {
    const run = script(queueing({ redeliverMs: 10 }, 100, 4), {
      answers: { shelf: (visit) => (visit === 0 ? Outcome.error : Outcome.ok) },
    });
    expect(order(run)).toEqual([0, 1, 2, 3, 0]);
  });

  it("does not hold its consumer while it waits to come back", () => {
    const run = script(queueing({ redeliverMs: 100_000 }, 10, 3), {
      answers: { shelf: (visit) => (visit === 0 ? Outcome.error : Outcome.ok) },
    });
    expect(
      run
        .visits("shelf")
        .slice(0, 3)
        .map(({ atMs }) => Math.round(atMs)),
    ).toEqual([1, 2, 12]);
  });

  it.each(failures)("is lost after maxDeliveries, and counted by its last outcome (%s)", (name) => {
    const run = script(queueing({ maxDeliveries: 3 }, 0, 2), { answers: { shelf: () => Outcome[name] } });
    expect(run.visits("shelf").length).toBe(6);
    const jobs = run.station("jobs");
    expect([jobs.completed, jobs.failures[Outcome[name]]]).toEqual([0, 2]);
    expect(run.run.recorder.counts).toMatchObject({ accepted: 2, delivered: 0, dropped: 2, pending: 0 });
  });

  it.each([1, 2, 7])("is delivered maxDeliveries = %s times at most", (maxDeliveries) => {
    const run = script(queueing({ maxDeliveries }, 0, 1), { answers: { shelf: () => Outcome.error } });
    expect(run.visits("shelf").length).toBe(maxDeliveries);
    expect(run.noted("jobs", "delivery").length).toBe(maxDeliveries);
  });

  it("keeps the item's key over its deliveries", () => {
    const run = script(queueing({}, 0, 1), { answers: { shelf: () => Outcome.error } });
    expect(new Set(run.visits("shelf").map(({ itemKey }) => itemKey)).size).toBe(1);
  });

  it.each(["declined", "toldFailed"] as const)("is acknowledged by a business answer: %s", (name) => {
    const run = script(queueing({}, 0, 1), { answers: { shelf: () => Outcome[name] } });
    expect([run.visits("shelf").length, run.noted("jobs", "acknowledged").length]).toEqual([1, 1]);
  });

  it("does not count the attempts of a retry within it", () => {
    const network = queueing({ maxDeliveries: 2 }, 0, 1);
    const behavior = { mode: "retry", maxAttempts: 3, backoffMs: 1, jitter: "none" };
    const run = script(
      {
        ...network,
        components: [...network.components, step("worker", { behavior })],
        connections: ["crowd→jobs", "jobs→worker", "worker→shelf"],
      },
      { answers: { shelf: () => Outcome.error } },
    );
    expect([run.noted("jobs", "delivery").length, run.visits("shelf").length]).toEqual([2, 6]);
  });

  it("survives ten thousand deliveries that fail at once", () => {
    const run = measure({
      ...queueing({ maxDeliveries: 2, concurrency: 1 }, 0, 5_000),
      components: [
        person("crowd"),
        channel("jobs", { behavior: { mode: "queue", concurrency: 1, redeliverMs: 100, maxDeliveries: 2 } }),
        step("gate", { behavior: { mode: "ratelimit", rps: 1e-9, burst: 1 } }),
      ],
      connections: ["crowd→jobs", "jobs→gate"],
    });
    expect([run.of("gate").failures.rejected, run.metrics.delivered, run.metrics.dropped]).toEqual([9_998, 1, 4_999]);
  });
});

describe("queue: open and conflict", () => {
  it.each(["open", "conflict"] as const)("%s comes back after 1 s and does not count as a delivery", (name) => {
    const answer = (visit: number): Answer => (visit < 6 ? Outcome[name] : visit === 6 ? Outcome.error : Outcome.ok);
    const run = script(queueing({ maxDeliveries: 2, redeliverMs: 100 }, 0, 1), { answers: { shelf: answer } });
    expect(gapsOf(run).slice(0, 6)).toEqual(new Array<number>(6).fill(1_000));
    expect(run.visits("shelf").length).toBe(8);
    expect(run.run.recorder.counts.delivered).toBe(1);
  });

  it("keep their count of deliveries: a failure that is the last one ends it", () => {
    const answer = (visit: number): Answer => (visit % 2 === 0 ? Outcome.open : Outcome.error);
    const run = script(queueing({ maxDeliveries: 2 }, 0, 1), { answers: { shelf: answer } });
    // open, error (first), open, error (second): lost.
    expect([run.visits("shelf").length, run.run.recorder.counts.dropped]).toEqual([4, 1]);
  });
});

describe("queue: visibility timeout", () => {
  it("counts as a delivery", () => {
    const run = script(queueing({ visibilityMs: 1_000, maxDeliveries: 3 }, 0, 1), { answers: { shelf: () => "lost" } });
    expect(run.visits("shelf").length).toBe(3);
    for (const gap of gapsOf(run)) {
      expect(gap).toBeGreaterThanOrEqual(1_050);
      expect(gap).toBeLessThan(1_150);
    }
    expect(run.station("jobs").failures[Outcome.timeout]).toBe(1);
    expect(run.run.recorder.counts.dropped).toBe(1);
  });

  it("leaves an effect possible: the guard's row is not free for another try", () => {
    const run = measure({
      components: [
        person("shopper"),
        step("api"),
        storage("orders", { role: "order-store", idempotency: { key: "request" } }),
        channel("jobs", { behavior: { mode: "queue", concurrency: 50, visibilityMs: 300, maxDeliveries: 1 } }),
        storage("shelf", { service: service(1_000, 100) }),
      ],
      connections: ["shopper→api", "api→orders", "api→jobs", "jobs→shelf"],
      workload: { ratePerS: 1, durationMs: 20_500, client: { doubleClickPct: 100, doubleClickWithinMs: 100_000 } },
      roles: { "order-store": {} },
    });
    expect([run.of("orders").arrivals, run.of("jobs").arrivals, run.of("jobs").failures.timeout]).toEqual([40, 20, 20]);
  });

  it("frees the consumer, and does not take the late ok for an acknowledgement", () => {
    const run = script(queueing({ visibilityMs: 1_000, maxDeliveries: 2 }, 1_500, 1));
    expect(run.noted("jobs", "delivery").length).toBe(2);
    expect([run.station("shelf").completed, run.run.recorder.counts.delivered]).toEqual([2, 0]);
    expect(run.noted("jobs", "acknowledged")).toEqual([]);
  });

  it("delivers again what is still in service: a provider without keys charges twice, with the item's key once", () => {
    const network = (key: "none" | "item"): Network => ({
      components: [
        person("shopper"),
        channel("jobs", { behavior: { mode: "queue", concurrency: 50, visibilityMs: 300, redeliverMs: 100 } }),
        tool("psp", { role: "payment-provider", idempotency: { key } }),
      ],
      connections: ["shopper→jobs", "jobs→psp"],
      workload: { ratePerS: 10, durationMs: 2_050 },
      roles: { "payment-provider": { ratePerS: 1_000, timeMs: 350 } },
      goal: { role: "payment-provider", operation: "charge" },
      invariants: ["no-double-charge"],
    });
    const blind = measure(network("none"));
    expect([blind.violations("no-double-charge"), blind.metrics.delivered]).toEqual([20, 0]);
    const keyed = measure(network("item"));
    expect([keyed.violations("no-double-charge"), keyed.metrics.delivered]).toEqual([0, 20]);
    expect(keyed.exposure("no-double-charge")).toBe(20);
  });

  it("ends the delivery's waits below: a step's slot is free again", () => {
    const network = queueing({ visibilityMs: 500, redeliverMs: 10, maxDeliveries: 2 }, 0, 1);
    const run = script(
      {
        ...network,
        components: [...network.components, step("worker", { service: service(0, 1, 0) })],
        connections: ["crowd→jobs", "jobs→worker", "worker→shelf"],
      },
      { answers: { shelf: (visit) => (visit === 0 ? "lost" : Outcome.ok) } },
    );
    expect([run.run.recorder.counts.delivered, run.station("worker").failures[Outcome.full]]).toEqual([1, 0]);
  });
});

describe("queue: dead letters", () => {
  function withDeadLetters(connection: Connection): Network {
    const network = queueing({ maxDeliveries: 2 }, 0, 3);
    return {
      ...network,
      components: [...network.components, step("worker"), storage("morgue")],
      connections: ["crowd→jobs", "jobs→worker", "worker→shelf", connection],
    };
  }

  it.each([
    ["where the queue has the edge", { from: "jobs", to: "morgue", on: "dead-letter" }],
    ["where a component behind the queue has it", { from: "worker", to: "morgue", on: "dead-letter" }],
    ["where only its label says so", { from: "jobs", to: "morgue", label: "DLQ" }],
  ] as [string, Connection][])("go along their edge after maxDeliveries, and count as dropped: %s", (_, connection) => {
    const run = script(withDeadLetters(connection), {
      answers: { shelf: (_visit, { serial }) => (serial === 1 ? Outcome.error : Outcome.ok) },
    });
    expect(run.visits("morgue").map(({ serial }) => serial)).toEqual([1]);
    expect(run.visits("shelf").filter(({ serial }) => serial === 1).length).toBe(2);
    expect(run.run.recorder.counts).toMatchObject({ accepted: 3, delivered: 2, dropped: 1 });
    expect(run.station("jobs").failures[Outcome.error]).toBe(1);
  });

  it("that pile up in a queue from which nothing leads on are dropped, though that queue is content with them", () => {
    const network = queueing({ maxDeliveries: 2 }, 0, 3);
    const run = script(
      {
        ...network,
        components: [...network.components, channel("letters", { behavior: { mode: "queue", concurrency: 1 } })],
        connections: [...network.connections, { from: "jobs", to: "letters", on: "dead-letter" }],
      },
      { answers: { shelf: () => Outcome.error } },
    );
    expect(run.noted("letters", "acknowledged")).toHaveLength(3);
    expect(run.run.recorder.counts).toMatchObject({ accepted: 3, delivered: 0, dropped: 3 });
  });

  it("are delivered in the end when they are redriven through another queue", () => {
    const network = queueing({ maxDeliveries: 2 }, 0, 1);
    const run = script(
      {
        ...network,
        components: [
          ...network.components,
          channel("letters", { behavior: { mode: "queue", concurrency: 1, redeliverMs: 10, maxDeliveries: 5 } }),
        ],
        connections: [...network.connections, { from: "jobs", to: "letters", on: "dead-letter" }, "letters→shelf"],
      },
      { answers: { shelf: (visit) => (visit < 4 ? Outcome.error : Outcome.ok) } },
    );
    expect(run.visits("shelf").length).toBe(5);
    expect(run.run.recorder.counts).toMatchObject({ delivered: 1, dropped: 0 });
  });
});

describe("queue: several ways on", () => {
  const star = (kind: "channel" | "step"): Network => {
    const behavior = { mode: "queue", concurrency: 1, redeliverMs: 100, maxDeliveries: 2 };
    const place = kind === "channel" ? channel : step;
    return {
      components: [
        person("crowd"),
        place("jobs", { behavior }),
        storage("shelf", { service: service(50, 10) }),
        storage("ledger", { service: service(20, 10) }),
      ],
      connections: ["crowd→jobs", "jobs→shelf", "jobs→ledger"],
      workload: { ratePerS: 10, durationMs: 150 },
    };
  };

  it("copies from a channel and goes one after another from a step; both must be ok to acknowledge", () => {
    const ledgerAt = (kind: "channel" | "step") =>
      script(star(kind))
        .visits("ledger")
        .map(({ atMs }) => atMs);
    expect([ledgerAt("channel"), ledgerAt("step")]).toEqual([[100], [150]]);
    expect(script(star("channel")).noted("jobs", "acknowledged")).toEqual([150]);
    expect(script(star("step")).noted("jobs", "acknowledged")).toEqual([170]);
  });

  it("delivers everything again when one of them fails", () => {
    const run = script(star("step"), { answers: { ledger: (visit) => (visit === 0 ? Outcome.error : Outcome.ok) } });
    expect([run.visits("shelf").length, run.visits("ledger").length]).toEqual([2, 2]);
    expect(run.run.recorder.counts.delivered).toBe(1);
  });
});
