import { describe, expect, it } from "vitest";
import type { TimeSpec } from "../../src/canvas/canvas.js";
import { constant as always, Draws } from "../../src/sim/draws.js";
import { standardNormal } from "../../src/sim/normal.js";
import { RandomStreams } from "../../src/sim/random.js";
import { meanOf, serviceTimes } from "../../src/sim/service-times.js";

const draws = 200_000;

interface Sample {
  readonly mean: number;
  readonly cv2: number;
  quantile(p: number): number;
}

function sampleOf(time: TimeSpec): Sample {
  const times = serviceTimes(time, new RandomStreams(1, "sampler").stream(JSON.stringify(time)));
  const values = Float64Array.from({ length: draws }, () => times.next()).sort();
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws;
  return { mean, cv2: variance / (mean * mean), quantile: (p) => values[Math.ceil(p * draws) - 1]! };
}

function expectNear(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(relative);
}

/** Inverts a distribution function by bisection. */
function inverse(distribution: (x: number) => number, p: number, high: number): number {
  let [low, top] = [0, high];
  for (let i = 0; i < 200; i++) {
    const middle = (low + top) / 2;
    if (distribution(middle) < p) low = middle;
    else top = middle;
  }
  return low;
}

describe("serviceTimes", () => {
  it.each([[25], [{ dist: "constant", meanMs: 25 }]] as TimeSpec[][])("draws the constant of %j each time", (time) => {
    const times = serviceTimes(time!, always(0.3));
    expect([times.next(), times.next(), times.next()]).toEqual([25, 25, 25]);
    expect(meanOf(time!)).toBe(25);
  });

  it("draws exponential times: mean m, cv² 1, quantile −m·ln(1 − p)", () => {
    const sample = sampleOf({ dist: "exponential", meanMs: 40 });
    expectNear(sample.mean, 40, 0.01);
    expectNear(sample.cv2, 1, 0.02);
    for (const p of [0.1, 0.5, 0.9, 0.99]) expectNear(sample.quantile(p), -40 * Math.log(1 - p), 0.025);
    expect(meanOf({ dist: "exponential", meanMs: 40 })).toBe(40);
  });

  it("draws lognormal times: mean median·exp(σ²/2), cv² exp(σ²) − 1, quantile median·exp(σ·z)", () => {
    const sample = sampleOf({ dist: "lognormal", medianMs: 20, sigma: 0.5 });
    expectNear(sample.mean, 20 * Math.exp(0.125), 0.01);
    expectNear(sample.cv2, Math.exp(0.25) - 1, 0.03);
    for (const p of [0.01, 0.5, 0.95, 0.999]) {
      expectNear(sample.quantile(p), 20 * Math.exp(0.5 * standardNormal(p)), 0.02);
    }
    expect(meanOf({ dist: "lognormal", medianMs: 20, sigma: 0.5 })).toBeCloseTo(22.662969061336526, 12);
  });

  it("draws Erlang times: mean m, cv² 1/k, and the distribution function of k stages", () => {
    const [meanMs, k] = [30, 3];
    const sample = sampleOf({ dist: "erlang", meanMs, k });
    expectNear(sample.mean, meanMs, 0.01);
    expectNear(sample.cv2, 1 / k, 0.02);
    const distribution = (x: number): number => {
      const y = (k * x) / meanMs;
      return 1 - Math.exp(-y) * (1 + y + (y * y) / 2);
    };
    for (const p of [0.05, 0.5, 0.95, 0.99]) expectNear(sample.quantile(p), inverse(distribution, p, 1000), 0.02);
    expect(meanOf({ dist: "erlang", meanMs, k })).toBe(30);
  });

  it("draws hyperexponential times: mean m, cv² as asked, two phases with balanced means", () => {
    const [meanMs, cv2] = [10, 4];
    const sample = sampleOf({ dist: "hyperexponential", meanMs, cv2 });
    expectNear(sample.mean, meanMs, 0.015);
    expectNear(sample.cv2, cv2, 0.05);
    const share = (1 + Math.sqrt((cv2 - 1) / (cv2 + 1))) / 2;
    const distribution = (x: number): number =>
      1 - share * Math.exp((-2 * share * x) / meanMs) - (1 - share) * Math.exp((-2 * (1 - share) * x) / meanMs);
    for (const p of [0.1, 0.5, 0.9, 0.99]) expectNear(sample.quantile(p), inverse(distribution, p, 10_000), 0.03);
    expect(meanOf({ dist: "hyperexponential", meanMs, cv2 })).toBe(10);
  });

  it("is exponential at the edges: one Erlang stage, and cv² 1", () => {
    const uniform = always(0.25);
    const exponential = serviceTimes({ dist: "exponential", meanMs: 8 }, uniform).next();
    expect(serviceTimes({ dist: "erlang", meanMs: 8, k: 1 }, uniform).next()).toBe(exponential);
    expect(serviceTimes({ dist: "hyperexponential", meanMs: 8, cv2: 1 }, uniform).next()).toBe(exponential);
  });

  it("stays finite and not below zero at both ends of the uniforms", () => {
    const specs: TimeSpec[] = [
      { dist: "exponential", meanMs: 10 },
      { dist: "lognormal", medianMs: 10, sigma: 4 },
      { dist: "erlang", meanMs: 10, k: 100 },
      { dist: "hyperexponential", meanMs: 10, cv2: 100 },
    ];
    for (const time of specs) {
      for (const edge of [0, 1 - 2 ** -32]) {
        const value = serviceTimes(time, always(edge)).next();
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it("takes the same number of uniforms for each draw", () => {
    const counts: [TimeSpec, number][] = [
      [12, 0],
      [{ dist: "exponential", meanMs: 10 }, 1],
      [{ dist: "lognormal", medianMs: 10, sigma: 1 }, 1],
      [{ dist: "erlang", meanMs: 10, k: 4 }, 4],
      [{ dist: "hyperexponential", meanMs: 10, cv2: 3 }, 2],
    ];
    for (const [time, perDraw] of counts) {
      let taken = 0;
      const counted = new Draws((into) => {
        taken += into.length;
        into.fill(0.5);
      });
      const times = serviceTimes(time, counted);
      // As many as a whole number of times drawn ahead, on either stream.
      for (let i = 0; i < 64; i++) times.next();
      expect(taken).toBe(64 * perDraw);
    }
  });
});
