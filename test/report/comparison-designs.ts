import type { JudgedDesign } from "../../src/evaluation/design.js";
import type { Report } from "../../src/report/report.js";
import { compareDesigns } from "../../src/scoring/comparison/compare.js";
import { measuredDesign } from "../scoring/comparison/designs.js";
import type { RunSketch } from "../scoring/fixtures.js";

const seeds = [42, 43, 44];

const runIds = [
  "baseline",
  "flash-sale",
  "payment-slow",
  "payment-outage:blackhole",
  "payment-outage:failfast",
  "worker-crash",
  "double-click",
];

/** Seven runs of a design; in the fourth an invariant is broken so many times, and as many hundredths of the time lost. */
export function runsOf(violations: number): readonly RunSketch[] {
  return runIds.map((id, index) => {
    const own = index === 3 ? violations : 0;
    return {
      id,
      health: [1, 1 - own / 25, 1, 1],
      metrics: { errors: own },
      invariants: [
        { id: "no-lost-charge", violations: own, exposure: 500, examples: [] },
        { id: "no-leak", violations: 0, exposure: 500, examples: [] },
      ],
    };
  });
}

/** A report of designs that are compared under these labels; seed by seed they cost `monthlyUsd`. */
export function comparedReport(designs: readonly JudgedDesign[], labels: readonly string[]): Report {
  const repeat = `chini-bench compare checkout ${labels.join(" ")} --seed 42 --seeds 3`;
  return {
    designs,
    comparison: compareDesigns(
      designs.map(({ result, samples }, index) => ({ label: labels[index]!, result, samples })),
      { problem: "checkout", seeds: designs[0]!.samples.seeds, repeat },
    ),
  };
}

/** Ten designs and one canvas that is not valid; their labels are as long as those of generated designs. */
export function tenDesigns(invalid: JudgedDesign): Report {
  const labels = Array.from({ length: 10 }, (_, index) => `run-2026/design-with-a-long-name-${index}`);
  const designs = labels.map((label, index) =>
    measuredDesign(
      `${label}.json`,
      seeds.map((seed) => runsOf(index === 0 ? 0 : index + (seed % 2))),
      seeds.map((seed) => 400 - 10 * index + (seed % 3)),
    ),
  );
  return comparedReport([...designs, invalid], [...labels, "no-canvas"]);
}
