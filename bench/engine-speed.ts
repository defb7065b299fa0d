import { readFileSync } from "node:fs";
import type { BehaviorSpec, Canvas, Component } from "../src/canvas/canvas.js";
import { compile } from "../src/compile/compile.js";
import type { Problem } from "../src/problem/problem.js";
import { simulate } from "../src/scenarios/simulate.js";
import { EventQueue } from "../src/sim/event-queue.js";
import { median } from "./median.js";

/** Rates and capacities of the checkout, times this. */
const scale = 100;
const rounds = 7;
const bareEvents = 4_000_000;
/** Events pending at one time in the scaled run: 2,000/s × 0.35 s in flight, and the waits. */
const pendingEvents = 1_000;

export interface EngineSpeed {
  readonly eventsPerS: number;
  readonly bareEventsPerS: number;
  readonly ratio: number;
  readonly eventsPerIntent: number;
}

/**
 * The reference checkout's baseline at 100 × the rate, against a loop that only pushes to and pops from the same event
 * queue. Both run in turn in this process after a warm-up; figures are medians, the ratio is the median of pairs.
 */
export function measureEngineSpeed(): EngineSpeed {
  const model = compile(scaledCanvas(), scaledProblem());
  const pairs = Array.from({ length: rounds + 1 }, (_, round) => {
    const started = performance.now();
    const [run] = simulate(model, { seed: round });
    const engine = (1000 * run!.events) / (performance.now() - started);
    return { engine, bare: bareLoop(), eventsPerIntent: run!.events / run!.metrics.offered };
  }).slice(1);
  return {
    eventsPerS: median(pairs.map((pair) => pair.engine)),
    bareEventsPerS: median(pairs.map((pair) => pair.bare)),
    ratio: median(pairs.map((pair) => pair.engine / pair.bare)),
    eventsPerIntent: median(pairs.map((pair) => pair.eventsPerIntent)),
  };
}

function bareLoop(): number {
  const queue = new EventQueue();
  let state = 123_456_789;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < pendingEvents; i++) queue.push(uniform() * 1000, i);
  const started = performance.now();
  for (let i = 0; i < bareEvents; i++) {
    const payload = queue.pop();
    queue.push(queue.time + uniform() * 1000, payload);
  }
  return (1000 * bareEvents) / (performance.now() - started);
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

function scaledProblem(): Problem {
  const problem = read<Problem>("problems/chini-002-checkout.json");
  const provider = problem.roles?.["payment-provider"] as { readonly ratePerS: number };
  return {
    ...problem,
    roles: { ...problem.roles, "payment-provider": { ...provider, ratePerS: provider.ratePerS * scale } },
    workload: { ...problem.workload, ratePerS: problem.workload.ratePerS! * scale },
    scenarios: problem.scenarios.filter((scenario) => scenario.kind === "baseline"),
  };
}

const scaledParameters = new Set(["rps", "burst", "releaseRps", "capacity"]);

function scaledCanvas(): Canvas {
  const canvas = read<Canvas>("canvases/chini-002-checkout/reference.json");
  return { ...canvas, components: canvas.components.map(scaledComponent) };
}

function scaledComponent(component: Component): Component {
  if (component.behavior === undefined) return component;
  const entries = Object.entries(component.behavior).map(([name, value]) => [
    name,
    scaledParameters.has(name) && typeof value === "number" ? value * scale : value,
  ]);
  return { ...component, behavior: Object.fromEntries(entries) as BehaviorSpec };
}
