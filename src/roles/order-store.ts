import type { Effect } from "../sim/behaviour.js";
import { Reply } from "../sim/outcome.js";
import { Hazard } from "./ground-truth.js";
import { Guard } from "./guard.js";
import type { Role, RoleContext } from "./role.js";

const operations = ["create", "confirm", "fail"] as const;
const create = operations.indexOf("create");

/** Writes an order for each call that passes, unless its guard knows the key. */
class OrderStore implements Effect {
  readonly ownsErrors = false;
  private readonly guard: Guard | null;

  constructor(private readonly context: RoleContext) {
    const { engine, records, station, idempotency } = context;
    const guarded = (idempotency.key ?? "none") !== "none";
    this.guard = guarded ? new Guard(engine, records, station.spec.index, idempotency) : null;
    if (this.guard !== null) {
      engine.observers.add(this.guard);
      context.unknownRows.addStore(station.spec.index);
    }
  }

  admit(_call: number): boolean {
    return true;
  }

  perform(call: number): boolean {
    const { engine, truth } = this.context;
    const { calls } = engine;
    const intent = calls.intent[call]!;
    if (this.context.goalOperation === calls.operation[call]) calls.carried[call]! |= Reply.goal;
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

  turnedAway(_call: number): void {}
}

export const orderStore: Role = {
  name: "order-store",
  operations,
  external: false,
  create: (context) => new OrderStore(context),
};
