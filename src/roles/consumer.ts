import { Outcome } from "../sim/outcome.js";
import { Hazard } from "./ground-truth.js";
import type { Role, RoleContext } from "./role.js";
import { SeenEvents } from "./seen-events.js";
import { ServedEffect } from "./served-effect.js";

/**
 * Applies each event it gets (points, a ticket in the kitchen), unless it knows the event's key. An event that says
 * declined is taken note of and applies nothing.
 */
class Consumer extends ServedEffect {
  private readonly number: number;
  private readonly seen: SeenEvents;

  constructor(private readonly context: RoleContext) {
    super();
    this.number = context.truth.addConsumer();
    this.seen = new SeenEvents(context);
  }

  perform(call: number): boolean {
    const { engine, truth } = this.context;
    const intent = engine.calls.intent[call]!;
    if (engine.intents.isDeclined(intent)) return true;
    const again = truth.applied(intent, this.number) > 0;
    if (again) truth.meet(intent, Hazard.eventRepeated);
    if (this.seen.isKnown(call, 0)) {
      if (engine.tracer !== null) engine.trace(call, "event known: not applied again");
      engine.frames.pass(call, Outcome.ok, engine.calls.carried[call]!);
      return false;
    }
    truth.apply(intent, this.number);
    if (engine.tracer !== null) engine.trace(call, `applied (${truth.applied(intent, this.number)} for this intent)`);
    return true;
  }
}

export const consumer: Role = {
  name: "consumer",
  operations: ["apply"],
  external: false,
  create: (context) => new Consumer(context),
};
