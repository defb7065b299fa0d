import { CallFlag } from "./calls.js";
import type { Engine } from "./engine.js";
import { IntentFlag } from "./intents.js";
import { Outcome, Reply } from "./outcome.js";

/**
 * What the client and the system learn of an intent, told to the observers. A status poll teaches them nothing here:
 * whether it was answered says nothing of the intent's effects. Nor does what becomes of a report: who takes it in
 * says what it teaches.
 */
export class Knowledge {
  constructor(private readonly engine: Engine) {}

  /** A caller does not know how its call ended: an effect is possible. */
  unsure(frame: number): void {
    const item = this.engine.calls.item[frame]!;
    if (!this.concerns(frame, item)) return;
    this.engine.intents.itemUnsure[item] = 1;
    this.engine.observers.itemUnsure(item);
  }

  /** Whether what becomes of a frame's call says anything of the intent's effects. */
  private concerns(frame: number, item: number): boolean {
    return !this.engine.calls.has(frame, CallFlag.poll) && this.engine.intents.itemReport[item] === 0;
  }

  isUnsure(frame: number): boolean {
    return this.engine.intents.itemUnsure[this.engine.calls.item[frame]!] === 1;
  }

  /** The client has its first ok. */
  accept(intent: number): void {
    if (this.engine.intents.is(intent, IntentFlag.accepted)) return;
    this.engine.intents.mark(intent, IntentFlag.accepted);
    this.engine.intents.acceptedMs[intent] = this.engine.now;
    this.engine.observers.accepted(intent);
  }

  /** The client stops trying, or is told that it failed. */
  refuse(intent: number, flag: number): void {
    this.engine.intents.mark(intent, flag);
    this.engine.observers.refused(intent);
  }

  /** The way of a frame's item has ended at the client or at a queue: the system learns what it can. */
  settle(frame: number, outcome: Outcome, reply: number): void {
    const intent = this.engine.calls.intent[frame]!;
    const item = this.engine.calls.item[frame]!;
    if (!this.concerns(frame, item)) return;
    if (outcome === Outcome.ok) {
      if ((reply & Reply.goal) !== 0 && this.engine.intents.itemDead[item] === 0) this.learn(intent);
    } else if (outcome === Outcome.declined) this.learnDecline(intent);
    else if (outcome === Outcome.toldFailed) this.refuse(intent, IntentFlag.toldFailed);
    else if (outcome === Outcome.abandoned) this.abandon(intent);
    this.settleLate(item, outcome, reply);
  }

  /** A late ok is recorded although the client has gone: the system knows all the same. */
  settleLate(item: number, outcome: Outcome, reply: number): void {
    this.engine.observers.itemSettled(item, outcome, reply);
  }

  private abandon(intent: number): void {
    const { intents } = this.engine;
    if (intents.is(intent, IntentFlag.confirmed | IntentFlag.declined | IntentFlag.abandoned)) return;
    intents.mark(intent, IntentFlag.abandoned);
    this.engine.observers.abandoned(intent);
  }

  /** The system learns that the goal's effect stands. */
  learn(intent: number): void {
    if (this.engine.intents.is(intent, IntentFlag.confirmed)) return;
    this.engine.intents.mark(intent, IntentFlag.confirmed);
    this.engine.intents.finalMs[intent] = this.engine.now;
    this.engine.observers.confirmed(intent);
  }

  /** The system learns that the goal's effect was declined. */
  learnDecline(intent: number): void {
    if (this.engine.intents.is(intent, IntentFlag.declined)) return;
    this.engine.intents.mark(intent, IntentFlag.declined);
    this.engine.intents.finalMs[intent] = this.engine.now;
    this.engine.observers.declined(intent);
  }

  /** Closes an intent's record; `atEnd` when the run is over and it is not final. */
  close(intent: number, atEnd: boolean): void {
    this.engine.observers.closing(intent, atEnd);
    this.engine.intents.close(intent);
  }
}
