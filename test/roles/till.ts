import type { Component, Connection, IdempotencySpec } from "../../src/canvas/canvas.js";
import type { Problem, WorkloadSpec } from "../../src/problem/problem.js";
import { CallFlag, none } from "../../src/sim/calls.js";
import type { Engine } from "../../src/sim/engine.js";
import { type Network, person, type Rest, step, storage } from "../components/network.js";

/** A step that the till takes: `lock acquire`, `stock commit`, or a component alone. */
type Step = string;

export interface Till {
  readonly steps: readonly Step[];
  readonly lock?: IdempotencySpec;
  readonly stock?: IdempotencySpec;
  readonly units?: Problem["roles"];
  /** Other components, by id: a payment that takes time or fails. */
  readonly others?: readonly Component[];
  readonly till?: Rest;
  readonly workload?: Partial<WorkloadSpec>;
  readonly seed?: number;
}

/** buyer → till, which takes its steps one after another; an ok at the client confirms. */
export function tillOf({ steps, lock = {}, stock = {}, units, others = [], till, workload = {}, seed }: Till): Network {
  return {
    components: [
      person("buyer"),
      step("till", till ?? {}),
      storage("lock", { role: "lock", idempotency: lock }),
      storage("stock", { role: "inventory", idempotency: stock }),
      ...others,
    ],
    connections: ["buyer→till", ...steps.map(connectionOf)],
    roles: { inventory: {}, lock: {}, ...units },
    invariants: ["no-oversell", "no-leak"],
    workload,
    ...(seed === undefined ? {} : { seed }),
  };
}

function connectionOf(taken: Step, index: number): Connection {
  const [to = "", operation] = taken.split(" ");
  return { id: `${index} ${taken}`, from: "till", to, ...(operation === undefined ? {} : { operation }) };
}

const operations = {
  lock: ["acquire", "release"],
  stock: ["reserve", "commit", "release"],
} as const;

/** Sends a call of its own for the n-th intent, which must be open, under its newest item: what a zombie would do. */
export function ask(engine: Engine, serial: number, asked: string, unfenced = false): void {
  const [id = "", operation = ""] = asked.split(" ");
  const station = engine.stations.find(({ spec }) => spec.id === id)!.spec.index;
  const code = operations[id as "lock" | "stock"].indexOf(operation as never);
  engine.intents.forEachOpen((intent) => {
    if (engine.intents.serial[intent] !== serial) return;
    const call = engine.takeCall(station, none, intent, engine.intents.newestItem(intent), code);
    if (unfenced) engine.calls.flags[call]! |= CallFlag.unfenced;
    engine.service.arrive(call);
  });
}
