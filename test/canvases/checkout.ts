import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Model } from "../../src/compile/model.js";
import type { Problem } from "../../src/problem/problem.js";
import type { ComponentMeasurement, Metrics, ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { simulate } from "../../src/scenarios/simulate.js";

function load<T>(path: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8")) as T;
}

const problem = load<Problem>("problems/chini-002-checkout.json");

export const seeds: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
export const scenarioIds = [
  "baseline",
  "flash-sale",
  "payment-slow",
  "payment-outage:blackhole",
  "payment-outage:failfast",
] as const;
export type ScenarioId = (typeof scenarioIds)[number];

/** One canvas on every seed, each simulated once, when first asked for. */
export class Trial {
  readonly model: Model;
  private readonly runs = new Map<number, readonly ScenarioMeasurement[]>();

  constructor(name: string) {
    this.model = compile(load<Canvas>(`canvases/chini-002-checkout/${name}.json`), problem);
  }

  all(seed: number): readonly ScenarioMeasurement[] {
    const known = this.runs.get(seed) ?? simulate(this.model, { seed });
    this.runs.set(seed, known);
    return known;
  }

  at(seed: number, id: ScenarioId): ScenarioMeasurement {
    return this.all(seed).find((run) => run.id === id)!;
  }

  metrics(seed: number, id: ScenarioId): Metrics {
    return this.at(seed, id).metrics;
  }

  violations(seed: number, id: ScenarioId, invariant: string): number {
    return this.at(seed, id).invariants.find((entry) => entry.id === invariant)!.violations;
  }

  part(seed: number, id: ScenarioId, component: string): ComponentMeasurement {
    return this.at(seed, id).components.find((entry) => entry.id === component)!;
  }

  /** Violations over all seeds and the number of intents offered. */
  pooled(id: ScenarioId, invariant: string): { readonly count: number; readonly offered: number } {
    return {
      count: seeds.reduce((sum, seed) => sum + this.violations(seed, id, invariant), 0),
      offered: seeds.reduce((sum, seed) => sum + this.metrics(seed, id).offered, 0),
    };
  }
}

/** No invariant of the list is broken in any scenario (or in those given). */
export function expectHeld(
  trial: Trial,
  seed: number,
  invariants: readonly string[],
  ids = scenarioIds as readonly ScenarioId[],
): void {
  const broken = ids.flatMap((id) =>
    invariants.map((invariant) => `${id} ${invariant} ${trial.violations(seed, id, invariant)}`),
  );
  expect(broken.filter((line) => !line.endsWith(" 0"))).toEqual([]);
}

/** Everything is delivered: nothing pending, nothing dropped, no error. */
export function expectDelivered(metrics: Metrics): void {
  const { offered, accepted, delivered, dropped, pending } = metrics;
  expect(offered).toBeGreaterThan(3000);
  expect({ accepted, delivered, dropped, pending }).toEqual({
    accepted: offered,
    delivered: offered,
    dropped: 0,
    pending: 0,
  });
}

/** A count of a binomial with chance p lies within 4 σ; `extra` is an independent Poisson mean on top. */
export function expectCount(count: number, n: number, p: number, extra = 0): void {
  expect(Math.abs(count - (n * p + extra))).toBeLessThan(4 * Math.sqrt(n * p * (1 - p) + extra));
}

export const gated = ["no-double-charge", "no-duplicate-order", "no-lost-charge", "nothing-stuck"] as const;
