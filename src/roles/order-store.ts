import type { Effect } from "../sim/behaviour.js";
import { Hazard } from "./ground-truth.js";
import { Guard } from "./guard.js";
import type { Role, RoleContext } from "./role.js";

/** Writes an order for each call that passes, unless its guard knows the key. */
class OrderStore implements Effect {
  readonly ownsErrors = false;
  private readonly guard: Guard | null;

  constructor(private readonly context: RoleContext) {
    const { engine, records, station, idempotency } = context;
    const guarded = (idempotency.key ?? "none") !== "none";
    this.guard = guarded ? new Guard(engine, records, station.spec.index, idempotency) : null;
    if (this.guard !== null) engine.observers.push(this.guard);
  }

  admit(_call: number): boolean {
    return true;
  }

  perform(call: number): boolean {
    const { engine, truth } = this.context;
    const intent = engine.calls.intent[call]!;
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
  operations: ["create", "confirm", "fail"],
  external: false,
  create: (context) => new OrderStore(context),
};
