import { describe, expect, it } from "vitest";
import { compareWithBaseline } from "../../../src/scoring/baseline/compare.js";
import { baselineWith, compared, optionsOf, samplesWith, subjectWith } from "./fixtures.js";

const steady = { stability: [90, 91, 92], dropRate: [0.01, 0.02, 0.03], "acceptMs.p95": [200, 210, 220] };
const before = subjectWith(samplesWith(steady, { composite: [90, 91, 92] }));

describe("compareWithBaseline", () => {
  it("finds exactly nothing between a design and itself", () => {
    const comparison = compared(before, before);
    expect(comparison).toMatchObject({
      status: "compared",
      regressed: false,
      seeds: [42, 43, 44],
      newlyBroken: [],
      notes: [],
    });
    expect(comparison.figures.map(({ scenario, figure }) => [scenario, figure])).toEqual([
      [null, "composite"],
      ["sale", "stability"],
      ["sale", "dropRate"],
      ["sale", "acceptMs.p95"],
    ]);
    for (const figure of comparison.figures) {
      expect(figure).toMatchObject({ difference: 0, interval: [0, 0], word: "no difference shown" });
    }
  });

  it("says which way a figure went, with the means and the paired difference", () => {
    const now = subjectWith(samplesWith({ ...steady, stability: [95, 96, 97], "acceptMs.p95": [300, 310.1, 320] }));
    const { figures, regressed } = compared(before, now);
    expect(figures.find(({ figure }) => figure === "stability")).toEqual({
      scenario: "sale",
      figure: "stability",
      before: 91,
      now: 96,
      difference: 5,
      interval: [5, 5],
      word: "better",
    });
    const latency = figures.find(({ figure }) => figure === "acceptMs.p95");
    expect(latency).toMatchObject({ before: 210, word: "worse" });
    expect(latency?.difference).toBeCloseTo(100.0333, 3);
    expect(regressed).toBe(true);
  });

  it("does not call worse what one figure among many shows by luck", () => {
    // t = 4.9 with 2 degrees of freedom: p = 0.02 alone, but two figures moved, and 0.05 ÷ 2 is the bound of the smaller.
    const noisy = [0.01 + 0.02, 0.02 + 0.035, 0.03 + 0.05];
    const alone = compared(before, subjectWith(samplesWith({ ...steady, dropRate: noisy })));
    expect(alone.regressed).toBe(true);
    const among = compared(
      before,
      subjectWith(
        samplesWith({ ...steady, dropRate: noisy, stability: [91, 90, 92], "acceptMs.p95": [201, 209, 222] }),
      ),
    );
    expect(among.regressed).toBe(false);
    expect(among.figures.find(({ figure }) => figure === "dropRate")?.word).toBe("no difference shown");
  });

  it("has no doubt about a change of the graph, though it be the same with every seed", () => {
    const graph = (design: number) =>
      subjectWith(samplesWith({ "acceptMs.p95": [200, 210] }, { design: [design, design] }));
    expect(compared(graph(100), graph(75)).figures[0]).toMatchObject({
      figure: "design",
      difference: -25,
      word: "worse",
    });
  });

  it("does not take two seeds that moved by one step of a figure for a change, but does so for many steps", () => {
    const recovered = (column: number[]) => subjectWith(samplesWith({ recoveryMs: column }));
    const [step] = compared(recovered([800, 800]), recovered([1000, 1000])).figures;
    expect(step).toMatchObject({ difference: 200, interval: [200, 200], word: "no difference shown" });
    const [steps] = compared(recovered([800, 1000]), recovered([9800, 10000])).figures;
    expect(steps).toMatchObject({ difference: 9000, interval: [9000, 9000], word: "worse" });
  });

  it("takes a difference in the last digits for rounding", () => {
    const now = subjectWith(samplesWith({ ...steady, dropRate: [0.01 * (1 + 1e-14), 0.02, 0.03 * (1 + 1e-14)] }));
    expect(compared(before, now).figures[1]).toMatchObject({ difference: 0, word: "no difference shown" });
  });

  it("counts a verdict that got worse, and an invariant newly broken, whatever the figures show", () => {
    expect(compared(before, subjectWith(before.samples, "inconclusive"))).toMatchObject({
      regressed: true,
      verdict: { before: "pass", now: "inconclusive" },
    });
    expect(compared(subjectWith(before.samples, "fail"), before).regressed).toBe(false);
    const violations = (column: number[]) => subjectWith(samplesWith({ ...steady, "violations.no-leak": column }));
    expect(compared(violations([0, 0, 0]), violations([0, 2, 1]))).toMatchObject({
      regressed: true,
      newlyBroken: [{ id: "no-leak", scenario: "sale", violations: 3 }],
    });
    expect(compared(violations([1, 0, 0]), violations([0, 2, 0]))).toMatchObject({ regressed: false, newlyBroken: [] });
  });

  it("compares on the common seeds only, and says that they differ", () => {
    const later = subjectWith(samplesWith({ dropRate: [0.02, 0.03, 0.5] }, {}, 43));
    const { seeds, figures, notes } = compared(before, later);
    expect(seeds).toEqual([43, 44]);
    expect(figures).toEqual([
      expect.objectContaining({ figure: "dropRate", before: 0.025, now: 0.025, difference: 0 }),
    ]);
    expect(notes).toEqual([
      "seeds differ (baseline 42 to 44, run 43 to 45, 2 in common): figures are compared on the common ones, verdicts are of all",
    ]);
  });

  it("cannot decide from one seed, nor where a value is missing on one side", () => {
    const one = compared(before, subjectWith(samplesWith({ dropRate: [0.9] }, {}, 44)));
    expect(one).toMatchObject({ regressed: false, seeds: [44] });
    expect(one.figures).toEqual([
      {
        scenario: "sale",
        figure: "dropRate",
        before: 0.03,
        now: 0.9,
        difference: expect.closeTo(0.87, 9),
        word: "unknown",
      },
    ]);
    const missing = compared(before, subjectWith(samplesWith({ "acceptMs.p95": [null, 300, 310] })));
    expect(missing.figures).toEqual([
      { scenario: "sale", figure: "acceptMs.p95", before: 210, now: 305, difference: null, word: "unknown" },
    ]);
  });

  it("leaves out figures that no seed has, that nobody minds, and scores of other scenarios", () => {
    const figures = { dropRate: [0, 0], "readLagMs.p95": [null, null], offered: [9, 8], "acceptMs.max": [1, 2] };
    const own = subjectWith(samplesWith(figures, { composite: [1, 2], design: [75, 75] }));
    expect(compared(own, own).figures.map(({ figure }) => figure)).toEqual(["composite", "design", "dropRate"]);
    const [sale] = own.samples.scenarios;
    const more = { ...own.samples, scenarios: [sale!, { id: "outage", figures }] };
    const comparison = compared(own, subjectWith(more));
    expect(comparison.figures.map(({ figure }) => figure)).toEqual(["design", "dropRate"]);
    expect(comparison.notes).toEqual([
      "scenarios only now: outage: the verdicts are of different runs, and scores and cost are not compared",
    ]);
  });

  it("names what else may be the reason: problem file, version, scale, decision", () => {
    const baseline = { ...baselineWith(before), tool: { name: "chini-bench", version: "0.0.9" } };
    const now = { ...before, problemSha256: "01".repeat(32) };
    const options = { ...optionsOf(before.samples), scale: 0.02, decide: "mean" as const };
    expect(compareWithBaseline("base.json", baseline, now, options).notes).toEqual([
      "problem file has changed since: figures may differ for that reason",
      "chini-bench 0.0.9 wrote the baseline, this is 0.1.0: figures may differ for that reason",
      "scale was the files', is 0.02: figures may differ for that reason",
      "--decide was interval, is mean: verdicts may differ for that reason",
    ]);
  });

  it("notes other gates beside the problem's own, and goes by the entry of the same scenarios all the same", () => {
    const gated = { ...before, options: { gates: ["acceptMs.p95 <= 300ms", "dropRate <= 1%"] } };
    const { notes, figures } = compared(before, gated);
    expect(notes).toEqual([
      "gates beside the problem's were none, are `acceptMs.p95 <= 300ms` and `dropRate <= 1%`: verdicts may differ for that reason",
    ]);
    expect(figures.length).toBeGreaterThan(0);
    expect(
      compared(gated, { ...before, options: { gates: ["dropRate <= 1%", "acceptMs.p95 <= 300ms "] } }).notes,
    ).toEqual([]);
  });

  it("has nothing to say of a design that the baseline does not hold, or that could not be run", () => {
    const other = subjectWith(before.samples, "fail", { canvas: "canvases/b.json" });
    expect(compared(before, other)).toMatchObject({ status: "missing", regressed: false, figures: [] });
    expect(compared(before, { ...other, canvas: before.canvas, problem: "shop" }).status).toBe("missing");
    const invalid = { ...before, result: { ...before.result, verdict: "invalid" as const } };
    expect(compareWithBaseline("b", baselineWith(before), invalid, optionsOf(before.samples)).status).toBe("invalid");
  });
});
