import { describe, expect, it } from "vitest";
import { costScore, monthlyCost } from "../../src/scoring/cost.js";
import { buildCost, buildModel, buildRun, type ComponentSketch, checkoutSketch } from "./fixtures.js";

/** The floor of one component behind a person, US dollars. */
function floorOf(sketch: ComponentSketch, peakArrivalsPerS = 0): number | undefined {
  const model = buildModel({ components: [{ id: "user", type: "person" }, sketch] });
  const run = buildRun({ components: [{ id: sketch.id, peakArrivalsPerS }] });
  return monthlyCost(model, [run]).components.find(({ id }) => id === sketch.id)?.floor;
}

describe("floors of the monthly cost", () => {
  it.each<[string, ComponentSketch, number]>([
    ["compute is $1 per slot", { id: "api", slots: 57 }, 57],
    ["a tool of one's own is compute", { id: "mailer", type: "tool", slots: 3 }, 3],
    ["a person is free", { id: "buyer", type: "person" }, 0],
    ["an external role is free", { id: "psp", type: "tool", external: true, slots: 19 }, 0],
    ["a read model is $40", { id: "view", type: "storage", role: "read-model" }, 40],
    ["a lock store is $50", { id: "lock", type: "storage", role: "lock" }, 50],
    ["a schedule is $5", { id: "cron", type: "trigger", parameters: { everyMs: 15_000 } }, 5],
    ["a reconciler is a schedule", { id: "reconciler", type: "trigger", role: "reconciler" }, 5],
  ])("%s", (_, sketch, usd) => expect(floorOf(sketch)).toBe(usd));

  it("a queue is $10 and $0.40 per million messages at λ over 30 days, however many slots it has", () => {
    const messages = 20 * 86_400 * 30;
    expect(floorOf({ id: "queue", type: "channel", mode: "queue", slots: 999 })).toBeCloseTo(
      10 + (0.4 * messages) / 1e6,
      10,
    );
  });

  it("storage is $60 and $0.20 per write in its busiest second of any scenario", () => {
    const model = buildModel({ components: [{ id: "orders", type: "storage" }] });
    const runs = [30, 127, 90].map((peakArrivalsPerS) =>
      buildRun({ components: [{ id: "orders", peakArrivalsPerS }] }),
    );
    expect(monthlyCost(model, runs).effectiveMonthlyUsd).toBeCloseTo(60 + 0.2 * 127, 10);
  });

  it("a second payment provider is $100", () => {
    const external = { type: "tool", role: "payment-provider", external: true } as const;
    const model = buildModel({
      components: [
        { id: "psp", ...external },
        { id: "psp2", ...external },
      ],
    });
    expect(monthlyCost(model, []).components.map(({ floor }) => floor)).toEqual([0, 100]);
  });

  it("takes the larger of declared and floor, and leaves wrappers out", () => {
    const sketch = checkoutSketch();
    const model = buildModel({
      ...sketch,
      components: [...sketch.components, { id: "psp (client)", wraps: "psp", slots: Number.POSITIVE_INFINITY }],
      declared: { api: 500, worker: 3 },
    });
    const cost = monthlyCost(model, []);
    expect(cost.components.find(({ id }) => id === "api")).toEqual({
      id: "api",
      declared: 500,
      floor: 10,
      effective: 500,
    });
    expect(cost.components.find(({ id }) => id === "worker")).toMatchObject({ declared: 3, floor: 10, effective: 10 });
    expect(cost.declaredMonthlyUsd).toBe(503);
    expect(cost.components.map(({ id }) => id)).not.toContain("psp (client)");
  });
});

describe("costScore", () => {
  const score = (budgetMonthlyUsd: number | null, effectiveMonthlyUsd: number) =>
    costScore(buildCost({ budgetMonthlyUsd, effectiveMonthlyUsd }));

  it.each([
    [800, 800, 100],
    [800, 1200, 50],
    [800, 1600, 0],
    [800, 9999, 0],
    [null, 9999, 100],
  ])("with a budget of %s, a cost of %i scores %i", (budget, cost, expected) =>
    expect(score(budget, cost)).toBe(expected),
  );
});
