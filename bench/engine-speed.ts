import { compile } from "../src/compile/compile.js";
import { simulate } from "../src/scenarios/simulate.js";
import { bareLoop } from "./bare-loop.js";
import { chain, checkout, type Design, multiServer, undisturbed } from "./designs.js";
import { measureSpeeds, type Speed, type Work } from "./harness.js";

/** A simulation beside the bare loop with as many events pending. */
export interface Ratio {
  readonly engine: Speed;
  readonly bare: Speed;
  readonly ratio: number;
}

/** Simulates a design with all measurements on, as `run` does. */
function simulation(name: string, { canvas, problem }: Design): Work {
  const model = compile(canvas, problem);
  return { name, run: () => simulate(model, { seed: 42 }).reduce((sum, run) => sum + run.events, 0) };
}

/** Each design against the bare loop at its own number of pending events. */
export async function measureRatios(): Promise<readonly Ratio[]> {
  const designs: readonly (readonly [name: string, pending: number, design: Design])[] = [
    ["M/M/1, a million customers", 2, multiServer(1)],
    ["M/M/8, a million customers", 7, multiServer(8)],
    // 2,000/s × 0.35 s in flight, and the waits.
    ["chini-002 reference, baseline at 100 × the rate", 1000, undisturbed(checkout(100))],
  ];
  const ratios: Ratio[] = [];
  for (const [name, pending, design] of designs) {
    const [bare, engine] = await measureSpeeds([bareLoop(pending), simulation(name, design)]);
    if (bare !== undefined && engine !== undefined) {
      ratios.push({ engine, bare, ratio: engine.eventsPerS / bare.eventsPerS });
    }
  }
  return ratios;
}

export function measureQueue(): Promise<readonly Speed[]> {
  return measureSpeeds([2, 100, 10_000, 500_000].map(bareLoop));
}

/** Every scenario of the reference, by itself. */
export function measureScenarios(): Promise<readonly Speed[]> {
  const { canvas, problem } = checkout(1);
  return measureSpeeds(
    problem.scenarios.map((scenario) =>
      simulation(scenario.id, { canvas, problem: { ...problem, scenarios: [scenario] } }),
    ),
  );
}

/** Time against the rate, and against the number of components; growth is linear when events per second stay. */
export async function measureGrowth(): Promise<readonly Speed[]> {
  const rates = [1, 10, 100].map((scale) => simulation(`rate × ${scale}`, undisturbed(checkout(scale))));
  const sizes = [4, 12, 50, 200].map((size) => simulation(`${size} components`, chain(size)));
  return measureSpeeds([...rates, ...sizes]);
}
