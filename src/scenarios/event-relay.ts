import { Passthrough } from "../components/passthrough.js";
import { CallFlag, none } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import { isFailure, type Outcome } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import type { TimerLane } from "../sim/timer-lane.js";

/** An event goes out within this time. */
const sentWithinMs = 200;
/** An event that is not acknowledged within this time is sent again. */
const acknowledgedWithinMs = 30_000;
/** An event that was refused is sent again after this time. */
const refusedWaitMs = 1_000;

/**
 * Hands events on, and forgets none: each connection gets each event, again and again until it is acknowledged, and
 * waits for no other. A store's changes and an outbox work so.
 */
export class EventRelay extends Passthrough {
  private readonly delays: Draws;
  private lane!: TimerLane;

  constructor(engine: Engine, station: Station) {
    super(engine, station);
    this.delays = station.spec.stream(`${station.spec.id}/delay`);
  }

  override start(): void {
    this.lane = this.engine.lane(acknowledgedWithinMs);
  }

  publish(intent: number): void {
    const { calls, intents } = this.engine;
    for (let edge = 0; edge < this.station.spec.success.length; edge++) {
      const event = this.engine.takeCall(this.station.spec.index, none, intent, intents.newestItem(intent), 0);
      calls.flags[event] = CallFlag.counted;
      calls.mark[event] = edge;
      this.engine.sleep(event, this.delays.next() * sentWithinMs);
    }
  }

  override wake(event: number): void {
    const { engine } = this;
    engine.setTimer(event, this.lane);
    if (engine.tracer !== null) engine.traceRoutine(event, "event sent");
    engine.routes.forwardAlong(event, this.station.spec.success[engine.calls.mark[event]!]!);
  }

  override reply(event: number, outcome: Outcome, _reply: number): void {
    this.engine.clearTimer(event);
    if (isFailure(outcome)) this.engine.sleep(event, refusedWaitMs);
    else this.engine.releaseCall(event);
  }

  override timeout(event: number): void {
    const { engine } = this;
    if (engine.tracer !== null) engine.trace(event, "event not acknowledged within 30 s: sent again");
    engine.clearTimer(event);
    engine.frames.giveUp(event);
    this.wake(event);
  }
}
