import { describe, expect, it } from "vitest";
import type { Draws } from "../../src/sim/draws.js";
import { RandomStreams } from "../../src/sim/random.js";

function draw(stream: Draws, count: number): number[] {
  return Array.from({ length: count }, () => stream.next());
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, i) => (value - meanA) * (b[i]! - meanB)));
  return (
    covariance / Math.sqrt(mean(a.map((value) => (value - meanA) ** 2)) * mean(b.map((value) => (value - meanB) ** 2)))
  );
}

describe("RandomStreams", () => {
  it("gives the same numbers for the same seed, scope and name", () => {
    const first = draw(new RandomStreams(7, "baseline").stream("arrivals"), 100);
    expect(draw(new RandomStreams(7, "baseline").stream("arrivals"), 100)).toEqual(first);
  });

  it.each([
    ["seed", new RandomStreams(8, "baseline").stream("arrivals")],
    ["scope", new RandomStreams(7, "spike").stream("arrivals")],
    ["name", new RandomStreams(7, "baseline").stream("buyers")],
  ])("gives other, uncorrelated numbers for another %s", (_, other) => {
    const count = 20_000;
    const reference = draw(new RandomStreams(7, "baseline").stream("arrivals"), count);
    const numbers = draw(other, count);
    expect(numbers.slice(0, 10)).not.toEqual(reference.slice(0, 10));
    // The correlation of independent numbers has standard deviation 1/√n = 0.007.
    expect(Math.abs(correlation(reference, numbers))).toBeLessThan(0.03);
  });

  it("does not confuse a scope's end with a name's beginning", () => {
    const a = draw(new RandomStreams(1, "a").stream("bc"), 3);
    expect(draw(new RandomStreams(1, "ab").stream("c"), 3)).not.toEqual(a);
    expect(draw(new RandomStreams(1, 'a","b').stream("c"), 3)).not.toEqual(
      draw(new RandomStreams(1, "a").stream('b","c'), 3),
    );
  });

  it("does not let one stream's draws move another's", () => {
    const streams = new RandomStreams(3, "baseline");
    const alone = draw(new RandomStreams(3, "baseline").stream("b"), 5);
    const other = streams.stream("a");
    const stream = streams.stream("b");
    const interleaved = Array.from({ length: 5 }, () => {
      other.next();
      return stream.next();
    });
    expect(interleaved).toEqual(alone);
  });

  it("is uniform on [0, 1)", () => {
    const numbers = draw(new RandomStreams(1, "uniform").stream("x"), 100_000);
    expect(Math.min(...numbers.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(numbers.every((number) => number < 1)).toBe(true);
    const bins = new Array<number>(10).fill(0);
    for (const number of numbers) bins[Math.floor(number * 10)]!++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 9 degrees of freedom: the 99.9 % quantile is 27.88.
    expect(chiSquare).toBeLessThan(27.88);
  });

  it("gives these numbers on every version of Node", () => {
    expect(draw(new RandomStreams(1, "baseline").stream("arrivals"), 5)).toEqual([
      0.6230300494935364, 0.3658446650952101, 0.8794737011194229, 0.9501752501819283, 0.9697584940586239,
    ]);
  });
});
