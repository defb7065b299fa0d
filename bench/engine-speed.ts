import { compile } from "../src/compile/compile.js";
import { simulate } from "../src/scenarios/simulate.js";
import { bareLoop, bareQueue, rivals } from "./bare-loop.js";
import { chain, checkout, type Design, multiServer, undisturbed } from "./designs.js";
import { handWrittenQueue } from "./hand-written.js";
import { measureSpeeds, type Speed, type Work } from "./harness.js";

/** A simulation beside the bare loop with as many events pending. */
export interface Ratio {
  readonly engine: Speed;
  readonly bare: Speed;
  /** Events per second of the engine ÷ those of the bare loop. */
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
    // The mean of what its queue held: 2,000/s × 0.35 s in flight, and a timer per timeout.
    ["chini-002 reference, baseline at 100 × the rate", 725, undisturbed(checkout(100))],
  ];
  const ratios: Ratio[] = [];
  for (const [name, pending, design] of designs) {
    const [bare, engine] = await measureSpeeds([bareLoop(pending), simulation(name, design)]);
    if (bare !== undefined && engine !== undefined) {
      ratios.push({ engine, bare, ratio: engine.eventsPerS / bare.eventsPerS });
    }
  }
  const [byHand] = await measureSpeeds([handWrittenQueue(1_000_000, 0.8, 10)]);
  const [mm1] = ratios;
  if (mm1 !== undefined && byHand !== undefined) {
    ratios.push({ engine: mm1.engine, bare: byHand, ratio: mm1.engine.eventsPerS / byHand.eventsPerS });
  }
  return ratios;
}

const pendings = [2, 100, 10_000, 500_000];

export function measureQueue(): Promise<readonly Speed[]> {
  return measureSpeeds([...pendings.map(bareQueue), ...pendings.map(bareLoop)]);
}

/** The engine's queue beside others, with few, some and many events pending. */
export function measureRivals(): Promise<readonly Speed[]> {
  return measureSpeeds([2, 100, 1000, 100_000].flatMap(rivals), 5);
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
