import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Backoff, type Jitter } from "../../src/components/backoff.js";
import { constant as always } from "../../src/sim/draws.js";
import { RandomStreams } from "../../src/sim/random.js";

const bounds = (backoff: Backoff, retries: number) =>
  Array.from({ length: retries }, (_, i) => backoff.waitMs(i + 1, 0, always(0.5)));

describe("Backoff", () => {
  it("without jitter waits backoffMs · factor^(n−1), at most maxBackoffMs", () => {
    expect(bounds(new Backoff(200, 2, 30_000, "none", 9), 9)).toEqual([
      200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000,
    ]);
    expect(bounds(new Backoff(100, 3, 1_000, "none", 5), 5)).toEqual([100, 300, 900, 1_000, 1_000]);
  });

  it("stays at its first wait with a factor of 1, and at the bound where that is lower", () => {
    expect(bounds(new Backoff(70, 1, 30_000, "none", 4), 4)).toEqual([70, 70, 70, 70]);
    expect(bounds(new Backoff(500, 2, 100, "none", 3), 3)).toEqual([100, 100, 100]);
  });

  it("waits nothing when it is told to", () => {
    expect(bounds(new Backoff(0, 2, 30_000, "full", 3), 3)).toEqual([0, 0, 0]);
  });

  it("keeps its bound for a thousand retries", () => {
    expect(new Backoff(200, 2, 30_000, "none", 999).waitMs(999, 0, always(0))).toBe(30_000);
  });

  it.each([
    ["full", 0, 800],
    ["half", 400, 800],
  ] as [Jitter, number, number][])(
    "%s jitter draws evenly between %s and %s at the third retry",
    (jitter, low, high) => {
      const backoff = new Backoff(200, 2, 30_000, jitter, 5);
      expect(backoff.waitMs(3, 0, always(0))).toBe(low);
      const stream = new RandomStreams(1, "backoff").stream(jitter);
      const waits = Array.from({ length: 20_000 }, () => backoff.waitMs(3, 0, stream));
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...waits)).toBeLessThan(high);
      const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
      expect(Math.abs(mean / ((low + high) / 2) - 1)).toBeLessThan(0.02);
      expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(0.99 * (high - low));
    },
  );

  it("decorrelated jitter draws from backoffMs to three times the last wait, at most maxBackoffMs", () => {
    const backoff = new Backoff(100, 2, 1_000, "decorrelated", 9);
    // The first retry has no wait before it: it waits backoffMs.
    expect(backoff.waitMs(1, 0, always(0.999))).toBe(100);
    expect([0, 0.5, 0.999_999].map((u) => Math.round(backoff.waitMs(2, 200, always(u))))).toEqual([100, 350, 600]);
    expect(backoff.waitMs(3, 900, always(0.9))).toBe(1_000);
    // The number of the retry has no part in it.
    expect(backoff.waitMs(7, 200, always(0.5))).toBe(backoff.waitMs(2, 200, always(0.5)));
  });

  it("never passes maxBackoffMs and never goes below zero, whatever the parameters", () => {
    const parameters = fc.record({
      backoffMs: fc.double({ min: 0, max: 1e5, noNaN: true }),
      factor: fc.double({ min: 1, max: 100, noNaN: true }),
      maxBackoffMs: fc.double({ min: 0, max: 1e5, noNaN: true }),
      jitter: fc.constantFrom<Jitter>("none", "half", "full", "decorrelated"),
      retry: fc.integer({ min: 1, max: 50 }),
      lastMs: fc.double({ min: 0, max: 1e5, noNaN: true }),
      uniform: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(parameters, ({ backoffMs, factor, maxBackoffMs, jitter, retry, lastMs, uniform }) => {
        const wait = new Backoff(backoffMs, factor, maxBackoffMs, jitter, 50).waitMs(retry, lastMs, always(uniform));
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(maxBackoffMs);
      }),
      { seed: 6 },
    );
  });
});
