import { Outcome } from "../sim/outcome.js";
import type { Relay, Role, RoleContext } from "./role.js";
import { ServedEffect } from "./served-effect.js";

/**
 * Relays a store's changes: what it has taken in it has written down, and every consumer gets it, at least once and
 * without waiting for the others.
 */
class Outbox extends ServedEffect {
  private readonly relay: Relay;

  constructor(private readonly context: RoleContext) {
    super();
    this.relay = context.relay(context.station.spec.success);
  }

  perform(call: number): boolean {
    const { engine } = this.context;
    this.relay.publish(engine.calls.intent[call]!);
    engine.frames.pass(call, Outcome.ok, engine.calls.carried[call]!);
    return false;
  }
}

export const outbox: Role = {
  name: "outbox",
  operations: ["publish"],
  external: false,
  create: (context) => new Outbox(context),
};
