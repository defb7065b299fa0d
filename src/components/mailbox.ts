import { CallFlag, CallState, none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { Line } from "../sim/line.js";
import { Outcome, Reply } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import { Passthrough } from "./passthrough.js";

/**
 * What the asynchronous boundaries share: taking a message in acknowledges the caller, messages wait first in, first
 * out, and a delivery starts with a fresh stack of frames. A message is a call record of its own that sleeps here and
 * becomes the frame of its delivery; `mark` counts its deliveries, `sinceMs` says since when it has waited.
 */
export abstract class Mailbox extends Passthrough {
  /** Messages that wait, and deliveries that are out as its busy servers. */
  protected readonly mail: Line;
  private first = none;
  private last = none;
  protected ready = 0;

  constructor(engine: Engine, station: Station, servers: number, room: number) {
    super(engine, station);
    this.mail = new Line(engine);
    station.reported = this.mail;
    station.servers = servers;
    this.mail.setServers(servers);
    station.room = room;
  }

  /** Whether a message can be taken in now. */
  protected abstract hasRoom(): boolean;

  /** A message stands ready. */
  protected abstract arrived(): void;

  override forward(call: number): void {
    const { frames } = this.engine;
    if (!this.hasRoom()) {
      this.mail.full();
      frames.fail(call, Outcome.full, Reply.none);
      return;
    }
    this.takeIn(call);
    frames.pass(call, Outcome.ok, Reply.none);
    this.arrived();
  }

  /** The caller gave up while the message was on its way: it is taken in all the same. */
  override forwardOrphan(call: number): void {
    if (!this.hasRoom()) {
      this.mail.full();
      this.station.failedAfterAll(Outcome.full, this.engine.calls.arrivedMs[call]!);
      return;
    }
    this.takeIn(call);
    this.arrived();
  }

  private takeIn(call: number): void {
    const { engine } = this;
    const { calls, intents, now } = engine;
    const item = calls.item[call]!;
    const message = engine.takeCall(this.station.spec.index, none, calls.intent[call]!, item, calls.operation[call]!);
    calls.flags[message]! |= CallFlag.message | CallFlag.counted;
    calls.arrivedMs[message] = now;
    intents.itemMessages[item]!++;
    calls.messages++;
    if (engine.tracer !== null) engine.trace(message, "message accepted");
    engine.observers.itemAccepted(item);
    this.mail.joined();
    this.putLast(message);
  }

  /** Puts a message at the tail. */
  protected putLast(message: number): void {
    const { calls, now } = this.engine;
    calls.state[message] = CallState.sleeping;
    calls.sinceMs[message] = now;
    calls.nextWaiting[message] = none;
    if (this.last === none) this.first = message;
    else calls.nextWaiting[this.last] = message;
    this.last = message;
    this.ready++;
  }

  /** The message at the head; there must be one. */
  protected get head(): number {
    return this.first;
  }

  private takeFirst(): number {
    const { calls } = this.engine;
    const message = this.first;
    this.first = calls.nextWaiting[message]!;
    if (this.first === none) this.last = none;
    calls.nextWaiting[message] = none;
    this.ready--;
    return message;
  }

  /** Takes out the message at the head, as the frame of its delivery. */
  protected takeOut(): number {
    const { calls } = this.engine;
    const message = this.takeFirst();
    calls.mark[message]!++;
    calls.carried[message] = 0;
    this.mail.calledUp(calls.sinceMs, message);
    calls.state[message] = CallState.waiting;
    return message;
  }

  /** A delivery has come to its end, well or badly: the message leaves. */
  protected discard(message: number, outcome: Outcome, reply: number): void {
    this.settle(message, outcome, reply);
    this.engine.releaseCall(message);
  }

  protected settle(message: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { calls, intents } = engine;
    this.mail.left(calls.arrivedMs, message);
    intents.itemMessages[calls.item[message]!]!--;
    calls.messages--;
    engine.knowledge.settle(message, outcome, reply);
  }
}
