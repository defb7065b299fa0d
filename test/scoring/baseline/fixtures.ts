import {
  type Baseline,
  type BaselineOptions,
  type BaselineSubject,
  baselineOf,
} from "../../../src/scoring/baseline/baseline.js";
import { type BaselineComparison, compareWithBaseline } from "../../../src/scoring/baseline/compare.js";
import { judge } from "../../../src/scoring/judge.js";
import type { Result } from "../../../src/scoring/result.js";
import type { Samples } from "../../../src/scoring/samples.js";
import { buildModel, buildRun, checkoutSketch, context } from "../fixtures.js";

type Figures = Samples["design"];

const judged = judge(buildModel(checkoutSketch()), [buildRun()], context);

const tool: Baseline["tool"] = { name: "chini-bench", version: context.tool.version };

/** Samples of one scenario, `sale`, with seeds from 42 on. */
export function samplesWith(figures: Figures, design: Figures = {}, seed = 42): Samples {
  const [column = []] = [...Object.values(figures), ...Object.values(design)];
  return { seeds: column.map((_, index) => seed + index), design, scenarios: [{ id: "sale", figures }] };
}

export function subjectWith(
  samples: Samples,
  verdict: Result["verdict"] = "pass",
  names: Partial<BaselineSubject> = {},
): BaselineSubject {
  const result = { ...judged, verdict, seeds: [...samples.seeds] };
  return {
    problem: "checkout",
    problemSha256: "ef".repeat(32),
    canvas: "canvases/a.json",
    options: {},
    result,
    samples,
    ...names,
  };
}

/** The options that samples were made with. */
export function optionsOf({ seeds: [seed = 0, ...others] }: Samples): BaselineOptions {
  return { seed, seeds: others.length + 1, decide: "interval", strict: false };
}

export function baselineWith(...subjects: readonly BaselineSubject[]): Baseline {
  return baselineOf(tool, optionsOf(subjects[0]!.samples), subjects);
}

/** A subject beside the baseline that another one made. */
export function compared(before: BaselineSubject, now: BaselineSubject): BaselineComparison {
  return compareWithBaseline("base.json", baselineWith(before), now, optionsOf(now.samples));
}
