import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem/problem.js";
import { scaledProblem, scaleOf } from "../../src/problem/scale.js";

const shop: Problem = {
  id: "shop",
  title: "A shop",
  scale: 0.02,
  constraints: { maxComponents: 12, monthlyBudgetUsd: 1200 },
  roles: {
    "payment-provider": { ratePerS: 150, timeMs: 1750, declineRate: 0.03, second: { ratePerS: 140, timeMs: 2000 } },
    inventory: { unitsPerSku: 3, hotUnits: 500 },
    "order-store": {},
  },
  workload: { ratePerS: 100, durationMs: 300_000, client: { retries: 4, doubleClickPct: 2 } },
  scenarios: [
    { id: "peak", kind: "baseline" },
    {
      id: "drop",
      kind: "spike",
      multiplier: 5,
      criteria: { maxErrors: 3, metrics: ["backlogMax <= 500"] },
      roles: { "payment-provider": { ratePerS: 9, second: { ratePerS: 2 } }, inventory: { hotUnits: 7 } },
      workload: { profile: [{ atMs: 0, ratePerS: 20 }], durationMs: 5000 },
    },
  ],
};

describe("a scaled problem", () => {
  const whole = scaledProblem(shop, 50);

  it("has more arrivals, also where a scenario states its own, over the same time", () => {
    expect(whole.workload).toEqual({ ...shop.workload, ratePerS: 5000 });
    expect(whole.scenarios[1]!.workload).toEqual({ profile: [{ atMs: 0, ratePerS: 1000 }], durationMs: 5000 });
    expect(whole.scenarios[0]).toEqual(shop.scenarios[0]);
  });

  it("has external roles that take more, the second provider and those of a scenario as well", () => {
    expect(whole.roles?.["payment-provider"]).toEqual({
      ratePerS: 7500,
      timeMs: 1750,
      declineRate: 0.03,
      second: { ratePerS: 7000, timeMs: 2000 },
    });
    expect(whole.scenarios[1]!.roles).toEqual({
      "payment-provider": { ratePerS: 450, second: { ratePerS: 100 } },
      inventory: { hotUnits: 350 },
    });
  });

  it("has more stock, in whole units, and a larger budget", () => {
    expect(whole.roles?.inventory).toEqual({ unitsPerSku: 150, hotUnits: 25_000 });
    expect(scaledProblem(shop, 0.5).roles?.inventory).toEqual({ unitsPerSku: 2, hotUnits: 250 });
    expect(whole.constraints).toEqual({ maxComponents: 12, monthlyBudgetUsd: 60_000 });
  });

  it("keeps multipliers and gates", () => {
    const { multiplier, criteria } = whole.scenarios[1]!;
    expect({ multiplier, criteria }).toEqual({
      multiplier: 5,
      criteria: { maxErrors: 3, metrics: ["backlogMax <= 500"] },
    });
  });

  it("says the share of the full load that it then is", () => {
    expect(scaleOf(shop)).toBe(0.02);
    expect(scaleOf(whole)).toBe(1);
    expect(scaleOf({ ...shop, scale: undefined })).toBe(1);
  });
});
