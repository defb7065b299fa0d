import { readFileSync } from "node:fs";
import type { Canvas, Component } from "../src/canvas/canvas.js";
import { scaledCanvas } from "../src/canvas/scale.js";
import type { Problem } from "../src/problem/problem.js";
import { scaledProblem } from "../src/problem/scale.js";

/** A design and what it is run on. */
export interface Design {
  readonly canvas: Canvas;
  readonly problem: Problem;
}

export const referenceFile = "canvases/chini-002-checkout/reference.json";

/** M/M/c at ρ = 0.8 with so many customers on average: Poisson arrivals, exponential services of 10 ms, no limits. */
export function multiServer(servers: number, customers = 1_000_000): Design {
  const serviceMs = 10;
  const ratePerS = (0.8 * servers * 1000) / serviceMs;
  return {
    canvas: {
      components: [
        { id: "people", type: "person" },
        {
          id: "desk",
          type: "storage",
          service: {
            timeMs: { dist: "exponential", meanMs: serviceMs },
            concurrency: servers,
            queueLimit: 1_000_000_000,
          },
        },
      ],
      connections: [{ from: "people", to: "desk" }],
    },
    problem: {
      id: "queueing",
      title: "A queueing network",
      workload: { ratePerS, durationMs: (1000 * customers) / ratePerS, drainMs: 1_000_000 },
      scenarios: [{ id: "baseline", kind: "baseline" }],
    },
  };
}

/** A chain of `components` steps, 1 ms each. */
export function chain(components: number): Design {
  const ids = Array.from({ length: components }, (_, index) => `step-${index}`);
  return {
    canvas: {
      components: [
        { id: "people", type: "person" },
        ...ids.map((id): Component => ({ id, type: "storage", service: { timeMs: 1, concurrency: 8 } })),
      ],
      connections: ids.map((id, index) => ({ from: index === 0 ? "people" : `step-${index - 1}`, to: id })),
    },
    problem: {
      id: "chain",
      title: "A chain",
      workload: { ratePerS: 200, durationMs: (200_000 * 10) / components },
      scenarios: [{ id: "baseline", kind: "baseline" }],
    },
  };
}

/** The reference checkout at so many times its load; all of its scenarios. */
export function checkout(factor: number): Design {
  const problem = read<Problem>("problems/chini-002-checkout.json");
  const canvas = read<Canvas>(referenceFile);
  return { canvas: scaledCanvas(canvas, factor), problem: scaledProblem(problem, factor) };
}

/** The design with its baseline only. */
export function undisturbed({ canvas, problem }: Design): Design {
  return { canvas, problem: { ...problem, scenarios: problem.scenarios.filter(({ kind }) => kind === "baseline") } };
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}
