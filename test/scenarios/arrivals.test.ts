import { describe, expect, it } from "vitest";
import { ArrivalRate, constantArrivals, meanArrivalRatePerS, poissonArrivals } from "../../src/scenarios/arrivals.js";
import type { Draws } from "../../src/sim/draws.js";
import { RandomStreams } from "../../src/sim/random.js";

function timesOf(arrivals: Draws): readonly number[] {
  const times: number[] = [];
  for (let time = arrivals.next(); time !== Number.POSITIVE_INFINITY; time = arrivals.next()) times.push(time);
  return times;
}

const poisson = (rate: ArrivalRate, seed = 1): readonly number[] =>
  timesOf(poissonArrivals(rate, new RandomStreams(seed, "test").stream("arrivals")));

const within = (times: readonly number[], fromMs: number, toMs: number): number =>
  times.filter((time) => time >= fromMs && time < toMs).length;

/** A Poisson count lies within 4 σ of its mean. */
function expectCount(count: number, mean: number): void {
  expect(Math.abs(count - mean)).toBeLessThan(4 * Math.sqrt(mean));
}

describe("Poisson arrivals", () => {
  it("come at the rate, and their gaps are exponential: the variance is the mean squared", () => {
    const times = poisson(new ArrivalRate({ ratePerS: 50 }, 400_000, undefined));
    expectCount(times.length, 20_000);
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
    const mean = gaps.reduce((total, gap) => total + gap, 0) / gaps.length;
    const variance = gaps.reduce((total, gap) => total + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.abs(mean - 20)).toBeLessThan((4 * 20) / Math.sqrt(gaps.length));
    // The variance of the sample variance of an exponential is 8 μ⁴ / n.
    expect(Math.abs(variance - 400)).toBeLessThan(4 * 400 * Math.sqrt(8 / gaps.length));
  });

  it("have counts in windows whose variance is their mean", () => {
    const times = poisson(new ArrivalRate({ ratePerS: 20 }, 1_000_000, undefined), 2);
    const counts = Array.from({ length: 1000 }, () => 0);
    for (const time of times) counts[Math.floor(time / 1000)]!++;
    const mean = times.length / 1000;
    const dispersion = counts.reduce((total, count) => total + (count - mean) ** 2, 0) / (999 * mean);
    // χ²/n with 999 degrees of freedom: mean 1, deviation √(2/999).
    expect(Math.abs(dispersion - 1)).toBeLessThan(4 * Math.sqrt(2 / 999));
  });

  it("are thinned to a spike: its rate within the window only", () => {
    const window = { startMs: 30_000, endMs: 150_000, multiplier: 5, outside: 1 as const };
    const times = poisson(new ArrivalRate({ ratePerS: 20 }, 180_000, window));
    expectCount(within(times, 0, 30_000), 600);
    expectCount(within(times, 30_000, 150_000), 12_000);
    expectCount(within(times, 150_000, 180_000), 600);
  });

  it("follow a lull too", () => {
    const window = { startMs: 50_000, endMs: 100_000, multiplier: 0.1, outside: 1 as const };
    const times = poisson(new ArrivalRate({ ratePerS: 100 }, 150_000, window));
    expectCount(within(times, 0, 50_000), 5000);
    expectCount(within(times, 50_000, 100_000), 500);
    expectCount(within(times, 100_000, 150_000), 5000);
  });

  it("follow a profile: ramps in between its points, steps at points of one time", () => {
    const profile = [
      { atMs: 0, ratePerS: 50 },
      { atMs: 100_000, ratePerS: 50 },
      { atMs: 200_000, ratePerS: 150 },
      { atMs: 300_000, ratePerS: 150 },
      { atMs: 300_000, ratePerS: 10 },
    ];
    const times = poisson(new ArrivalRate({ profile }, 400_000, undefined));
    expectCount(within(times, 0, 100_000), 5000);
    expectCount(within(times, 100_000, 150_000), 50 * 75);
    expectCount(within(times, 150_000, 200_000), 50 * 125);
    expectCount(within(times, 200_000, 300_000), 15_000);
    expectCount(within(times, 300_000, 400_000), 1000);
  });

  it("multiply a profile in a window", () => {
    const profile = [
      { atMs: 0, ratePerS: 10 },
      { atMs: 100_000, ratePerS: 30 },
    ];
    const window = { startMs: 0, endMs: 50_000, multiplier: 4, outside: 1 as const };
    const times = poisson(new ArrivalRate({ profile }, 100_000, window));
    expectCount(within(times, 0, 50_000), 4 * 15 * 50);
    expectCount(within(times, 50_000, 100_000), 25 * 50);
  });

  it("never come while the rate is 0, though the one before came while it was not", () => {
    const pulses = 200;
    const profile = Array.from({ length: pulses }, (_, pulse) => [
      { atMs: 2000 * pulse, ratePerS: 5 },
      { atMs: 2000 * pulse + 1000, ratePerS: 5 },
      { atMs: 2000 * pulse + 1000, ratePerS: 0 },
      { atMs: 2000 * (pulse + 1), ratePerS: 0 },
    ]).flat();
    const times = poisson(new ArrivalRate({ profile }, 2000 * pulses, undefined));
    expect(times.filter((time) => time % 2000 >= 1000)).toEqual([]);
    expectCount(times.length, 5 * pulses);
  });

  it("end with the arrivals, and are none at rate 0", () => {
    const times = poisson(new ArrivalRate({ ratePerS: 100 }, 1000, undefined));
    expect(Math.max(...times)).toBeLessThan(1000);
    expect(poisson(new ArrivalRate({ profile: [{ atMs: 0, ratePerS: 0 }] }, 1000, undefined))).toEqual([]);
  });
});

describe("constant arrivals", () => {
  it("are 1/rate apart, the first after one spacing", () => {
    const times = timesOf(constantArrivals(new ArrivalRate({ ratePerS: 4 }, 1500, undefined)));
    expect(times).toEqual([250, 500, 750, 1000, 1250]);
  });

  it("are closer within a spike", () => {
    const window = { startMs: 1000, endMs: 2000, multiplier: 5, outside: 1 as const };
    const times = timesOf(constantArrivals(new ArrivalRate({ ratePerS: 2 }, 3000, window)));
    expect(times).toEqual([500, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800, 1900, 2000, 2500]);
  });

  it("wait out a stretch without any", () => {
    const profile = [
      { atMs: 0, ratePerS: 0 },
      { atMs: 5000, ratePerS: 0 },
      { atMs: 5000, ratePerS: 10 },
    ];
    const times = timesOf(constantArrivals(new ArrivalRate({ profile }, 6000, undefined)));
    expect(times[0]).toBeCloseTo(5100, 6);
    expect(times).toHaveLength(9);
    expect(
      timesOf(constantArrivals(new ArrivalRate({ profile: [{ atMs: 0, ratePerS: 0 }] }, 6000, undefined))),
    ).toEqual([]);
  });
});

describe("the rate over time", () => {
  it("is linear between points, constant before the first and after the last, and peaks where it peaks", () => {
    const profile = [
      { atMs: 1000, ratePerS: 10 },
      { atMs: 2000, ratePerS: 30 },
      { atMs: 3000, ratePerS: 20 },
    ];
    const rate = new ArrivalRate({ profile }, 9000, { startMs: 4000, endMs: 5000, multiplier: 3, outside: 1 as const });
    expect([0, 1000, 1250, 2000, 2500, 3999, 4000, 4999, 5000].map((time) => rate.at(time))).toEqual([
      10, 10, 15, 30, 25, 20, 60, 60, 20,
    ]);
    expect(rate.peakPerS).toBe(90);
  });
});

describe("the mean arrival rate that a scenario plans", () => {
  const durationMs = 420_000;
  const rush = { startMs: 120_000, endMs: 300_000, multiplier: 2.5, outside: 1 } as const;

  it("is (40 · 240 + 100 · 180) ÷ 420 a second with a rush of 100/s for 180 of 420 s", () => {
    const expected = (40 * 240 + 100 * 180) / 420;
    expect(meanArrivalRatePerS({ ratePerS: 40, durationMs }, rush)).toBeCloseTo(expected, 9);
    const steps = [
      { atMs: 0, ratePerS: 40 },
      { atMs: 120_000, ratePerS: 40 },
      { atMs: 120_000, ratePerS: 100 },
      { atMs: 300_000, ratePerS: 100 },
      { atMs: 300_000, ratePerS: 40 },
    ];
    expect(meanArrivalRatePerS({ profile: steps, durationMs }, undefined)).toBeCloseTo(expected, 9);
  });

  it("is the rate itself without a window, and half of the peak on a ramp from nothing", () => {
    expect(meanArrivalRatePerS({ ratePerS: 40, durationMs }, undefined)).toBe(40);
    const ramp = [
      { atMs: 0, ratePerS: 0 },
      { atMs: durationMs, ratePerS: 80 },
    ];
    expect(meanArrivalRatePerS({ profile: ramp, durationMs }, undefined)).toBeCloseTo(40, 9);
  });

  it("ends with the arrivals, and counts none outside of a window that alone has some", () => {
    expect(meanArrivalRatePerS({ ratePerS: 40, durationMs }, { ...rush, endMs: 900_000 })).toBeCloseTo(
      (40 * 120 + 100 * 300) / 420,
      9,
    );
    expect(meanArrivalRatePerS({ ratePerS: 40, durationMs }, { ...rush, outside: 0 })).toBeCloseTo(18_000 / 420, 9);
  });
});
