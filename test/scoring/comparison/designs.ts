import type { JudgedDesign } from "../../../src/evaluation/design.js";
import type { ComparedDesign } from "../../../src/scoring/comparison/ranking.js";
import { judge } from "../../../src/scoring/judge.js";
import { combineSeeds } from "../../../src/scoring/replications/combine.js";
import type { Result } from "../../../src/scoring/result.js";
import { type Samples, samplesOf } from "../../../src/scoring/samples.js";
import { scenarioOfRun } from "../../../src/scoring/scenario-spec.js";
import { designOf } from "../../report/report-of.js";
import { buildModel, buildRun, checkoutSketch, context, type RunSketch } from "../fixtures.js";

const plain = judge(buildModel(checkoutSketch()), [buildRun()], context);

/** What a design is ranked by. */
export interface Standing {
  readonly passes: number;
  readonly composite: number;
  readonly monthlyUsd: number;
}

/** A design of ten runs of which only its standing is known; one seed. The gates of its whole are missed. */
export function standing({ passes, composite, monthlyUsd }: Standing, label = "design"): ComparedDesign {
  const [run] = plain.scenarios;
  const missed = { id: "cost", scenario: null, metric: "effectiveMonthlyUsd", expected: "<= 1", actual: 2 };
  const result: Result = {
    ...plain,
    scenarios: Array.from({ length: 10 }, (_, index) => ({ ...run!, id: `run-${index}`, pass: index < passes })),
    criteria: [{ ...missed, pass: false, verdict: "fail" }],
  };
  const samples: Samples = {
    seeds: [42],
    design: { composite: [composite], effectiveMonthlyUsd: [monthlyUsd] },
    scenarios: [],
  };
  return { label, result, samples };
}

/** A design whose runs showed something else with each seed, from 42 on; a cost may be given for each. */
export function measuredDesign(
  file: string,
  seeds: readonly (readonly RunSketch[])[],
  monthlyUsd?: readonly number[],
): JudgedDesign {
  const ids = [...new Set(seeds.flat().map(({ id = "baseline" }) => scenarioOfRun(id)))];
  const scenarios = ids.map((id) => ({ id, kind: "baseline" as const }));
  const invariants = ["no-lost-charge", "no-leak"];
  const model = buildModel({ ...checkoutSketch(), problem: { scenarios, invariants } });
  const results = seeds.map((runs, index) => {
    const seed = 42 + index;
    const own = { ...context, seeds: [seed], canvas: { ...context.canvas, file } };
    const result = judge(
      model,
      runs.map((run) => buildRun({ ...run, seed })),
      own,
    );
    const effectiveMonthlyUsd = monthlyUsd?.[index] ?? result.cost.effectiveMonthlyUsd;
    return { ...result, cost: { ...result.cost, effectiveMonthlyUsd } };
  });
  return designOf(combineSeeds(model.problem, results, "interval"), { samples: samplesOf(model.problem, results) });
}
