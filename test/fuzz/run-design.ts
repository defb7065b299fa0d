import type { Canvas } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Model } from "../../src/compile/model.js";
import type { Problem } from "../../src/problem/problem.js";
import { scenarioKinds } from "../../src/scenarios/index.js";
import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { type FinishedRun, runPlan, workloadOf } from "../../src/scenarios/run.js";
import { simulate } from "../../src/scenarios/simulate.js";

/** Runs beyond these are cut off: a random design may feed itself. */
const limits = { maxEvents: 60_000, maxCalls: 20_000 };

interface DesignRun {
  readonly model: Model;
  readonly measurements: readonly ScenarioMeasurement[];
}

/** Compiles a design and simulates all scenarios. Conservation and Little's law are asserted within. */
export function runDesign(canvas: Canvas, problem: Problem, seed = 1): DesignRun {
  const model = compile(canvas, problem);
  return { model, measurements: simulate(model, { seed, limits }) };
}

/** The first run of the first scenario, with its engine: a test may look at what it left behind. */
export function runFirst(canvas: Canvas, problem: Problem): FinishedRun {
  const model = compile(canvas, problem);
  const [scenario] = problem.scenarios;
  const arrivals = { startMs: 0, endMs: workloadOf(model, scenario!).durationMs };
  const [plan] = scenarioKinds.get(scenario!.kind)!.plans(scenario!, arrivals);
  return runPlan(model, scenario!, plan!, 1, limits, null);
}
