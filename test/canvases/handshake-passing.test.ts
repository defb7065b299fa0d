import { describe, expect, it } from "vitest";
import { errorCurve } from "../../src/sim/station.js";
import { seeds } from "./checkout.js";
import { modelOf, Trial } from "./trial.js";

const downs = ["gateway-down:blackhole", "gateway-down:failfast"] as const;
/** Three components err 0.08 % each before a payment is accepted. */
const compound = 1 - 0.9992 ** 3;

describe.each(["reference", "plain"])("payment-handshake, %s.json", (name) => {
  const model = modelOf("payment-handshake", name);

  it("plays every role, and says how it was read", () => {
    expect(model.unbound).toEqual([]);
    // Nobody can look at the plain one: a note, and no fault.
    expect(model.findings.map(({ code }) => code)).toEqual(name === "reference" ? [] : ["no-poll-connection"]);
    const inferred = model.assumptions.filter(({ field }) => !/^(behavior|service)/.test(field));
    expect(inferred.map(({ component, field, value }) => `${component} ${field} ${value}`)).toEqual(
      name === "reference"
        ? []
        : [
            "status-view connection status-view→merchant response arrow",
            "gateway role payment-provider",
            "payments role order-store",
            "payments idempotency.key request",
            "gateway idempotency.key item",
          ],
    );
  });

  it("has three components that err before the queue, and none behind it", () => {
    const erring = model.components.filter(({ errorRate }) => errorRate > 0);
    expect(erring.map(({ id, errorRate }) => [id, errorRate])).toEqual([
      ["gateway-api", 0.0008],
      ["payments", 0.0008],
      ["settle-queue", 0.0008],
    ]);
  });

  it.each(seeds)("passes on seed %i by the closed forms", (seed) => {
    const trial = new Trial(model, seed);
    expect(trial.failures).toEqual([]);
    expect(trial.result.verdict).toBe("pass");
    expect(trial.ids).toEqual(["steady", "payday", "payday-brownout", ...downs]);
    for (const { id } of trial.result.invariants) expect(trial.exposure(id)).toBeGreaterThanOrEqual(50);

    for (const id of trial.ids) {
      const { acceptErrorRate, compoundErrorRate, acceptMs, offered, accepted, delivered, undelivered } =
        trial.metrics(id);
      expect(compoundErrorRate).toBeCloseTo(compound, 12);
      const spread = Math.sqrt((compound * (1 - compound)) / offered);
      expect(Math.abs(acceptErrorRate - compound)).toBeLessThan(4 * spread);
      expect([undelivered, delivered]).toEqual([0, accepted]);
      expect(Math.abs(acceptMs.p95! - 21)).toBeLessThan(3);
    }

    // Released at 75/s to a gateway of 100/s: below 80 %, where only its 0.05 % errs.
    expect(errorCurve(75 / 100)).toBe(0);
    for (const id of ["steady", "payday"]) {
      expect(trial.metrics(id).providerErrorRate!).toBeGreaterThan(0);
      expect(trial.metrics(id).providerErrorRate!).toBeLessThan(0.0012);
      if (name === "reference") expect(trial.part(id, "breaker").opens).toBe(0);
    }

    // (100 − 75)/s · 180 s = 4,500 wait, the last of them 60 s, and (75 − 40)/s drain them in about 124 s.
    const payday = trial.metrics("payday");
    expect(Math.abs(payday.backlogMax - 4500)).toBeLessThan(450);
    expect(Math.abs(payday.confirmMs.p95! - 57_000)).toBeLessThan(6_000);
    expect(Math.abs(payday.drainMs! - 124_000)).toBeLessThan(15_000);

    // 12 slots of 1.5 · 224 ms serve 36/s, and the workers' slots wait for it: 25 · 120 + (100 - 36) · 60 = 6,860.
    const brownout = trial.metrics("payday-brownout");
    expect(Math.abs(brownout.backlogMax - 6860)).toBeLessThan(500);
    expect(brownout.confirmMs.p95!).toBeGreaterThan(80_000);
    expect(brownout.confirmMs.p95!).toBeLessThan(98_000);

    // 40/s · 120 s = 4,800 come while the gateway is down.
    for (const id of downs) {
      const { backlogMax, confirmMs, amplification } = trial.metrics(id);
      expect(Math.abs(backlogMax - 4800)).toBeLessThan(400);
      expect(Math.abs(confirmMs.p95! - 111_000)).toBeLessThan(6_000);
      expect(amplification!).toBeLessThan(1.03);
    }
  });
});
