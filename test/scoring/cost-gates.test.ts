import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem/problem.js";
import { monthlyCost } from "../../src/scoring/cost.js";
import { readCostMetric } from "../../src/scoring/cost-metric.js";
import { judgeCanvas, judgeRun } from "../../src/scoring/criteria.js";
import { checkGates } from "../../src/scoring/gates.js";
import { parseMetricExpression } from "../../src/scoring/metric-expression.js";
import { buildCost, buildModel, buildRun, checkoutProblem, checkoutSketch } from "./fixtures.js";

const secondsPerMonth = 30 * 86_400;

/** What a queue costs at a rate, US dollars a month. */
function queueUsd(ratePerS: number): number {
  return 10 + (0.4 * ratePerS * secondsPerMonth) / 1e6;
}

describe("the cost at peak and off it", () => {
  const model = buildModel({
    components: [
      { id: "user", type: "person" },
      { id: "api", slots: 30 },
      { id: "orders", type: "storage" },
      { id: "queue", type: "channel", mode: "queue", asynchronous: true },
    ],
  });
  const run = (lowestPerS: number, highestPerS: number, peakArrivalsPerS: number) =>
    buildRun({ rates: { lowestPerS, highestPerS }, components: [{ id: "orders", peakArrivalsPerS }] });

  it("is that of the busiest and the quietest second of all scenarios, all month", () => {
    const cost = monthlyCost(model, [run(8, 20, 28), run(5, 12, 18), run(6, 10, 15)]);
    expect(cost.peakMonthlyUsd).toBeCloseTo(30 + (60 + 0.2 * 28) + queueUsd(20), 9);
    expect(cost.offPeakMonthlyUsd).toBeCloseTo(30 + (60 + (0.2 * 28 * 5) / 20) + queueUsd(5), 9);
    // λ is 20/s in this problem, so that here the peak is what the budget is held against.
    expect(cost.effectiveMonthlyUsd).toBeCloseTo(cost.peakMonthlyUsd, 9);
  });

  it("is one figure where arrivals are steady, and that of λ without a run", () => {
    const steady = monthlyCost(model, [run(20, 20, 30)]);
    expect(steady.offPeakMonthlyUsd).toBe(steady.peakMonthlyUsd);
    const unrun = monthlyCost(model, []);
    expect([unrun.peakMonthlyUsd, unrun.offPeakMonthlyUsd]).toEqual([
      unrun.effectiveMonthlyUsd,
      unrun.effectiveMonthlyUsd,
    ]);
  });

  it("counts the most slots of an autoscaled component, and its fewest off-peak, where slots are what costs", () => {
    const autoscale = { min: 4, max: 50, targetUtilization: 0.6, everyMs: 15_000 };
    const scaled = buildModel({
      components: [
        { id: "user", type: "person" },
        { id: "api", slots: 10, autoscale },
        { id: "orders", type: "storage", autoscale },
      ],
    });
    const cost = monthlyCost(scaled, [run(10, 20, 0)]);
    expect([cost.effectiveMonthlyUsd, cost.peakMonthlyUsd, cost.offPeakMonthlyUsd]).toEqual([110, 110, 64]);
  });

  it("has no infinite storage when nobody arrives", () => {
    const cost = monthlyCost(model, [run(0, 0, 0)]);
    expect([cost.peakMonthlyUsd, cost.offPeakMonthlyUsd]).toEqual([100, 100]);
  });

  it("has a ratio, which a free design keeps and one that is free off-peak only does not", () => {
    const ratio = (peakMonthlyUsd: number, offPeakMonthlyUsd: number) =>
      readCostMetric(buildCost({ peakMonthlyUsd, offPeakMonthlyUsd }), "cost.peakToOffPeak");
    expect([ratio(300, 200), ratio(0, 0), ratio(5, 0)]).toEqual([1.5, 1, null]);
  });
});

describe("gates on the cost", () => {
  const gates = ["cost.peakMonthlyUsd <= 700", "amplification <= 2", "cost.peakToOffPeak <= 1.5"];
  const problem: Problem = { ...checkoutProblem, criteria: { metrics: gates } };
  const { canvas } = buildModel(checkoutSketch());

  it("are judged once, on the canvas", () => {
    const cost = buildCost({ peakMonthlyUsd: 600, offPeakMonthlyUsd: 300 });
    const judged = judgeCanvas(canvas, problem, cost).filter(({ metric }) => metric.startsWith("cost."));
    expect(judged.map(({ id, scenario, actual, pass }) => [id, scenario, actual, pass])).toEqual([
      ["cost.peakMonthlyUsd <= 700", null, 600, true],
      ["cost.peakToOffPeak <= 1.5", null, 2, false],
    ]);
    expect(judgeRun(problem, buildRun(), 100).map(({ id }) => id)).toEqual(["amplification <= 2"]);
  });

  it("are refused in a scenario, which has no cost of its own", () => {
    const [scenario] = checkoutProblem.scenarios;
    const scenarios = [{ ...scenario!, criteria: { metrics: ["errors <= 1", gates[0]!] } }];
    expect(checkGates({ ...problem, scenarios }, [])).toEqual([
      {
        pointer: "/scenarios/0/criteria/metrics/1",
        message: expect.stringContaining("write the gate into the problem's"),
      },
    ]);
  });

  it.each([
    ["cost <= 700", "cost has several figures; name one of cost.effectiveMonthlyUsd"],
    ["cost.peakMonthlyUSD <= 700", 'did you mean "cost.peakMonthlyUsd"?'],
    ["cost.peakMonthlyUsd <= 700s", "is a money, and `s` is a unit of time"],
  ])("refuse %j", (text, message) => {
    const parsed = parseMetricExpression(text);
    expect(parsed.ok ? "" : parsed.fault.message).toContain(message);
  });
});
