import { describe, expect, it } from "vitest";
import { expectCount, seeds } from "./checkout.js";
import { modelOf, Trial } from "./trial.js";

const model = modelOf("exactly-once-charging", "reference");
/** The provider's p95: its median · e^(σ · 1.645). */
const providerP95Ms = 1750 * Math.exp(0.3 * 1.645);

describe("exactly-once-charging, reference.json, its provider up", () => {
  it("plays every role with 12 components, and states them all", () => {
    expect([model.unbound, model.findings]).toEqual([[], []]);
    expect(model.canvas.components).toHaveLength(12);
    expect(model.assumptions.filter(({ field }) => !/^(behavior|service)/.test(field))).toEqual([]);
  });

  it.each(seeds)("passes on seed %i by the closed forms", (seed) => {
    const trial = new Trial(model, seed, ["peak", "buggy-client", "webhook-chaos"]);
    expect(trial.failures).toEqual([]);
    expect(trial.result.verdict).toBe("pass");
    for (const { id } of trial.result.invariants) expect(trial.exposure(id)).toBeGreaterThanOrEqual(100);

    for (const id of trial.ids) {
      const { offered, accepted, delivered, declined, acceptMs, confirmMs, unknownMs } = trial.metrics(id);
      expect([accepted, delivered + declined]).toEqual([offered, offered]);
      expectCount(declined, offered, 0.03);
      expect(Math.abs(acceptMs.p95! - 21)).toBeLessThan(3);
      // The provider, and 30 to 100 ms on the way to it and for the queue's release.
      expect(confirmMs.p95! - providerP95Ms).toBeGreaterThan(20);
      expect(confirmMs.p95! - providerP95Ms).toBeLessThan(120);
      // One attempt in 200 goes without an answer for a while: 6 s at most, or the worker has asked by then.
      expect(unknownMs.count).toBeGreaterThan(0);
      expect(unknownMs.p95!).toBeLessThan(8_000);
    }

    const { offered, freshKeys } = trial.metrics("buggy-client");
    // 5 % make a new key for every request, 5 % click twice: the order's key recognises the second.
    expectCount(freshKeys, offered, 0.05 * 0.05);
    expect(trial.metrics("peak").freshKeys).toBe(0);
  });

  it.each(seeds.slice(0, 3))("gets the provider's events as often as they come, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak", "webhook-chaos"]);
    // Pending and its end of each charge, 15 % of them twice; an error without effect had its pending, too.
    const peak = trial.metrics("peak").offered;
    const events = 2 * peak + 0.0005 * peak;
    expect(Math.abs(trial.part("peak", "webhook-receiver").arrivals - 1.15 * events)).toBeLessThan(
      4 * Math.sqrt(events * 0.15 * 0.85 + 0.0005 * peak),
    );
    // 300 s without a receiver: what comes, 30 % of it twice, is sent again every 60 s, 3 times in the mean.
    const { offered } = trial.metrics("webhook-chaos");
    const refused = trial.part("webhook-chaos", "webhook-receiver").failures.unavailable;
    expect(refused / ((offered / 450) * 300 * 2 * 1.3 * 3)).toBeCloseTo(1, 1);
    expect(trial.violations("webhook-chaos", "no-regression")).toBe(0);
  });
});
