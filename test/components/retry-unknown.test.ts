import { describe, expect, it } from "vitest";
import { Outcome, Reply } from "../../src/sim/outcome.js";
import { type Answer, measure, type Network, person, script, service, step, storage, tool } from "./network.js";

type Provider = Readonly<Record<string, unknown>>;

/** Orders through a retry to a provider that takes 100 ms; what happens to a timeout is `onUnknown`. */
function paying(
  onUnknown: "same-key" | "query" | "assume-failed",
  provider: Provider,
  parameters: Readonly<Record<string, number>> = {},
  key: "item" | "none" = "item",
): Network {
  const behavior = { mode: "retry", jitter: "none", backoffMs: 50, timeoutMs: 500, onUnknown, ...parameters };
  return {
    components: [
      person("shopper"),
      step("worker", { behavior }),
      tool("psp", { role: "payment-provider", idempotency: { key } }),
    ],
    connections: ["shopper→worker", "worker→psp"],
    workload: { ratePerS: 10, durationMs: 150 },
    roles: { "payment-provider": { ratePerS: 10_000, timeMs: 100, ...provider } },
    goal: { role: "payment-provider", operation: "charge" },
    invariants: ["no-double-charge", "no-lost-charge", "no-phantom-success"],
  };
}

const many = (network: Network, durationMs = 20_000): Network => ({
  ...network,
  workload: { ratePerS: 1_000, durationMs },
});

/** A shelf that is scripted, in the place of the provider. */
function scripted(onUnknown: "query" | "assume-failed", answer: (visit: number) => Answer, maxAttempts = 4) {
  const behavior = { mode: "retry", jitter: "none", backoffMs: 50, timeoutMs: 500, onUnknown, maxAttempts };
  const network: Network = {
    components: [person("crowd"), step("worker", { behavior }), storage("shelf")],
    connections: ["crowd→worker", "worker→shelf"],
    workload: { ratePerS: 10, durationMs: 150 },
  };
  return script(network, { answers: { shelf: answer } });
}

const absent: Answer = { outcome: Outcome.ok, afterMs: 30, reply: Reply.absent };

describe("onUnknown assume-failed", () => {
  it("makes a timeout final: the intent is told failed, and nothing is tried again", () => {
    const run = scripted("assume-failed", () => "lost");
    expect([run.visits("shelf").length, run.noted("client", "client told told-failed")]).toEqual([1, [600]]);
  });

  it("still retries what is known to have failed", () => {
    const run = scripted("assume-failed", (visit) => (visit < 2 ? Outcome.error : Outcome.ok));
    expect([run.visits("shelf").length, run.told("ok")]).toEqual([3, 1]);
  });

  it("breaks no-lost-charge when a charge stands behind the timeout", () => {
    const run = measure(many(paying("assume-failed", { replyLossRate: 0.1 }), 5_000));
    expect(Math.abs(run.violations("no-lost-charge") / 5_000 - 0.1)).toBeLessThan(0.015);
    expect(run.metrics.delivered + run.violations("no-lost-charge")).toBe(run.metrics.offered);
  });

  it("acknowledges the message of a queue: it does not come back", () => {
    const network = paying("assume-failed", { replyLossRate: 1 });
    const run = script({
      ...network,
      components: [
        ...network.components,
        tool("jobs", { behavior: { mode: "queue", concurrency: 10, redeliverMs: 100, maxDeliveries: 5 } }),
      ],
      connections: ["shopper→jobs", "jobs→worker", "worker→psp"],
    });
    expect(run.noted("jobs", "delivery")).toEqual([100]);
    expect(run.noted("jobs", "acknowledged")).toEqual([600]);
  });
});

describe("onUnknown query", () => {
  it("asks before it charges again, and an effect that is found is the ok", () => {
    const run = scripted("query", (visit) => (visit === 0 ? "lost" : Outcome.ok));
    expect(run.visits("shelf").map(({ atMs, query }) => [atMs, query])).toEqual([
      [100, false],
      [650, true],
    ]);
    expect(run.told("ok")).toBe(1);
  });

  it("charges within the same attempt, under the same key, when the query finds nothing", () => {
    const run = scripted("query", (visit) => (visit === 0 ? "lost" : visit === 1 ? absent : Outcome.ok), 2);
    const visits = run.visits("shelf");
    expect(visits.map(({ atMs, query }) => [atMs, query])).toEqual([
      [100, false],
      [650, true],
      [680, false],
    ]);
    expect(new Set(visits.map(({ itemKey }) => itemKey)).size).toBe(1);
    expect(run.told("ok")).toBe(1);
  });

  it("goes on with the step that is missing, and takes none again that is found", () => {
    const behavior = { mode: "retry", jitter: "none", backoffMs: 50, timeoutMs: 500, onUnknown: "query" };
    const network: Network = {
      components: [person("crowd"), step("worker", { behavior }), storage("first"), storage("second"), storage("last")],
      connections: ["crowd→worker", "worker→first", "worker→second", "worker→last"],
      workload: { ratePerS: 10, durationMs: 150 },
    };
    const run = script(network, {
      answers: {
        first: (visit) => (visit === 0 ? "lost" : Outcome.ok),
        second: (visit) => (visit === 0 ? absent : Outcome.ok),
        last: () => Outcome.ok,
      },
    });
    const seen = (id: string) => run.visits(id).map(({ atMs, query }) => [atMs, query]);
    expect(seen("first")).toEqual([
      [100, false],
      [650, true],
    ]);
    expect(seen("second")).toEqual([
      [650, true],
      [680, false],
    ]);
    expect(seen("last")).toEqual([[680, false]]);
    expect(run.told("ok")).toBe(1);
  });

  it("asks again when the query itself fails", () => {
    const run = scripted("query", (visit) => (visit === 0 ? "lost" : visit === 1 ? Outcome.unavailable : Outcome.ok));
    expect(run.visits("shelf").map(({ query }) => query)).toEqual([false, true, true]);
  });

  it("does not ask after a refusal, which has no effect", () => {
    const run = scripted("query", (visit) => (visit < 2 ? Outcome.full : Outcome.ok));
    expect(run.visits("shelf").map(({ query }) => query)).toEqual([false, false, false]);
  });

  it("charges once and delivers all when replies are lost", () => {
    const run = measure(many(paying("query", { replyLossRate: 0.1 }, { maxAttempts: 20 })));
    expect([run.violations("no-double-charge"), run.metrics.delivered]).toEqual([0, run.metrics.offered]);
    expect(run.exposure("no-double-charge")).toBeGreaterThan(1_500);
  });

  it("saves even a provider without keys, as long as nothing is in flight", () => {
    const provider = { replyLossRate: 0.1 };
    const blind = measure(many(paying("same-key", provider, { maxAttempts: 20 }, "none"), 5_000));
    expect(Math.abs(blind.violations("no-double-charge") / 5_000 - 0.1)).toBeLessThan(0.015);
    expect(measure(many(paying("query", provider, { maxAttempts: 20 }, "none"))).violations("no-double-charge")).toBe(
      0,
    );
  });

  it("takes 'none found' while a call is in flight not for 'not charged': the key answers with a conflict", () => {
    // The charge takes 2 s and each attempt waits 500 ms: the query at 650 ms sees no charge.
    const run = script(paying("query", { timeMs: 2_000 }));
    expect(run.noted("psp", "query: no charge")[0]).toBe(650);
    expect(run.noted("psp", "the key is in flight")[0]).toBe(680);
    expect(run.noted("psp", "charge captured")).toEqual([2_100]);
    expect([run.told("ok"), run.run.recorder.counts.delivered]).toEqual([1, 1]);
  });

  it("charges twice in that case where the provider gets no key", () => {
    const run = measure(paying("query", { timeMs: 2_000 }, {}, "none"));
    expect(run.violations("no-double-charge")).toBe(1);
  });

  it("takes a new key when an error is stored under the old one and the query shows no charge", () => {
    // Every charge fails with an error: under one key the first error would be replayed for ever.
    const network = many(paying("query", { errorRate: 0.5 }, { maxAttempts: 30 }), 2_000);
    const run = measure(network);
    expect([run.metrics.delivered, run.violations("no-double-charge")]).toEqual([run.metrics.offered, 0]);
  });

  it("finds the charge behind an error that was stored after it", () => {
    const run = measure(many(paying("query", { errorRate: 0.5, errorEffectShare: 1 }, { maxAttempts: 30 }), 2_000));
    expect([run.metrics.delivered, run.violations("no-double-charge")]).toEqual([run.metrics.offered, 0]);
    expect(run.of("psp").failures.error).toBeGreaterThan(800);
  });
});

describe("onUnknown same-key", () => {
  it("gets the stored result after a lost reply: one charge, in 30 ms", () => {
    const run = script(paying("same-key", {}), {
      at: [
        [150, (engine) => setAvailability(engine, "blackhole")],
        [300, (engine) => setAvailability(engine, "up")],
      ],
    });
    expect(run.noted("psp", "charge captured")).toEqual([200]);
    expect(run.noted("psp", "key known: the charge stands")).toEqual([650]);
    expect(run.noted("client", "client told ok")).toEqual([680]);
  });

  it("gets a stored error again and again: it resolves nothing", () => {
    const run = measure(many(paying("same-key", { errorRate: 1, errorEffectShare: 0 }), 1_000));
    expect([run.metrics.delivered, run.of("psp").arrivals, run.of("psp").failures.error]).toEqual([0, 3_996, 3_996]);
    expect([run.violations("no-lost-charge"), run.violations("no-phantom-success")]).toEqual([0, 0]);
  });

  // What is stored under the key is the answer, not the effect.
  it("gets a stored error again also when the charge stands behind it", () => {
    const run = measure(many(paying("same-key", { errorRate: 1, errorEffectShare: 1 }), 1_000));
    expect([run.metrics.delivered, run.of("psp").arrivals]).toEqual([0, 3_996]);
    expect([run.violations("no-lost-charge"), run.violations("no-double-charge")]).toEqual([999, 0]);
  });

  it("waits out a conflict with its own charge in flight", () => {
    const run = script(paying("same-key", { timeMs: 900 }));
    // The attempt at 650 meets the key in flight; the charge lands at 1000, and about a second later the key is known.
    expect(run.noted("psp", "the key is in flight")).toEqual([650]);
    expect(run.noted("psp", "charge captured")).toEqual([1_000]);
    const told = run.noted("client", "client told ok");
    expect(told.length).toBe(1);
    expect(told[0]).toBeGreaterThan(650 + 30 + 900);
    expect(told[0]).toBeLessThan(650 + 30 + 1_100 + 60);
  });
});

describe("ambiguous replies without deduplication, a = b = 0.05 and three attempts", () => {
  it("charges 1.051656 times an order, doubles 4.96375 % and loses 0.0801859 %", () => {
    const provider = { unavailableRate: 0.05, replyLossRate: 0.05, timeMs: 1 };
    const network = paying("same-key", provider, { maxAttempts: 3, timeoutMs: 20, backoffMs: 0 }, "none");
    const run = measure(many(network, 100_000));
    const orders = run.metrics.offered;
    const charges = run.of("psp").completed;
    // 100 000 orders: standard deviations 0.0008, 0.0007 and 0.00009.
    expect(Math.abs(charges / orders - 1.051656)).toBeLessThan(0.003);
    expect(Math.abs(run.violations("no-double-charge") / orders - 0.0496375)).toBeLessThan(0.0025);
    expect(Math.abs(run.violations("no-lost-charge") / orders - 0.000801859)).toBeLessThan(0.00035);
  });
});

describe("a retry's slot", () => {
  it("is one for the whole call, over all attempts", () => {
    const network = paying("same-key", { unavailableRate: 1 }, { maxAttempts: 3 });
    const components = network.components.map((component) =>
      component.id === "worker" ? { ...component, service: service(0, 5) } : component,
    );
    const run = measure({ ...network, components });
    // Three attempts of 100 ms with waits of 50 and 100 ms between them.
    expect([run.of("worker").meanHoldMs, run.of("psp").arrivals]).toEqual([450, 3]);
  });
});

type Engine = ReturnType<typeof script>["engine"];

function setAvailability(engine: Engine, availability: "up" | "blackhole"): void {
  engine.stations.find(({ spec }) => spec.id === "psp")!.availability = availability;
}
