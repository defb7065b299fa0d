import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Canvas } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Model } from "../../src/compile/model.js";
import type { Problem } from "../../src/problem/problem.js";
import type { ComponentMeasurement, Metrics, ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { judge } from "../../src/scoring/judge.js";
import type { Result } from "../../src/scoring/result.js";
import { context } from "../scoring/fixtures.js";

function load<T>(path: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8")) as T;
}

/** A canvas of a benchmark problem, such as `reference` or `wrong/sync`; the problem may be changed for it. */
export function modelOf(problem: string, name: string, change: (problem: Problem) => Problem = (same) => same): Model {
  return compile(load<Canvas>(`canvases/${problem}/${name}.json`), change(load<Problem>(`problems/${problem}.json`)));
}

/** One canvas on one seed, judged; only the scenarios that are asked for. */
export class Trial {
  readonly result: Result;
  private readonly runs: readonly ScenarioMeasurement[];

  constructor(model: Model, seed: number, scenarios?: readonly string[]) {
    this.runs = simulate(model, { seed, scenarios });
    this.result = judge(model, this.runs, { ...context, seeds: [seed] });
  }

  get ids(): readonly string[] {
    return this.runs.map(({ id }) => id);
  }

  private at(id: string): ScenarioMeasurement {
    const found = this.runs.find((run) => run.id === id);
    if (found === undefined) throw new Error(`${id} was not run`);
    return found;
  }

  metrics(id: string): Metrics {
    return this.at(id).metrics;
  }

  part(id: string, component: string): ComponentMeasurement {
    const found = this.at(id).components.find((entry) => entry.id === component);
    if (found === undefined) throw new Error(`the canvas has no component ${component}`);
    return found;
  }

  violations(id: string, invariant: string): number {
    return this.at(id).invariants.find((entry) => entry.id === invariant)!.violations;
  }

  /** The steps of the first violation's trace. */
  story(id: string, invariant: string): readonly string[] {
    const [example] = this.at(id).invariants.find((entry) => entry.id === invariant)!.examples;
    return (example?.trace ?? []).map(({ where, what }) => `${where}: ${what}`);
  }

  exposure(invariant: string): number {
    const rows = this.result.invariants.filter(({ id }) => id === invariant);
    return rows.reduce((sum, row) => sum + row.exposure, 0);
  }

  /** What it fails: `scenario criterion`, and broken or untested invariants. */
  get failures(): readonly string[] {
    const { criteria, invariants } = this.result;
    return [
      ...criteria.filter(({ pass }) => !pass).map(({ scenario, id }) => `${scenario} ${id}`),
      ...invariants.filter(({ verdict }) => verdict !== "pass").map(({ scenario, id }) => `${scenario} ${id}`),
    ];
  }

  /** Why it fails a criterion. */
  cause(scenario: string, id: string): string {
    const found = this.result.criteria.find((one) => one.scenario === scenario && one.id === id);
    return found?.cause?.message ?? "";
  }

  /** Why it breaks an invariant; undefined when it does not. */
  invariantCause(scenario: string, id: string): string | undefined {
    const found = this.result.invariants.find((one) => one.scenario === scenario && one.id === id);
    return found?.cause?.message;
  }
}

/** The same trial on several seeds, each run once, when first asked for. */
export function bySeed(run: (seed: number) => Trial): (seed: number) => Trial {
  const trials = new Map<number, Trial>();
  return (seed) => {
    const trial = trials.get(seed) ?? run(seed);
    trials.set(seed, trial);
    return trial;
  };
}
