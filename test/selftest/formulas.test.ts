import { describe, expect, it } from "vitest";
import { intervalOf, studentQuantile, studentWithin } from "../../src/scoring/student.js";
import {
  erlangB,
  erlangC,
  lossOfMM1K,
  meanWaitOfMG1,
  meanWaitOfMMc,
  sojournQuantileOfMM1,
} from "../../src/selftest/formulas.js";

describe("closed forms", () => {
  it("give the golden numbers", () => {
    expect(erlangB(5, 3)).toBeCloseTo(0.11005435, 8);
    expect(erlangC(3, 2)).toBeCloseTo(0.444444, 6);
    expect(meanWaitOfMMc(3, 2, 1)).toBeCloseTo(0.444444, 6);
    expect(meanWaitOfMMc(10, 8, 1)).toBeCloseTo(0.20459008, 8);
    expect(meanWaitOfMMc(1, 0.8, 1)).toBeCloseTo(4, 12);
    expect([0, 0.5, 1, 4].map((cv2) => meanWaitOfMG1(0.8, 1, cv2)).map((wait) => wait.toFixed(9))).toEqual(
      [2, 3, 4, 10].map((wait) => wait.toFixed(9)),
    );
    expect([lossOfMM1K(0.8, 5), lossOfMM1K(1, 5)]).toEqual([expect.closeTo(0.0888195, 7), 1 / 6]);
    expect(sojournQuantileOfMM1(0.95, 0.8, 1)).toBeCloseTo(14.9787, 4);
    expect(sojournQuantileOfMM1(0.99, 0.8, 1)).toBeCloseTo(23.0259, 4);
  });
});

describe("Student's t", () => {
  it.each([
    [0.95, 1, 12.7062],
    [0.95, 2, 4.30265],
    [0.95, 9, 2.26216],
    [0.95, 30, 2.04227],
    [0.999, 4, 8.6103],
    [0.999, 19, 3.88341],
  ])("has the tabulated quantile for %s with %s degrees of freedom", (confidence, freedom, quantile) => {
    expect(studentQuantile(confidence, freedom)).toBeCloseTo(quantile, 4);
    expect(studentWithin(quantile, freedom)).toBeCloseTo(confidence, 5);
  });

  it("refuses less than one degree of freedom", () => {
    expect(() => studentQuantile(0.95, 0)).toThrow("degrees of freedom must be 1 or more: 0");
  });

  it("gives the interval of a mean: 1, 2, 3, 4, 5 have 3 ± 1.963", () => {
    const { mean, half } = intervalOf([1, 2, 3, 4, 5], 0.95);
    expect([mean, half]).toEqual([3, expect.closeTo(2.77645 * Math.sqrt(2.5 / 5), 4)]);
    expect(intervalOf([7], 0.95)).toEqual({ mean: 7, half: null });
  });
});
