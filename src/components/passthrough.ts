import type { Behaviour } from "../sim/behaviour.js";
import type { Engine } from "../sim/engine.js";
import { Outcome } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import { mode } from "./mode.js";

/**
 * Takes the success edges as the component's kind does: one after another, or copies to all.
 * The other modes change what they need to.
 */
export class Passthrough implements Behaviour {
  constructor(
    protected readonly engine: Engine,
    protected readonly station: Station,
  ) {}

  start(): void {}

  admit(_call: number): Outcome {
    return Outcome.ok;
  }

  unused(_call: number): void {}

  forward(call: number): void {
    this.engine.routes.take(call);
  }

  forwardOrphan(_call: number): void {}

  reply(frame: number, outcome: Outcome, reply: number): void {
    const { routes, frames } = this.engine;
    if (!routes.advance(frame, outcome, reply)) frames.pass(frame, routes.outcome, routes.reply);
  }

  timeout(_frame: number): void {}

  wake(_call: number): void {}

  expired(_frame: number): void {}

  tick(): void {}

  refuses(): boolean {
    return false;
  }

  resume(): void {}
}

export const passthrough = mode({
  name: "passthrough",
  asynchronous: false,
  resolve: () => ({}),
  create: () => (engine, station) => new Passthrough(engine, station),
});
