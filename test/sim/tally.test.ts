import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Tally } from "../../src/sim/tally.js";

const shares = [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

function record(tally: Tally, value: number): void {
  tally.value = value;
  tally.record();
}

function tallyOf(values: readonly number[]): Tally {
  const tally = new Tally();
  for (const value of values) record(tally, value);
  return tally;
}

/** The value of rank ⌈p·n⌉, from a full sort. */
function exactQuantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(p * sorted.length)) - 1]!;
}

function expectQuantiles(values: readonly number[]): void {
  const tally = tallyOf(values);
  for (const p of shares) {
    const exact = exactQuantile(values, p);
    const error = Math.abs(tally.quantile(p)! - exact);
    if (exact === 0) expect(error).toBe(0);
    else expect(error / exact).toBeLessThanOrEqual(1 / 512);
  }
}

describe("Tally", () => {
  it("has no mean and no quantile of nothing", () => {
    const tally = new Tally();
    expect([tally.mean(), tally.quantile(0.5), tally.count, tally.max]).toEqual([null, null, 0, 0]);
  });

  it("has exact count, mean, sum and maximum", () => {
    const tally = tallyOf([1, 2.5, 0, 96.5]);
    expect([tally.count, tally.sum, tally.mean(), tally.max]).toEqual([4, 100, 25, 96.5]);
  });

  it("counts zeros as zeros", () => {
    const tally = tallyOf([0, 0, 0, 8]);
    expect([0.25, 0.5, 0.75].map((p) => tally.quantile(p))).toEqual([0, 0, 0]);
    expect(tally.quantile(0.76)).toBeCloseTo(8, 1);
    expect(tally.mean()).toBe(2);
  });

  it("never passes its maximum, so that the last quantile of one value is that value", () => {
    for (const value of [0.001, 1, 7, 1023.999, 5e9]) expect(tallyOf([value]).quantile(1)).toBeLessThanOrEqual(value);
    expect(tallyOf([1]).quantile(1)).toBe(1);
  });

  it("counts values by bin, what lies outside in the first or the last", () => {
    const tally = tallyOf([0, 0.5, 1, 1.9, 2, 7, 9, 1000]);
    expect(tally.countsWithin([1, 2, 4, 8])).toEqual([4, 1, 3]);
    expect(tallyOf([]).countsWithin([0, 1])).toEqual([0]);
  });

  it("forgets everything on reset", () => {
    const tally = tallyOf([0, 5, 10]);
    tally.reset();
    expect([tally.count, tally.sum, tally.max, tally.mean(), tally.quantile(0.5)]).toEqual([0, 0, 0, null, null]);
    record(tally, 3);
    expect([tally.count, tally.mean(), tally.max]).toEqual([1, 3, 3]);
    expect(Math.abs(tally.quantile(0.5)! - 3) / 3).toBeLessThanOrEqual(1 / 512);
  });

  it("keeps its accuracy at powers of two and just beside them", () => {
    for (let exponent = -19; exponent <= 43; exponent++) {
      const power = 2 ** exponent;
      for (const value of [power, power * (1 + 2 ** -52), power * (1 - 2 ** -53)]) expectQuantiles([value]);
    }
  });

  it.each([
    ["values between 1 ns and a year", fc.double({ min: 1e-6, max: 3e10, noNaN: true })],
    ["small whole numbers with zeros", fc.integer({ min: 0, max: 20 })],
    ["an exponential's", fc.double({ min: 1e-9, max: 1, noNaN: true }).map((u) => 1e-3 - 100 * Math.log(u))],
    ["a heavy tail's", fc.double({ min: 1e-6, max: 1, noNaN: true }).map((u) => 5 * u ** -2)],
    ["values in a narrow band", fc.double({ min: 999, max: 1001, noNaN: true })],
  ])("has quantiles within 0.2 %% of a full sort: %s", (_, value) => {
    fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), expectQuantiles), {
      numRuns: 60,
      seed: 3,
    });
  });
});
