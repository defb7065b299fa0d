import { describe, expect, it } from "vitest";
import { compositeScore } from "../../src/scoring/composite.js";

describe("compositeScore", () => {
  it.each([
    { stability: 87, delivery: 100, design: 100, composite: 94 },
    { stability: 75, delivery: 100, design: 100, composite: 89 },
    { stability: 69, delivery: 100, design: 100, composite: 86 },
    { stability: 56, delivery: 100, design: 100, composite: 80 },
  ])("gives the published row $stability, $delivery, $design → $composite", ({ composite, ...row }) => {
    expect(compositeScore({ ...row, cost: 100, constraints: 100 })).toBe(composite);
  });

  it("divides by the sum of the weights", () => {
    const scores = { stability: 50, delivery: 100, design: 0, constraints: 0, cost: 0 };
    expect(compositeScore(scores, { stability: 2, delivery: 2, design: 0, constraints: 0, cost: 0 })).toBe(75);
  });

  it("refuses weights that are all 0", () => {
    const none = { stability: 0, delivery: 0, design: 0, constraints: 0, cost: 0 };
    expect(() => compositeScore({ ...none }, none)).toThrow(RangeError);
  });
});
