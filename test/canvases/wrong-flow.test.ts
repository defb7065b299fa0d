import { describe, expect, it } from "vitest";
import { expectDelivered, expectHeld, gated, type ScenarioId, seeds, Trial } from "./checkout.js";

const outages = ["payment-outage:blackhole", "payment-outage:failfast"] as const;

describe("chini-002, wrong/no-queue.json", () => {
  const trial = new Trial("wrong/no-queue");
  const refused = (seed: number, id: ScenarioId): number => {
    const { offered, accepted } = trial.metrics(seed, id);
    return 1 - accepted / offered;
  };

  describe.each(seeds)("seed %i", (seed) => {
    it("never accepts a third of the sale: the checkout waits for a provider of 60/s", () => {
      expect(refused(seed, "flash-sale")).toBeGreaterThan(0.28);
      expect(refused(seed, "flash-sale")).toBeLessThan(0.38);
      const { metrics, timeline } = trial.at(seed, "flash-sale");
      // Hardly anyone is charged whose client has given up.
      expect(Math.abs(metrics.dropRate - refused(seed, "flash-sale"))).toBeLessThan(0.002);
      expect(metrics.acceptMs.p95!).toBeGreaterThan(5_000);
      const perSecond = timeline.delivered.slice(60, 150).reduce((sum, count) => sum + count, 0) / 90;
      expect(perSecond).toBeGreaterThan(57);
      expect(perSecond).toBeLessThan(61.5);
    });

    it("refuses them where slots wait: at the full checkout, not at the provider", () => {
      const api = trial.part(seed, "flash-sale", "checkout-api");
      // The buyers' retries make 34,000 requests of 13,000 intents; the rate limit refuses what is above 150/s.
      expect(api.arrivals).toBeGreaterThan(2.3 * trial.metrics(seed, "flash-sale").offered);
      expect(api.failures.full).toBeGreaterThan(9_000);
      expect(api.failures.rejected).toBeGreaterThan(9_000);
      expect(api.arrivals - api.failures.full - api.failures.rejected).toBe(
        trial.part(seed, "flash-sale", "orders").arrivals,
      );
      expect(trial.part(seed, "flash-sale", "psp").failures.full).toBe(0);
      expect(api.firstFullMs!).toBeGreaterThan(30_000);
      expect(api.firstFullMs!).toBeLessThan(45_000);
      expect(api.slots).toBeLessThan(70);
    });

    it("never accepts about 31 % of the outage: the open breaker passes the refusal up to the buyer", () => {
      for (const id of outages) {
        expect(refused(seed, id)).toBeGreaterThan(0.26);
        expect(refused(seed, id)).toBeLessThan(0.36);
        expect(trial.part(seed, id, "breaker").failures.open).toBeGreaterThan(3_000);
      }
    });

    it("has nothing against it in an ordinary hour, and charges nobody twice anywhere", () => {
      expectDelivered(trial.metrics(seed, "baseline"));
      expectDelivered(trial.metrics(seed, "payment-slow"));
      expectHeld(trial, seed, gated, ["baseline", "payment-slow"]);
      expectHeld(trial, seed, ["no-double-charge", "no-duplicate-order", "nothing-stuck"]);
    });
  });
});

describe("chini-002, wrong/no-breaker.json", () => {
  const trial = new Trial("wrong/no-breaker");

  describe.each(seeds)("seed %i", (seed) => {
    it("burns its three deliveries in the fail-fast outage: a sixth of the intents is lost, 3.6 calls per intent", () => {
      const { amplification, dropRate, dropped, offered, pending } = trial.metrics(seed, "payment-outage:failfast");
      expect(dropRate).toBeGreaterThan(0.13);
      expect(dropRate).toBeLessThan(0.22);
      expect(pending).toBe(0);
      expect(amplification!).toBeGreaterThan(3.2);
      expect(amplification!).toBeLessThan(4);
      // 12 calls for each lost one; 45 deliveries a second of 4 calls each in the whole minute at most.
      const wasted = amplification! * offered - offered;
      expect(wasted).toBeGreaterThan(12 * dropped);
      expect(wasted).toBeLessThan(1.02 * 45 * 60 * 4);
      const { unavailable, timeout, error } = trial.part(seed, "payment-outage:failfast", "payment-queue").failures;
      expect(unavailable + timeout + error).toBe(dropped);
      expect(unavailable).toBeGreaterThanOrEqual(dropped - 5);
    });

    it("does not show it in the blackhole, where each delivery takes its timeouts", () => {
      const metrics = trial.metrics(seed, "payment-outage:blackhole");
      expectDelivered(metrics);
      expect(metrics.amplification!).toBeLessThan(1.3);
      expect(metrics.recoveryMs!).toBeLessThanOrEqual(90_000);
    });

    it("passes everywhere else, and charges nobody twice anywhere", () => {
      for (const id of ["baseline", "flash-sale", "payment-slow"] as const) expectDelivered(trial.metrics(seed, id));
      expectHeld(trial, seed, gated, ["baseline", "flash-sale", "payment-slow", "payment-outage:blackhole"]);
      expectHeld(trial, seed, ["no-double-charge", "no-duplicate-order", "nothing-stuck"]);
    });

    it("has a breaker that never opens: it does not stand before the provider", () => {
      expect(trial.part(seed, "payment-outage:failfast", "ledger-breaker").opens).toBe(0);
    });
  });
});
