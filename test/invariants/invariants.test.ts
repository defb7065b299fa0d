import { describe, expect, it } from "vitest";
import type { InvariantMeasurement } from "../../src/scenarios/measurement.js";
import { channel, measure, person, step, storage, tool } from "../components/network.js";
import { clicks, judged, noteAfter, trade } from "./shop.js";

/** A share p of 200 intents, within 4 σ. */
function near(count: number, p: number, n = 200): void {
  expect(Math.abs(count - n * p)).toBeLessThan(4 * Math.sqrt(n * p * (1 - p)));
}

function inOrder(trace: InvariantMeasurement["examples"][number]["trace"]): void {
  for (const [index, note] of trace.entries()) {
    if (index > 0) expect(note.atMs).toBeGreaterThanOrEqual(trace[index - 1]!.atMs);
  }
}

describe("no-double-charge", () => {
  const broken = trade({ key: "attempt", provider: { replyLossRate: 0.3 } });
  const { violations, exposure, examples } = judged(broken, "no-double-charge");

  it("is broken by a new key per attempt, once per lost reply", () => {
    expect(broken.metrics.offered).toBe(200);
    near(violations, 0.3);
    expect(exposure).toBe(violations);
    expect(broken.metrics.errors).toBeGreaterThanOrEqual(violations);
  });

  it("shows up to three causes: charge, lost reply, timeout, resend, second charge, in order of time", () => {
    expect(examples).toHaveLength(3);
    for (const { intent, trace } of examples) {
      inOrder(trace);
      const charge = noteAfter(trace, /psp: charge captured.* 1 live/);
      const lost = noteAfter(trace, /psp: reply lost/, charge + 1);
      const timeout = noteAfter(trace, /worker: timeout/, lost + 1);
      const resend = noteAfter(trace, /worker: attempt 2/, timeout + 1);
      const second = noteAfter(trace, /psp: charge captured.* 2 live/, resend + 1);
      // The n-th intent, counted from 0, arrives at 100 · (n+1) ms.
      const arrivedMs = 100 * (intent + 1);
      expect(trace[0]!.atMs).toBeCloseTo(arrivedMs, 6);
      expect([charge, timeout, resend].map((index) => trace[index]!.atMs - arrivedMs)).toEqual([
        expect.closeTo(100, 6),
        expect.closeTo(1000, 6),
        expect.closeTo(1200, 6),
      ]);
      expect(trace[second]!.atMs - arrivedMs).toBeCloseTo(1300, 6);
    }
  });

  it("shows the shortest of the traces first", () => {
    const lengths = examples.map(({ trace }) => trace.length);
    expect(lengths).toEqual([...lengths].sort((x, y) => x - y));
  });

  it("holds with the item's key under the same exposure", () => {
    const held = judged(trade({ key: "item", provider: { replyLossRate: 0.3 } }), "no-double-charge");
    expect(held.violations).toBe(0);
    near(held.exposure, 0.3);
    expect(held.examples).toEqual([]);
  });

  it("is exposed by an answer that comes after its caller gave up", () => {
    const late = judged(trade({ retry: { maxAttempts: 1, timeoutMs: 50 } }), "no-double-charge");
    expect(late).toMatchObject({ violations: 0, exposure: 200 });
  });

  it("is exposed by the first redelivery whose item may have been charged, even when it was not", () => {
    const silent = { id: "dead", kind: "outage", target: "payment-provider", mode: "blackhole" };
    const delivered = (maxDeliveries: number) =>
      judged(trade({ retry: { maxAttempts: 1 }, queue: { maxDeliveries }, scenario: silent }), "no-double-charge");
    expect(delivered(1)).toMatchObject({ violations: 0, exposure: 0 });
    expect(delivered(2)).toMatchObject({ violations: 0, exposure: 200 });
  });

  it("is exposed by second requests as well", () => {
    const held = judged(trade({ store: { key: "request" }, workload: clicks }), "no-double-charge");
    near(held.exposure, 0.5);
    expect(held.violations).toBe(0);
  });
});

describe("no-duplicate-order", () => {
  const open = trade({ store: { key: "none" }, queue: {}, workload: clicks });
  const guarded = trade({ store: { key: "request" }, queue: {}, workload: clicks });

  it("is broken by a store without a key, once per double click", () => {
    const { violations, exposure } = judged(open, "no-duplicate-order");
    near(violations, 0.5);
    expect(exposure).toBe(violations);
  });

  it("shows the two requests and the two rows", () => {
    const { trace } = judged(open, "no-duplicate-order").examples[0]!;
    inOrder(trace);
    const first = noteAfter(trace, /client: request 1 sent/);
    const row = noteAfter(trace, /orders: order row written \(1/, first);
    const second = noteAfter(trace, /client: request 2 sent/, first);
    expect(noteAfter(trace, /orders: order row written \(2/, Math.max(row, second))).toBeGreaterThan(second);
  });

  it("holds with a unique request key under the same exposure", () => {
    const held = judged(guarded, "no-duplicate-order");
    expect(held.violations).toBe(0);
    expect(held.exposure).toBe(judged(open, "no-duplicate-order").exposure);
  });
});

describe("no-lost-charge", () => {
  const hopeful = {
    retry: { onUnknown: "assume-failed", timeoutMs: 500 },
    queue: {},
    provider: { replyLossRate: 0.2 },
  };

  it("is broken when a timeout counts as failed: charged, and told so to nobody", () => {
    const broken = trade(hopeful);
    const { violations, exposure, examples } = judged(broken, "no-lost-charge");
    near(violations, 0.2);
    expect(exposure).toBe(violations);
    expect(broken.metrics.dropped).toBe(violations);
    const { trace } = examples[0]!;
    inOrder(trace);
    const charge = noteAfter(trace, /psp: charge captured/);
    const lost = noteAfter(trace, /psp: reply lost/, charge);
    const timeout = noteAfter(trace, /worker: timeout/, lost);
    noteAfter(trace, /worker: assumes that it failed/, timeout);
  });

  it("holds when the same key is asked again, under the same exposure", () => {
    const held = judged(trade({ ...hopeful, retry: { timeoutMs: 500 } }), "no-lost-charge");
    expect(held.violations).toBe(0);
    near(held.exposure, 0.2);
  });
});

describe("no-phantom-success", () => {
  const dying = { retry: { maxAttempts: 1 }, provider: { unavailableRate: 0.25 } };

  it("is broken by a compensation whose charge is replayed from its key", () => {
    // The ledger fails, the charge is voided, and the redelivery is answered with the stored success.
    const broken = measure({
      components: [
        person("buyer"),
        channel("q", { behavior: { mode: "queue", redeliverMs: 50, maxDeliveries: 100 } }),
        step("worker", { behavior: { mode: "retry", maxAttempts: 1 } }),
        tool("psp", { role: "payment-provider" }),
        storage("ledger", { service: { timeMs: 1, concurrency: 100, errorRate: 0.5 } }),
      ],
      connections: [
        "buyer→q",
        "q→worker",
        "worker→psp",
        "worker→ledger",
        { from: "worker", to: "psp", on: "compensate", operation: "void" },
      ],
      workload: { ratePerS: 10, durationMs: 40_000 },
      roles: { "payment-provider": { ratePerS: 100, timeMs: 20 } },
      goal: { role: "payment-provider", operation: "charge" },
      invariants: ["no-phantom-success"],
    });
    const { violations, exposure, examples } = judged(broken, "no-phantom-success");
    near(violations / 2, 0.5);
    expect(exposure).toBe(violations);
    const { trace } = examples[0]!;
    const voided = noteAfter(trace, /psp: charge voided/, noteAfter(trace, /psp: charge captured/));
    noteAfter(trace, /q: acknowledged/, noteAfter(trace, /psp: key known: the charge stands/, voided));
  });

  it("holds when the failure goes up, under a like exposure", () => {
    const plain = trade(dying);
    const held = judged(plain, "no-phantom-success");
    expect(held.violations).toBe(0);
    near(held.exposure, 0.25);
    expect(plain.metrics.delivered).toBe(200 - held.exposure);
  });

  it("does not take a fallback's ok for the goal's: nothing is delivered without a charge", () => {
    const fallen = trade({ ...dying, fallback: true });
    expect(judged(fallen, "no-phantom-success").violations).toBe(0);
    expect(fallen.metrics.delivered).toBe(200 - judged(fallen, "no-phantom-success").exposure);
  });
});

describe("nothing-stuck", () => {
  const late = { queue: { releaseRps: 5 }, provider: { unavailableRate: 0.1 } };

  it("is broken by what still waits at the end of the drain", () => {
    // 200 intents in 20 s, 5 a second leave: the last ones would need 40 s.
    const broken = trade({ ...late, workload: { drainMs: 10_000 } });
    const { violations, examples } = judged(broken, "nothing-stuck");
    expect(broken.metrics.pending).toBe(violations);
    expect(Math.abs(violations - (200 - 5 * 30))).toBeLessThan(5);
    expect(broken.metrics.backlogMax).toBeGreaterThan(95);
    const { trace } = examples[0]!;
    noteAfter(trace, /mail: message accepted/);
    expect(trace.some(({ what }) => what.startsWith("delivery"))).toBe(false);
    expect(trace.at(-1)!.atMs).toBe(broken.endMs);
  });

  it("holds when the drain is long enough, and counts the intents that met a failure", () => {
    const whole = trade(late);
    const held = judged(whole, "nothing-stuck");
    expect(held.violations).toBe(0);
    near(held.exposure, 0.1);
    expect(whole.metrics).toMatchObject({ pending: 0, delivered: 200 });
  });

  it("does not call stuck what was refused or given up on", () => {
    const refused = trade({ retry: { maxAttempts: 1 }, provider: { unavailableRate: 1 } });
    expect(judged(refused, "nothing-stuck")).toMatchObject({ violations: 0, exposure: 200 });
    expect(refused.metrics).toMatchObject({ dropped: 200, pending: 0 });
  });
});

describe("a run in which nothing goes wrong", () => {
  it("exposes no invariant: a vacuous pass is none", () => {
    const calm = trade({ store: { key: "request" }, queue: {} });
    expect(calm.metrics).toMatchObject({ offered: 200, delivered: 200, errors: 0 });
    expect(calm.invariants.map(({ id, violations, exposure }) => `${id} ${violations}/${exposure}`)).toEqual([
      "no-double-charge 0/0",
      "no-duplicate-order 0/0",
      "no-lost-charge 0/0",
      "no-phantom-success 0/0",
      "nothing-stuck 0/0",
    ]);
  });
});
