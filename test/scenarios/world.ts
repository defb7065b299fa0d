import type { Component, Connection } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Model } from "../../src/compile/model.js";
import type { Problem, ScenarioSpec, WorkloadSpec } from "../../src/problem/problem.js";
import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { simulate } from "../../src/scenarios/simulate.js";

/** A component that takes no time and always has a slot. */
export const instant = { timeMs: 0, concurrency: 1_000_000, queueLimit: 0 };

export const person: Component = { id: "person", type: "person" };

/** A server with one kind of service time, a number of slots and a waiting room. */
export function server(timeMs: number, concurrency = 1_000_000, queueLimit = 1_000_000): Component {
  return { id: "server", type: "storage", service: { timeMs, concurrency, queueLimit } };
}

export interface Setting {
  readonly components: readonly Component[];
  readonly connections?: readonly Connection[];
  readonly workload?: Partial<WorkloadSpec>;
  readonly scenarios?: readonly ScenarioSpec[];
  readonly roles?: Problem["roles"];
  readonly goal?: Problem["goal"];
}

/** No roles and no goal unless they are given: an ok at the client counts. A chain where no connections are given. */
export function modelOf(setting: Setting): Model {
  const { components } = setting;
  const chain = components.slice(1).map((component, index) => ({ from: components[index]!.id, to: component.id }));
  const problem: Problem = {
    id: "setting",
    title: "A setting",
    workload: { arrivals: "constant", ratePerS: 10, durationMs: 10_000, drainMs: 1_000_000, ...setting.workload },
    scenarios: setting.scenarios ?? [{ id: "baseline", kind: "baseline" }],
    ...(setting.roles === undefined ? {} : { roles: setting.roles }),
    ...(setting.goal === undefined ? {} : { goal: setting.goal }),
  };
  return compile({ components, connections: setting.connections ?? chain }, problem);
}

export function runAll(setting: Setting, seed = 1): readonly ScenarioMeasurement[] {
  return simulate(modelOf(setting), { seed });
}

export function runOne(setting: Setting, seed = 1): ScenarioMeasurement {
  return runAll(setting, seed)[0]!;
}

/** Sum of a course over the seconds [from, to). */
export function sum(course: readonly number[], from = 0, to = course.length): number {
  return course.slice(from, to).reduce((total, value) => total + value, 0);
}
