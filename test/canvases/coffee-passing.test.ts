import { describe, expect, it } from "vitest";
import { seeds } from "./checkout.js";
import { modelOf, Trial } from "./trial.js";

describe.each(["reference", "plain"])("coffee-please, %s.json", (name) => {
  const model = modelOf("coffee-please", name);

  it("plays every role with at most 12 components, and says how it was read", () => {
    expect(model.unbound).toEqual([]);
    expect(model.findings).toEqual([]);
    expect(model.components).toHaveLength(12);
    const inferred = model.assumptions.filter(({ field }) => !/^(behavior|service)/.test(field));
    expect(inferred.map(({ component, field, value }) => `${component} ${field} ${value}`)).toEqual(
      name === "reference"
        ? []
        : [
            "reconciler role reconciler",
            "psp role payment-provider",
            "orders role order-store",
            "orders idempotency.key request",
            "outbox role outbox",
            "status-view role read-model",
            "loyalty role consumer",
            "kitchen role consumer",
            "orders connection orders→outbox: on change",
            "psp idempotency.key item",
            "loyalty idempotency.key event",
            "kitchen idempotency.key event",
          ],
    );
  });

  it.each(seeds)("passes on seed %i", (seed) => {
    const trial = new Trial(model, seed);
    expect(trial.failures).toEqual([]);
    expect(trial.result.verdict).toBe("pass");
    expect(trial.ids).toEqual(["rush", "rush-brownout", "rush-projector"]);
    for (const { id } of trial.result.invariants) expect(trial.exposure(id)).toBeGreaterThanOrEqual(30);

    for (const id of trial.ids) {
      const { offered, accepted, acceptMs } = trial.metrics(id);
      // ∫λ dt = 300 + 750 + 7,200 + 600.
      expect(Math.abs(offered - 8850)).toBeLessThan(4 * Math.sqrt(8850));
      expect(accepted).toBe(offered);
      expect(acceptMs.p95!).toBeLessThan(24);
      // A relay repeats 2 % of the events at each of the two consumers, which know them.
      const repeated = trial.part(id, "loyalty").arrivals - trial.metrics(id).delivered;
      if (id === "rush") expect(Math.abs(repeated - 0.02 * offered)).toBeLessThan(4 * Math.sqrt(0.02 * offered));
    }
    expect(trial.metrics("rush").confirmMs.p95!).toBeGreaterThan(780);
    expect(trial.metrics("rush").confirmMs.p95!).toBeLessThan(900);
    // At most one interval of the polls, 2 s ± 20 %, and the way of the event.
    expect(trial.metrics("rush").statusMs.p95!).toBeLessThan(2_500);
    const { backlogMax, confirmMs } = trial.metrics("rush-brownout");
    // The provider serves 40/s · 0.5 ÷ 6 of the 20/s, less what fails: (20 − 3.3) · 120 s = 2,000 and more.
    expect(backlogMax).toBeGreaterThan(2_000);
    expect(backlogMax).toBeLessThan(2_700);
    expect(confirmMs.p95!).toBeGreaterThan(85_000);
    expect(confirmMs.p95!).toBeLessThan(125_000);
    expect(trial.metrics("rush-projector").readCaughtUpMs!).toBeLessThanOrEqual(20_000);
    expect(trial.metrics("rush-projector").readLagMs.p95!).toBeGreaterThan(8_000);
  });
});
