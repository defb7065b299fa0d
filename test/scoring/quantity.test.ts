import { describe, expect, it } from "vitest";
import { formatCount, formatDuration, formatRate, formatShare, formatUsd } from "../../src/scoring/quantity.js";

describe("quantities for a reader", () => {
  it.each([
    [0, "0 ms"],
    [0.42, "0.42 ms"],
    [5.23, "5.2 ms"],
    [20.53, "21 ms"],
    [999.4, "999 ms"],
    [999.6, "1 s"],
    [2046, "2.05 s"],
    [1800, "1.8 s"],
    [54_321, "54.3 s"],
    [140_544, "141 s"],
    [4_387_840, "4,388 s"],
  ])("%f ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

  it.each([
    [0, "0 %"],
    [0.00001, "<0.01 %"],
    [0.0015, "0.15 %"],
    [0.03, "3 %"],
    [0.331, "33.1 %"],
    [0.9997, "99.97 %"],
    [0.99999, ">99.99 %"],
    [1, "100 %"],
  ])("the share %f is %s", (share, text) => expect(formatShare(share)).toBe(text));

  it.each([
    [12, "12"],
    [1.0252, "1.03"],
    [3537, "3,537"],
    [1_234_567, "1,234,567"],
    [-1500, "-1,500"],
  ])("the count %f is %s", (count, text) => expect(formatCount(count)).toBe(text));

  it("rounds rates above 10 a second and keeps cents below $100", () => {
    expect([formatRate(27.8), formatRate(0.5), formatRate(1200)]).toEqual(["28/s", "0.5/s", "1,200/s"]);
    expect([formatUsd(30.736), formatUsd(85.4), formatUsd(54), formatUsd(347.6)]).toEqual([
      "$30.74",
      "$85.40",
      "$54",
      "$348",
    ]);
  });
});
