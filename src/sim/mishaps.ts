import { CallState, none } from "./calls.js";
import type { Draws } from "./draws.js";
import type { Engine } from "./engine.js";
import { EventKind, payloadOf } from "./event-kind.js";
import type { Edge } from "./station.js";

/** A message that is delivered twice comes again within this time. */
const repeatedWithinMs = 200;

/**
 * What befalls messages between systems and shows in no answer. One is never sent, for its sender died between two
 * writes; or it is delivered twice, for a relay that delivers at least once died before it noted the delivery.
 */
export class Mishaps {
  private readonly skips: Draws;
  private readonly repeats: Draws;

  constructor(private readonly engine: Engine) {
    this.skips = engine.options.streams.stream("connections/skip");
    this.repeats = engine.options.streams.stream("connections/repeat");
  }

  /** Before a call is sent. True when it is not: its caller goes on as after an ok. */
  strike(call: number, edge: Edge): boolean {
    const { engine } = this;
    if (edge.skipRate > 0 && this.skips.next() < edge.skipRate) {
      if (engine.tracer !== null) engine.trace(call, "never sent: its sender died between two writes");
      engine.observers.skipped(engine.calls.intent[call]!);
      engine.frames.skip(call);
      return true;
    }
    if (edge.repeatRate > 0 && this.repeats.next() < edge.repeatRate) this.repeat(call, edge);
    return false;
  }

  private repeat(call: number, edge: Edge): void {
    const { engine } = this;
    const { calls } = engine;
    const copy = engine.takeCall(edge.to, none, calls.intent[call]!, calls.item[call]!, calls.operation[call]!);
    calls.state[copy] = CallState.inTransit;
    if (engine.tracer !== null) engine.trace(copy, "delivered twice");
    engine.queue.push(engine.now + this.repeats.next() * repeatedWithinMs, payloadOf(EventKind.arrive, copy));
  }
}
