import { describe, expect, it } from "vitest";
import { latencyHistogram } from "../../src/scenarios/latency-histogram.js";
import { Tally } from "../../src/sim/tally.js";

function histogramOf(values: readonly number[]) {
  const tally = new Tally();
  for (const value of values) {
    tally.value = value;
    tally.record();
  }
  return latencyHistogram(tally);
}

describe("latencyHistogram", () => {
  it("has ten bins to a decade, from the first that holds a value to the last", () => {
    expect(histogramOf([11, 12, 13, 17, 30])).toEqual({
      boundsMs: [10, 12.5, 16, 20, 25, 31.5],
      counts: [2, 1, 1, 0, 1],
    });
  });

  it("holds what is shorter than a millisecond in one bin", () => {
    expect(histogramOf([0, 0.2, 0.9])).toEqual({ boundsMs: [0, 1], counts: [3] });
  });

  it("is empty for nothing", () => {
    expect(histogramOf([])).toEqual({ boundsMs: [], counts: [] });
  });

  it("counts every value", () => {
    const values = Array.from({ length: 1000 }, (_, index) => index ** 2 / 7);
    const { counts } = histogramOf(values);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
  });
});
