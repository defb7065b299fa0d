import { none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { Outcome } from "../sim/outcome.js";
import { readLagMs } from "./guard.js";
import { keyOf } from "./key.js";
import type { Role, RoleContext } from "./role.js";
import { ServedEffect } from "./served-effect.js";

/** States of an event under its key: being handed on, or answered ok. */
const Event = { taken: 1, answered: 2 } as const;

/**
 * Receives the provider's events and hands them on. With an `idempotency.key` it acknowledges what it has answered ok
 * before and hands it on no more; what failed further on is taken again, for the provider sends it again.
 */
class Webhook extends ServedEffect {
  private readonly lagMs: number;

  constructor(private readonly context: RoleContext) {
    super();
    this.lagMs = readLagMs(context.idempotency);
  }

  perform(call: number): boolean {
    const { engine } = this.context;
    if (!this.isKnown(call)) return true;
    if (engine.tracer !== null) engine.trace(call, "event known: acknowledged and not handed on");
    engine.frames.pass(call, Outcome.ok, engine.calls.carried[call]!);
    return false;
  }

  private isKnown(call: number): boolean {
    const { engine, records, station, idempotency } = this.context;
    const item = engine.calls.item[call]!;
    const intent = engine.calls.intent[call]!;
    const key = keyOf(engine.intents, item, idempotency.key ?? "none", "request");
    if (key === 0) return false;
    const record = records.find(intent, station.spec.index, key);
    if (record !== none) {
      return records.state[record] === Event.answered && records.writtenMs[record]! + this.lagMs <= engine.now;
    }
    const taken = records.add(intent, station.spec.index, key);
    records.state[taken] = Event.taken;
    records.holder[taken] = item;
    return false;
  }
}

/** An event was answered ok: its receiver knows it from now on. */
export function noteAnswered(engine: Engine, receiver: number, item: number): void {
  const { records, intents, now } = engine;
  const intent = intents.itemIntent[item]!;
  for (let record = records.firstOf(intent); record !== none; record = records.after(record)) {
    if (records.owner[record] !== receiver || records.holder[record] !== item) continue;
    if (records.state[record] === Event.answered) continue;
    records.state[record] = Event.answered;
    records.writtenMs[record] = now;
  }
}

export const webhook: Role = {
  name: "webhook",
  operations: ["receive"],
  external: false,
  optional: true,
  create: (context) => new Webhook(context),
};
