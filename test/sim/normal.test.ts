import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standardNormal } from "../../src/sim/normal.js";

describe("standardNormal", () => {
  // Known quantiles of the standard normal distribution to 15 digits.
  it.each([
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.75, 0.6744897501960817],
    [0.9, 1.2815515655446004],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.999, 3.090232306167813],
    [0.025, -1.959963984540054],
    [1e-4, -3.719016485455709],
    [1e-10, -6.361340902404056],
    [1e-20, -9.26234008979841],
    [1e-100, -21.27345356096533],
  ])("has the quantile of p = %s", (p, z) => {
    expect(Math.abs(standardNormal(p) - z)).toBeLessThanOrEqual(2e-14 * Math.max(1, Math.abs(z)));
  });

  it("is antisymmetric about one half, exactly where 1 − p is exact", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), (numerator) => {
        const p = numerator / 2 ** 32;
        expect(standardNormal(1 - p) + standardNormal(p)).toBe(0);
      }),
      { seed: 1 },
    );
  });

  it("rises with p, also where one formula hands over to the next", () => {
    const seams = [0.075, 0.925, Math.exp(-25), 1 - Math.exp(-25)];
    for (const seam of seams) {
      const step = seam > 0.5 ? 1e-13 : seam * 1e-9;
      const around = [-2, -1, 0, 1, 2].map((i) => standardNormal(seam + i * step));
      expect([...around].sort((a, b) => a - b)).toEqual(around);
    }
  });
});
