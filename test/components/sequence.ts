import type { Component, Connection, IdempotencySpec } from "../../src/canvas/canvas.js";
import type { Problem, ScenarioSpec, WorkloadSpec } from "../../src/problem/problem.js";
import { type Network, person, type Script, type Scripted, script, service, step, storage } from "./network.js";

/** A desk that takes its steps one after another; `undo` where a step has one. */
export interface Desk {
  /** `name` for a step that is undone, `name~` for one of which nothing needs undoing, `name!` for a pivot. */
  readonly steps?: readonly string[];
  readonly saga?: Component["saga"];
  readonly retry?: object;
  readonly idempotency?: IdempotencySpec;
  readonly workload?: Partial<WorkloadSpec>;
  readonly scenario?: ScenarioSpec;
  readonly sweeper?: object;
  readonly sweep?: "compensate" | "resume";
  readonly slots?: number;
  readonly invariants?: Problem["invariants"];
  readonly seed?: number;
}

/** One request at 500 ms, unless the workload says otherwise. */
export function deskOf(desk: Desk): Network {
  const { steps = ["a", "b", "c"], retry, saga } = desk;
  const names = steps.map((name) => name.replace(/[!~]$/, ""));
  const behavior = { mode: "retry", jitter: "none", backoffMs: 100, timeoutMs: 1000, maxAttempts: 1, ...retry };
  const places = [...new Set(names)].map((name) => storage(name));
  const sweeper: Component = {
    id: "sweeper",
    type: "trigger",
    behavior: { mode: "passthrough", everyMs: 10_000, ageMs: 25_000, ...desk.sweeper },
  };
  const parts: readonly Component[] = [
    ...(desk.sweeper === undefined ? [] : [person("crowd")]),
    step("desk", {
      service: service(0, desk.slots ?? 1_000_000),
      behavior,
      ...(saga === undefined ? {} : { saga }),
      ...(desk.idempotency === undefined ? {} : { idempotency: desk.idempotency }),
    }),
    ...places,
    ...(desk.sweeper === undefined ? [] : [sweeper]),
  ];
  const ways = steps.map(
    (name, index): Connection => ({
      id: `w${index}`,
      from: "desk",
      to: names[index]!,
      ...(name.endsWith("!") ? {} : { undo: name.endsWith("~") ? "none" : "cancel" }),
    }),
  );
  const into = { from: "sweeper", to: "desk", ...(desk.sweep === undefined ? {} : { operation: desk.sweep }) };
  return {
    components: parts,
    connections: desk.sweeper === undefined ? ways : ["crowd→desk", ...ways, into],
    workload: { ratePerS: 2, durationMs: 900, ...desk.workload },
    ...(desk.scenario === undefined ? {} : { scenario: desk.scenario }),
    ...(desk.invariants === undefined ? {} : { invariants: desk.invariants }),
    ...(desk.seed === undefined ? {} : { seed: desk.seed }),
  };
}

export interface Played extends Scripted {
  /** Visits in their order, as `a@500`, undoes as `-a@500`. */
  readonly course: readonly string[];
}

/** Runs the desk with scripted steps. */
export function play(desk: Desk, plan: Script = {}): Played {
  const network = deskOf(desk);
  const run = script(network, plan);
  const places = network.components.map(({ id }) => id).filter((id) => !["crowd", "desk", "sweeper"].includes(id));
  const course = places
    .flatMap((id) => run.visits(id).map((visit) => ({ ...visit, id })))
    .sort((a, b) => a.order - b.order)
    .map(({ id, atMs, undo }) => `${undo ? "-" : ""}${id}@${Math.round(atMs)}`);
  return { ...run, course };
}
