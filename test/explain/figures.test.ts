import { describe, expect, it } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { entriesWithId } from "../../src/explain/catalogue.js";
import type { Problem } from "../../src/problem/problem.js";
import { measureRecovery } from "../../src/scenarios/recovery.js";
import { type SubScores, weightedScore } from "../../src/scoring/composite.js";
import { constraintsScore } from "../../src/scoring/constraints.js";
import { costScore, monthlyCost, noCost } from "../../src/scoring/cost.js";
import { recoveryShare } from "../../src/scoring/stability.js";
import { run } from "../fixtures/binary.js";
import { buildModel, buildRun, type ComponentSketch } from "../scoring/fixtures.js";

function computed(id: string): string {
  return entriesWithId(id)[0]?.computed ?? "";
}

const none: SubScores = { stability: 0, delivery: 0, cost: 0, constraints: 0, design: 0 };

describe("figures that the catalogue states and the code decides", () => {
  it.each(Object.keys(none) as (keyof SubScores)[])("the default weight of %s", (name) => {
    const weight = Number(weightedScore({ ...none, [name]: 1 }).toFixed(6));
    expect(computed("composite")).toContain(`${name} ${weight}`);
  });

  it("the points for a component too many and a behaviour too few", () => {
    const canvas: Canvas = {
      components: [
        { id: "a", type: "step" },
        { id: "b", type: "step" },
      ],
      connections: [],
    };
    const problem = (constraints: Problem["constraints"]): Problem => ({
      id: "p",
      title: "P",
      workload: { ratePerS: 1, durationMs: 1000 },
      scenarios: [{ id: "baseline", kind: "baseline" }],
      constraints,
    });
    const over = 100 - constraintsScore(canvas, problem({ maxComponents: 1 }));
    const missing = 100 - constraintsScore(canvas, problem({ requiredBehaviors: ["queue"] }));
    expect(computed("constraints")).toContain(
      `100 − ${over} for each component over \`maxComponents\` − ${missing} for each required behaviour missing`,
    );
  });

  it("the budget at which the cost score ends", () => {
    expect(costScore({ ...noCost, budgetMonthlyUsd: 100, effectiveMonthlyUsd: 200 })).toBe(0);
    expect(costScore({ ...noCost, budgetMonthlyUsd: 100, effectiveMonthlyUsd: 199 })).toBeCloseTo(1);
    expect(computed("cost")).toContain("down to 0 at twice as much");
  });

  it("the allowance of a recovery", () => {
    const disturbance = { startMs: 0, endMs: 1, targets: [], untilEnd: false, backlogBack: true, peakRatePerS: 1 };
    const share = recoveryShare(buildRun({ disturbance, metrics: { recoveryMs: 45_000 } }), 90_000);
    expect(share).toBe(0.5);
    expect(computed("stability")).toContain("1 − min(1, recoveryMs ÷ `recoveryAllowanceMs` (90,000))");
  });

  it("the backlog's bound, max(1.1 × b, b + λ × 1 s)", () => {
    const bound = (usual: number, ratePerS: number, after: number): boolean => {
      const backlog = [...Array<number>(20).fill(usual), 10_000, after];
      const course = { seconds: 22, backlog, arrivals: Array(22).fill(0), healthy: Array(22).fill(0) };
      return measureRecovery(course, { startMs: 20_000, endMs: 21_000 }, 22_000, ratePerS).backlogBack;
    };
    expect([bound(100, 20, 120), bound(100, 20, 121)]).toEqual([true, false]);
    expect([bound(1000, 20, 1100), bound(1000, 20, 1101)]).toEqual([true, false]);
    for (const id of ["recoveryMs", "drainMs", "readCaughtUpMs"]) {
      expect(computed(id)).toContain("max(1.1 × b, b + λ × 1 s), b being its mean in the 20 s before");
    }
  });

  it("offered = delivered + declined + abandoned + dropped + pending, and the rates from them", async () => {
    const { stdout } = await run([
      "run",
      "checkout-saga",
      "canvases/checkout-saga/reference.json",
      "--scenario",
      "payment-outage",
      "--json",
    ]);
    const { metrics } = JSON.parse(stdout).scenarios[0];
    const { offered, delivered, declined, abandoned, dropped, pending } = metrics;
    expect(Math.min(delivered, declined, abandoned, dropped)).toBeGreaterThan(0);
    expect(delivered + declined + abandoned + dropped + pending).toBe(offered);
    expect(metrics.deliveryRate).toBe(delivered / (offered - declined - abandoned));
    expect(metrics.dropRate).toBe(dropped / offered);
    expect(computed("deliveryRate")).toContain("delivered ÷ (offered − declined − abandoned)");
    expect(computed("dropRate")).toContain("dropped ÷ offered");
  });

  it("the floors of the cost", () => {
    const external = { type: "tool", role: "payment-provider", external: true } as const;
    const sketches: readonly ComponentSketch[] = [
      { id: "api", slots: 7 },
      { id: "orders", type: "storage" },
      { id: "view", type: "storage", role: "read-model" },
      { id: "queue", type: "channel", mode: "queue" },
      { id: "lock", type: "storage", role: "lock" },
      { id: "cron", type: "trigger", parameters: { everyMs: 1000 } },
      { id: "psp", ...external },
      { id: "psp2", ...external },
    ];
    const run = buildRun({ components: [{ id: "orders", peakArrivalsPerS: 100 }] });
    const floors = monthlyCost(buildModel({ components: sketches }), [run]).components.map(({ floor }) => floor);
    const millions = (20 * 86_400 * 30) / 1e6;
    expect(floors.map((floor) => floor.toFixed(6))).toEqual(
      [7, 60 + 0.2 * 100, 40, 10 + 0.4 * millions, 50, 5, 0, 100].map((floor) => floor.toFixed(6)),
    );
    expect(computed("cost.effectiveMonthlyUsd")).toContain(
      "compute $1 for each slot; storage $60 + $0.20 × its largest arrivals in one second; read model $40; queue or batch $10 + $0.40 for each million messages at λ over 30 days; lock $50; schedule $5; second provider $100; persons and external roles nothing.",
    );
  });
});
