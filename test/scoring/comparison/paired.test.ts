import { describe, expect, it } from "vitest";
import { pairedDifference } from "../../../src/scoring/comparison/paired.js";

describe("pairedDifference", () => {
  it("has Student's interval over the differences, not over the values", () => {
    // Differences 1, 2, 3: mean 2, s = 1, t(0.975, 2) = 4.302653, half = 4.302653 / √3.
    const { difference, interval, word } = pairedDifference([101, 52, 13], [100, 50, 10], "lower");
    expect(difference).toBe(2);
    expect(interval?.[0]).toBeCloseTo(2 - 4.302653 / Math.sqrt(3), 5);
    expect(interval?.[1]).toBeCloseTo(2 + 4.302653 / Math.sqrt(3), 5);
    expect(word).toBe("no difference shown");
  });

  it.each([
    ["higher", [5, 5.1, 5.2], "better"],
    ["lower", [5, 5.1, 5.2], "worse"],
    [null, [5, 5.1, 5.2], "different"],
    ["lower", [1, 1.1, 0.9], "better"],
  ] as const)("says of a figure that is better %s what %j is beside three", (better, own, word) => {
    expect(pairedDifference(own, [3, 3, 3], better).word).toBe(word);
  });

  it("shows no difference between equal values, and a constant one without doubt", () => {
    expect(pairedDifference([4, 7], [4, 7], "higher")).toEqual({
      difference: 0,
      interval: [0, 0],
      word: "no difference shown",
    });
    expect(pairedDifference([4, 7], [3, 6], "higher")).toEqual({ difference: 1, interval: [1, 1], word: "better" });
  });

  it("knows nothing from one seed, nor where only one of the two has a value", () => {
    expect(pairedDifference([4], [3], "higher")).toEqual({ difference: 1, interval: null, word: "unknown" });
    expect(pairedDifference([4, null], [3, 3], "higher").word).toBe("unknown");
    expect(pairedDifference([null], [null], "higher").word).toBe("no difference shown");
  });

  it("refuses values of different seeds", () => {
    expect(() => pairedDifference([1], [1, 2], "higher")).toThrow("not the same seeds: 1 and 2");
  });
});
