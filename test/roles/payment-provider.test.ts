import { describe, expect, it } from "vitest";
import { Outcome } from "../../src/sim/outcome.js";
import { binomial, buyer, down, measure, part, play, psp, violations, worker } from "./world.js";

/** The provider dies while it works on the first charge (1000 to 1100 ms), whose reply is lost; then it is back. */
const lostReply = down("blackhole", 1050, 1500);

describe("the effect and the reply", () => {
  it("are two events: the charge stands, and then its reply is lost", () => {
    const world = { components: [buyer, worker({ maxAttempts: 1 }), psp()], provider: { replyLossRate: 1 } };
    const { run, story } = play(world);
    expect(run.truth.chargeCount).toBe(1);
    expect(story().filter((line) => /psp|worker: timeout:/.test(line))).toEqual([
      expect.stringMatching(/^1100 psp: charge captured/),
      "1100 psp: reply lost",
      expect.stringMatching(/^2000 worker: timeout: no answer/),
    ]);
    expect(run.recorder.counts).toMatchObject({ offered: 1, accepted: 0, delivered: 0, dropped: 1 });
  });

  it("meet at the replies' loss rate", () => {
    const measurement = measure({
      components: [buyer, worker({ maxAttempts: 1 }), psp()],
      provider: { ratePerS: 1000, timeMs: 1, replyLossRate: 0.05 },
      workload: { ratePerS: 200, durationMs: 100_000 },
    });
    const { offered, delivered } = measurement.metrics;
    const { low, high } = binomial(offered, 0.05);
    expect(offered).toBe(19_999);
    expect(offered - delivered).toBeGreaterThan(low);
    expect(offered - delivered).toBeLessThan(high);
    expect(violations(measurement, "no-lost-charge")).toBe(offered - delivered);
  });
});

describe("a known key", () => {
  it("gets the stored result after 30 ms and charges once", () => {
    const { run, notes } = play({ components: [buyer, worker(), psp()], scenario: lostReply });
    expect(run.truth.chargeCount).toBe(1);
    expect(notes(/attempt 2/)[0]!.atMs).toBe(2200);
    expect(notes(/the charge stands/)[0]!.atMs).toBe(2200);
    expect(notes(/client told ok/)[0]!.atMs).toBe(2230);
    expect(run.recorder.confirmMs.max).toBe(1230);
  });

  it("may lose that reply as well", () => {
    const components = [buyer, worker({ maxAttempts: 3 }), psp()];
    const { run, notes } = play({ components, provider: { replyLossRate: 1 } });
    expect(run.truth.chargeCount).toBe(1);
    expect(notes(/reply lost/)).toHaveLength(3);
    expect(run.recorder.counts.delivered).toBe(0);
  });

  it("that is in flight is answered with a conflict, which costs no attempt", () => {
    const provider = { timeMs: 4000 };
    const { run, notes } = play({ components: [buyer, worker({ maxAttempts: 2, timeoutMs: 500 }), psp()], provider });
    expect(run.truth.chargeCount).toBe(1);
    // First asked again at 1000 + 500 + 200 ms; the answer takes 30 ms; then about each second until the charge at 5000.
    const conflicts = notes(/in flight/).map(({ atMs }) => atMs);
    expect(conflicts[0]).toBe(1700);
    expect(conflicts.length).toBeGreaterThanOrEqual(3);
    for (const [index, atMs] of conflicts.slice(1).entries()) {
      expect(atMs - conflicts[index]!).toBeGreaterThanOrEqual(930);
      expect(atMs - conflicts[index]!).toBeLessThanOrEqual(1130);
    }
    expect(notes(/attempt 3/)).toEqual([]);
    expect(run.recorder.counts.delivered).toBe(1);
  });

  it("is forgotten after ttlMs, of the problem or of the canvas, and then charges again", () => {
    const chargesWith = (keyTtlMs: number): number =>
      play({ components: [buyer, worker(), psp()], scenario: lostReply, provider: { keyTtlMs } }).run.truth.chargeCount;
    // The key is 1200 ms old when it is asked again.
    expect(chargesWith(1199)).toBe(2);
    expect(chargesWith(1201)).toBe(1);
    const forgetful = { ...psp(), idempotency: { key: "item" as const, ttlMs: 1199 } };
    expect(play({ components: [buyer, worker(), forgetful], scenario: lostReply }).run.truth.chargeCount).toBe(2);
  });
});

describe("a key that the provider has not seen", () => {
  it.each(["attempt", "none"] as const)("charges again: key %s", (key) => {
    const { run, notes } = play({ components: [buyer, worker(), psp(key)], scenario: lostReply });
    expect(run.truth.chargeCount).toBe(2);
    expect(notes(/charge captured/).map(({ atMs }) => atMs)).toEqual([1100, 2300]);
    const told = notes(/charge captured/).map(({ what }) => what);
    expect(told[1]).toContain("2 live for this intent");
    if (key === "none") expect(told[0]).toContain("without a key");
    else expect(told[0]!.replace(/\d live/, "")).not.toBe(told[1]!.replace(/\d live/, ""));
  });

  it("depends on whose key it is when the client asks again", () => {
    const chargesWith = (key: "item" | "request" | "intent", keyPolicy: "per-intent" | "per-request"): number =>
      play({
        components: [buyer, worker({ maxAttempts: 1 }), psp(key)],
        scenario: lostReply,
        workload: { client: { retries: 1, backoffMs: 100, keyPolicy } },
      }).run.truth.chargeCount;
    expect(chargesWith("item", "per-intent")).toBe(2);
    expect(chargesWith("request", "per-intent")).toBe(1);
    expect(chargesWith("request", "per-request")).toBe(2);
    expect(chargesWith("intent", "per-request")).toBe(1);
  });
});

describe("errors", () => {
  const failing = { id: "bad", kind: "brownout", target: "payment-provider", errorRate: 1, startMs: 900, endMs: 1150 };

  it("are stored and replayed under their key, long after the provider is well again", () => {
    const { run, notes } = play({ components: [buyer, worker(), psp()], scenario: failing });
    expect(run.truth.chargeCount).toBe(0);
    expect(notes(/stored error again/).map(({ atMs }) => atMs)).toEqual([1300, 1730, 2560]);
    expect(notes(/client told error/)[0]!.atMs).toBe(2590);
  });

  it("of overload are not stored, for no work was begun: the same key charges at the next attempt", () => {
    // Once 30 calls a second come to a provider of 10/s, two thirds and a tenth of them fail; later none does.
    const { run, notes } = play({
      components: [buyer, worker({ maxAttempts: 30, backoffMs: 3000, backoffFactor: 1 }), psp()],
      provider: { ratePerS: 10, timeMs: 1, errorCurve: true },
      workload: { ratePerS: 30, durationMs: 3000 },
    });
    const report = run.engine.stations.find(({ spec }) => spec.id === "psp")!.report();
    expect(report.failures[Outcome.error]).toBeGreaterThan(20);
    expect(notes(/stored error again/)).toEqual([]);
    expect([run.truth.chargeCount, run.recorder.counts.delivered]).toEqual([
      run.recorder.counts.offered,
      run.recorder.counts.offered,
    ]);
  });

  it("are over with a new key", () => {
    const { run } = play({ components: [buyer, worker(), psp("attempt")], scenario: failing });
    expect(run.truth.chargeCount).toBe(1);
    expect(run.recorder.counts.delivered).toBe(1);
  });

  it("charge in the share errorEffectShare of them", () => {
    const errorsCharge = (errorEffectShare: number): { offered: number; charges: number } => {
      const { run } = play({
        components: [buyer, worker({ maxAttempts: 1 }), psp()],
        provider: { ratePerS: 1000, timeMs: 1, errorRate: 1, errorEffectShare },
        workload: { ratePerS: 100, durationMs: 50_000 },
      });
      expect(run.recorder.counts.delivered).toBe(0);
      return { offered: run.recorder.counts.offered, charges: run.truth.chargeCount };
    };
    expect(errorsCharge(0)).toEqual({ offered: 4999, charges: 0 });
    expect(errorsCharge(1)).toEqual({ offered: 4999, charges: 4999 });
    const { low, high } = binomial(4999, 0.3);
    expect(errorsCharge(0.3).charges).toBeGreaterThan(low);
    expect(errorsCharge(0.3).charges).toBeLessThan(high);
  });

  it("that charged double without a key, and not with one", () => {
    const chargesWith = (key: "item" | "none"): number =>
      play({ components: [buyer, worker(), psp(key)], provider: { errorRate: 1, errorEffectShare: 1 } }).run.truth
        .chargeCount;
    expect(chargesWith("none")).toBe(4);
    expect(chargesWith("item")).toBe(1);
  });
});

describe("a 503", () => {
  it("comes after the service time, without effect", () => {
    const { run, notes } = play({
      components: [buyer, worker({ maxAttempts: 1 }), psp()],
      provider: { unavailableRate: 1 },
    });
    expect(run.truth.chargeCount).toBe(0);
    expect(notes(/unavailable/).map(({ atMs, where }) => `${atMs} ${where}`)).toEqual(["1100 psp", "1100 client"]);
  });

  it("is not stored: under the same key every intent is charged once in the end, after 1/(1−p) tries", () => {
    const measurement = measure({
      components: [buyer, worker({ maxAttempts: 40, backoffMs: 1 }), psp()],
      provider: { ratePerS: 1000, timeMs: 1, unavailableRate: 0.5 },
      workload: { ratePerS: 100, durationMs: 50_000 },
    });
    const { failures, arrivals } = part(measurement, "psp");
    expect(measurement.metrics).toMatchObject({ offered: 4999, delivered: 4999 });
    expect(violations(measurement, "no-double-charge")).toBe(0);
    expect(arrivals).toBe(4999 + failures.unavailable);
    // Geometric: variance q/p² = 2 each.
    expect(Math.abs(failures.unavailable - 4999)).toBeLessThan(4 * Math.sqrt(2 * 4999));
    expect(failures.conflict + failures.error).toBe(0);
  });
});

describe("a declined payment", () => {
  it("is an answer, stored under the key, and no failure", () => {
    const measurement = measure({ components: [buyer, worker(), psp()], provider: { declineRate: 1 } });
    expect(measurement.metrics).toMatchObject({ offered: 1, declined: 1, dropped: 0, delivered: 0 });
    expect(part(measurement, "psp")).toMatchObject({ arrivals: 1, completed: 1 });
    expect(measurement.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  });
});

describe("queries", () => {
  const asking = { onUnknown: "query", timeoutMs: 500 };

  it("see a charge that stands, and then nothing is charged again", () => {
    const { run, notes } = play({ components: [buyer, worker(asking), psp("attempt")], scenario: lostReply });
    expect(notes(/query/).map(({ atMs, what }) => `${atMs} ${what}`)).toEqual(["1700 query: charged"]);
    expect(run.truth.chargeCount).toBe(1);
    expect(run.recorder.counts.delivered).toBe(1);
  });

  it("do not see a charge in service: “none” is not “not charged”, and only the key saves it", () => {
    const chargesWith = (key: "item" | "attempt"): number => {
      const { run, notes } = play({ components: [buyer, worker(asking), psp(key)], provider: { timeMs: 2000 } });
      expect(notes(/query: no charge/)[0]!.atMs).toBe(1700);
      return run.truth.chargeCount;
    };
    expect(chargesWith("attempt")).toBeGreaterThanOrEqual(2);
    expect(chargesWith("item")).toBe(1);
  });
});
