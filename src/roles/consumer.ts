import type { Effect } from "../sim/behaviour.js";
import { none } from "../sim/calls.js";
import { IntentFlag } from "../sim/intents.js";
import { Outcome } from "../sim/outcome.js";
import { Hazard } from "./ground-truth.js";
import { readLagMs } from "./guard.js";
import { keyOf } from "./key.js";
import type { Role, RoleContext } from "./role.js";

/**
 * Applies each event it gets (points, a ticket in the kitchen), unless it knows the event's key. An event that says
 * declined is taken note of and applies nothing.
 */
class Consumer implements Effect {
  readonly ownsErrors = false;
  private readonly number: number;
  private readonly lagMs: number;

  constructor(private readonly context: RoleContext) {
    const { idempotency, truth } = context;
    this.number = truth.addConsumer();
    this.lagMs = readLagMs(idempotency);
  }

  admit(_call: number): boolean {
    return true;
  }

  perform(call: number): boolean {
    const { engine, truth } = this.context;
    const intent = engine.calls.intent[call]!;
    if (engine.intents.is(intent, IntentFlag.declined)) return true;
    const again = truth.applied(intent, this.number) > 0;
    if (again) truth.meet(intent, Hazard.eventRepeated);
    if (this.isKnown(call, intent)) {
      if (engine.tracer !== null) engine.trace(call, "event known: not applied again");
      engine.frames.pass(call, Outcome.ok, engine.calls.carried[call]!);
      return false;
    }
    truth.apply(intent, this.number);
    if (engine.tracer !== null) engine.trace(call, `applied (${truth.applied(intent, this.number)} for this intent)`);
    return true;
  }

  /** Whether the event's key has been seen; notes it when it has not. */
  private isKnown(call: number, intent: number): boolean {
    const { engine, records, station, idempotency } = this.context;
    // An intent has one final event, so the event's key is the intent's.
    const key = keyOf(engine.intents, engine.calls.item[call]!, idempotency.key, "intent");
    if (key === 0) return false;
    const record = records.find(intent, station.spec.index, key);
    if (record === none) {
      records.add(intent, station.spec.index, key);
      return false;
    }
    return records.writtenMs[record]! + this.lagMs <= engine.now;
  }

  turnedAway(_call: number): void {}
}

export const consumer: Role = {
  name: "consumer",
  operations: ["apply"],
  external: false,
  create: (context) => new Consumer(context),
};
