import type { JudgedDesign } from "../../src/evaluation/design.js";
import type { Report } from "../../src/report/report.js";
import type { Result } from "../../src/scoring/result.js";
import { noSamples } from "../../src/scoring/samples.js";

/** A report of designs of which nothing but the results is known. */
export function reportOf(...results: readonly Result[]): Report {
  return { designs: results.map((result) => designOf(result)) };
}

/** A judged design; parts may be given that are looked at. */
export function designOf(result: Result, parts: Partial<JudgedDesign> = {}): JudgedDesign {
  return {
    problem: { id: result.problem, title: result.problem, workload: { durationMs: 1 }, scenarios: [] },
    result,
    canvas: null,
    faults: [],
    samples: noSamples,
    positionOf: () => undefined,
    ...parts,
  };
}
