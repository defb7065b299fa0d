import { Passthrough } from "../components/passthrough.js";
import { CallFlag, CallState, none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { type IntentColumns, IntentFlag } from "../sim/intents.js";
import type { Station } from "../sim/station.js";
import type { TimerLane } from "../sim/timer-lane.js";
import { widen } from "../sim/widen.js";
import type { Client } from "./client.js";
import type { Poller } from "./poller.js";

/**
 * Sends the request of an accepted intent again when its client has not been shown its end for so long. Where the
 * client polls, it is shown by a poll; elsewhere with the intent's becoming final. A request that is still to be sent
 * again is a planned try: it keeps its intent open.
 */
export class Resubmitter extends Passthrough implements IntentColumns {
  private lane!: TimerLane;
  /** By intent: the frame of the request to come. */
  private planned = new Int32Array(0);

  constructor(
    engine: Engine,
    station: Station,
    private readonly client: Client,
    private readonly poller: Poller | null,
    private readonly afterMs: number,
    /** Most times per intent, 1 at least. */
    private readonly most: number,
  ) {
    super(engine, station);
  }

  override start(): void {
    this.lane = this.engine.lane(this.afterMs);
  }

  reserve(capacity: number): void {
    this.planned = widen(this.planned, capacity);
  }

  open(intent: number): void {
    this.planned[intent] = none;
  }

  accepted(intent: number): void {
    const { engine } = this;
    if (engine.intents.isFinal(intent) || engine.intents.is(intent, IntentFlag.hostile)) return;
    const frame = engine.takeCall(this.station.spec.index, none, intent, none, 0);
    engine.calls.flags[frame]! |= CallFlag.counted;
    engine.calls.mark[frame] = this.most;
    this.plan(frame, intent);
  }

  private plan(frame: number, intent: number): void {
    this.planned[intent] = frame;
    this.engine.calls.state[frame] = CallState.sleeping;
    this.engine.setTimer(frame, this.lane);
  }

  override timeout(frame: number): void {
    const { engine, client } = this;
    const { calls } = engine;
    const intent = calls.intent[frame]!;
    engine.clearTimer(frame);
    this.planned[intent] = none;
    if (engine.tracer !== null) engine.trace(frame, `not shown final within ${this.afterMs / 1000} s: asks again`);
    if (--calls.mark[frame]! > 0) {
      this.plan(frame, intent);
      client.requestAgain(intent);
    } else {
      client.requestAgain(intent);
      engine.releaseCall(frame);
    }
  }

  confirmed(intent: number): void {
    this.becameFinal(intent);
  }

  declined(intent: number): void {
    this.becameFinal(intent);
  }

  private becameFinal(intent: number): void {
    if (this.poller === null || !this.poller.polls(intent)) this.shown(intent);
  }

  /** The client knows how the intent ended: nothing is to be sent again. */
  shown(intent: number): void {
    const frame = this.planned[intent]!;
    if (frame === none) return;
    this.planned[intent] = none;
    this.engine.clearTimer(frame);
    this.engine.releaseCall(frame);
  }
}
