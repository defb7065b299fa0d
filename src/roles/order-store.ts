import { Outcome, Reply } from "../sim/outcome.js";
import { Charge } from "./charge-record.js";
import { Hazard } from "./ground-truth.js";
import { Guard } from "./guard.js";
import type { Role, RoleContext } from "./role.js";
import { ServedEffect } from "./served-effect.js";

const operations = ["create", "confirm", "fail", "record"] as const;
const create = operations.indexOf("create");
const record = operations.indexOf("record");

/** Writes an order for each call that passes, unless its guard knows the key. */
class OrderStore extends ServedEffect {
  private readonly guard: Guard | null;

  constructor(private readonly context: RoleContext) {
    super();
    const { engine, records, station, idempotency } = context;
    const guarded = (idempotency.key ?? "none") !== "none";
    this.guard = guarded ? new Guard(engine, records, station.spec.index, idempotency, context.truth) : null;
    if (this.guard !== null) {
      engine.observers.add(this.guard);
      context.unknownRows.addStore(station.spec.index, this.guard);
    }
  }

  perform(call: number): boolean {
    const { engine, truth } = this.context;
    const { calls } = engine;
    const intent = calls.intent[call]!;
    if (this.context.goalOperation === calls.operation[call]) calls.carried[call]! |= Reply.goal;
    if (calls.operation[call] === record) {
      this.record(call);
      return false;
    }
    // To confirm an order, or to mark it failed, makes none and asks no guard.
    if (calls.operation[call] !== create) return true;
    if (++truth.storeVisits[intent]! > 1) truth.meet(intent, Hazard.storedTwice);
    const entry = this.guard === null ? "new" : this.guard.enter(call);
    if (entry === "new") {
      truth.orders[intent]!++;
      if (engine.tracer !== null) engine.trace(call, `order row written (${truth.orders[intent]} for this intent)`);
    }
    return entry !== "answered";
  }

  /** Writes down what the call's item reports, and learns from it; there is nothing further to call for that. */
  private record(call: number): void {
    const { engine } = this.context;
    const { calls, intents } = engine;
    const item = calls.item[call]!;
    const report = intents.itemReport[item]!;
    const news = report !== 0 && (this.guard === null || this.guard.record(item));
    if (engine.tracer !== null) engine.trace(call, news ? "report recorded" : "report changes nothing");
    if (news && report === Charge.declined) engine.knowledge.learnDecline(calls.intent[call]!);
    else if (news && report === Charge.succeeded && this.context.chargeIsGoal) {
      engine.knowledge.learn(calls.intent[call]!);
    }
    engine.frames.pass(call, Outcome.ok, calls.carried[call]!);
  }
}

export const orderStore: Role = {
  name: "order-store",
  operations,
  external: false,
  create: (context) => new OrderStore(context),
};
