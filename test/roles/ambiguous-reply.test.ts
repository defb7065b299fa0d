import { describe, expect, it } from "vitest";
import { buyer, measure, part, psp, violations, worker } from "./world.js";

/**
 * Closed form of the ambiguous reply without dedupe (design, oracles): a lost before the effect, b after it,
 * s = (1−a)(1−b), q = 1−s, three attempts.
 */
const a = 0.05;
const b = 0.05;
const attempts = 3;
const q = 1 - (1 - a) * (1 - b);

/** Quantile of the normal distribution for a 99.9 % interval. */
const z = 3.2905;

const measurement = measure({
  components: [buyer, worker({ maxAttempts: attempts, timeoutMs: 20, backoffMs: 1 }), psp("attempt")],
  provider: { ratePerS: 20_000, timeMs: 1, unavailableRate: a, replyLossRate: b },
  workload: { arrivals: "poisson", ratePerS: 2000, durationMs: 50_000 },
});
const { offered, delivered } = measurement.metrics;
const provider = part(measurement, "psp");

function expectShare(count: number, share: number): void {
  expect(Math.abs(count / offered - share)).toBeLessThan(z * Math.sqrt((share * (1 - share)) / offered));
}

describe("an ambiguous reply without dedupe, about 100,000 intents", () => {
  it("meets no queue: the provider has room for all", () => {
    expect(Math.abs(offered - 100_000)).toBeLessThan(4 * Math.sqrt(100_000));
    expect(provider.failures.full).toBe(0);
    expect(provider.queueLength.max).toBe(0);
  });

  it("takes (1−qⁿ)/(1−q) attempts per intent", () => {
    const expected = (1 - q ** attempts) / (1 - q);
    // Attempts are 1, 2 or 3 with chances 1−q, q(1−q), q².
    const square = 1 - q + 4 * q * (1 - q) + 9 * q * q;
    const spread = z * Math.sqrt((square - expected * expected) / offered);
    expect(Math.abs(provider.arrivals / offered - expected)).toBeLessThan(spread);
  });

  it("charges 1.051656 times per order: (1−a)(1−qⁿ)/s", () => {
    const expected = ((1 - a) * (1 - q ** attempts)) / (1 - q);
    expect(expected).toBeCloseTo(1.051656, 6);
    // Every arrival that is not a 503 charges, whether its reply comes or not.
    const charges = provider.arrivals - provider.failures.unavailable;
    // Variance of charges per order, by the chances of 0 to 3 charges.
    const lost = (1 - a) * b;
    const ok = (1 - a) * (1 - b);
    const chance = [a ** 3, ok * (1 + a + a * a) + 3 * lost * a * a, 0, 0];
    chance[3] = lost * lost * (1 - a);
    chance[2] = 1 - chance[0]! - chance[1]! - chance[3];
    const mean = chance.reduce((sum, p, count) => sum + p * count, 0);
    const variance = chance.reduce((sum, p, count) => sum + p * (count - mean) ** 2, 0);
    expect(mean).toBeCloseTo(expected, 9);
    expect(Math.abs(charges / offered - expected)).toBeLessThan(z * Math.sqrt(variance / offered));
  });

  it("charges 4.96375 % of the intents more than once", () => {
    expectShare(violations(measurement, "no-double-charge"), 0.0496375);
  });

  it("charges 0.0801859 % and tells them that it failed: qⁿ − aⁿ", () => {
    expect(q ** attempts - a ** attempts).toBeCloseTo(0.000801859, 9);
    expectShare(violations(measurement, "no-lost-charge"), q ** attempts - a ** attempts);
  });

  it("tells ok to 1 − qⁿ of the intents", () => {
    expectShare(delivered, 1 - q ** attempts);
  });

  it("with the item's key charges nobody twice", () => {
    const keyed = measure({
      components: [buyer, worker({ maxAttempts: attempts, timeoutMs: 100, backoffMs: 1 }), psp("item")],
      provider: { ratePerS: 20_000, timeMs: 1, unavailableRate: a, replyLossRate: b },
      workload: { arrivals: "poisson", ratePerS: 2000, durationMs: 10_000 },
    });
    const exposure = keyed.invariants.find(({ id }) => id === "no-double-charge")!.exposure;
    expect(violations(keyed, "no-double-charge")).toBe(0);
    expect(exposure).toBeGreaterThan(0.04 * keyed.metrics.offered);
  });
});
