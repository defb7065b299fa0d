import { describe, expect, it } from "vitest";
import { expectDelivered, expectHeld, gated, scenarioIds, seeds, Trial } from "./checkout.js";

const outages = ["payment-outage:blackhole", "payment-outage:failfast"] as const;

describe.each(["reference", "plain"])("chini-002, %s.json", (name) => {
  const trial = new Trial(name);

  it("plays every role with at most 12 components, and says how it was read", () => {
    expect(trial.model.unbound).toEqual([]);
    expect(trial.model.components).toHaveLength(9);
    expect(trial.model.findings).toEqual([]);
    const inferred = trial.model.assumptions.filter(({ field }) => !/^(behavior|service)/.test(field));
    if (name === "reference") expect(inferred).toEqual([]);
    else {
      expect(inferred.map(({ component, field, value }) => `${component} ${field} ${value}`)).toEqual([
        "status-view connection status-view→shopper response arrow",
        "psp role payment-provider",
        "orders role order-store",
        "orders idempotency.key request",
        "psp idempotency.key item",
      ]);
    }
  });

  describe.each(seeds)("seed %i", (seed) => {
    it("breaks no invariant in any scenario, and meets the hazards of each at least 10 times", () => {
      expect(trial.all(seed).map(({ id }) => id)).toEqual(scenarioIds);
      expectHeld(trial, seed, gated);
      for (const id of scenarioIds) {
        for (const { exposure } of trial.at(seed, id).invariants) expect(exposure).toBeGreaterThanOrEqual(10);
      }
    });

    it("delivers everything, whole and untruncated", () => {
      for (const id of scenarioIds) {
        expectDelivered(trial.metrics(seed, id));
        expect(trial.at(seed, id)).toMatchObject({ truncated: false, impossible: null });
        expect(trial.metrics(seed, id).errors).toBe(0);
      }
    });

    it("accepts in about 21 ms in every scenario", () => {
      for (const id of scenarioIds) {
        const { p95 } = trial.metrics(seed, id).acceptMs;
        expect(p95!).toBeGreaterThan(18);
        expect(p95!).toBeLessThan(24);
      }
    });

    it("confirms in 0.55 s, in the slow provider's 2.05 s, and after the sale's and the outage's queue", () => {
      const p95 = (id: (typeof scenarioIds)[number]): number => trial.metrics(seed, id).confirmMs.p95!;
      expect(Math.abs(p95("baseline") - 550)).toBeLessThan(55);
      expect(Math.abs(p95("payment-slow") - 2050)).toBeLessThan(100);
      expect(Math.abs(p95("flash-sale") - 143_000)).toBeLessThan(14_300);
      for (const id of outages) {
        expect(p95(id)).toBeGreaterThan(50_000);
        expect(p95(id)).toBeLessThan(62_000);
      }
    });

    it("queues (100 − 45) · 120 = 6,600 in the sale and drains them in 30 + (6,600 − 750) ÷ 45 = 160 s", () => {
      const { backlogMax, drainMs, recoveryMs, amplification } = trial.metrics(seed, "flash-sale");
      expect(Math.abs(backlogMax - 6600)).toBeLessThan(660);
      expect(Math.abs(drainMs! - 160_000)).toBeLessThan(24_000);
      expect(Math.abs(recoveryMs! - drainMs!)).toBeLessThanOrEqual(10_000);
      expect(amplification!).toBeLessThan(1.02);
      // The queue is what holds the provider at its 45/s: it never says full.
      expect(trial.part(seed, "flash-sale", "psp").failures.full).toBe(0);
    });

    it("is back within 90 s of the outage with at most 1.3 provider calls per intent", () => {
      for (const id of outages) {
        const { amplification, backlogMax, recoveryMs, recoveryCensored } = trial.metrics(seed, id);
        // λ · 60 s = 1,200 come in; (1,200 − 20) ÷ (45 − 20)/s = 47 s.
        expect(Math.abs(backlogMax - 1230)).toBeLessThan(123);
        expect(recoveryMs!).toBeGreaterThan(40_000);
        expect(recoveryMs!).toBeLessThan(65_000);
        expect(recoveryCensored).toBe(false);
        expect(amplification!).toBeGreaterThan(1.01);
        expect(amplification!).toBeLessThan(1.05);
        expect(trial.part(seed, id, "breaker").opens!).toBeGreaterThanOrEqual(5);
      }
    });

    it("opens no breaker where the provider is not down", () => {
      for (const id of ["baseline", "flash-sale", "payment-slow"] as const) {
        expect(trial.part(seed, id, "breaker").opens).toBe(0);
      }
    });
  });
});
