import { conflictWaitMs, maxConflicts } from "../components/conflict.js";
import { Passthrough } from "../components/passthrough.js";
import type { ClientSpec } from "../problem/problem.js";
import { CallFlag, CallState, none } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import { IntentFlag } from "../sim/intents.js";
import { Outcome, outcomeNames } from "../sim/outcome.js";
import type { Edge, Station } from "../sim/station.js";
import type { TimerLane } from "../sim/timer-lane.js";

/** `mark` of a request that is sent once: a double click, a hostile call, one sent again after an acceptance. */
const sentOnce = 0;
/** An intent for which its client tries no more: it has an acceptance, or has left. */
const over = IntentFlag.accepted | IntentFlag.abandoned;
/** `mark` of the request of a second device: sent once as well, but it asks again after a conflict. */
const secondDevice = -1;

/**
 * The population. Each try of an intent is a frame of its own: when the client gives up on one, the servers do not
 * know, everything below goes on, and a late answer is only recorded.
 */
export class Client extends Passthrough {
  private readonly buyers: Draws;
  private readonly doubleClickShare: number;
  private readonly devices: Draws;
  private readonly secondDeviceShare: number;
  private readonly keyMakers: Draws;
  private readonly freshKeyShare: number;
  private lane: TimerLane | null = null;

  constructor(
    engine: Engine,
    station: Station,
    private readonly spec: ClientSpec,
    private readonly entries: readonly Edge[],
  ) {
    super(engine, station);
    this.buyers = station.spec.stream("buyers");
    this.doubleClickShare = (spec.doubleClickPct ?? 0) / 100;
    this.devices = station.spec.stream("devices");
    this.secondDeviceShare = (spec.secondDevicePct ?? 0) / 100;
    this.keyMakers = station.spec.stream("buyers/fresh-keys");
    this.freshKeyShare = spec.keyPolicy === "per-request" ? 1 : (spec.freshKeyPct ?? 0) / 100;
  }

  override start(): void {
    if (this.spec.timeoutMs !== undefined) this.lane = this.engine.lane(this.spec.timeoutMs);
  }

  /** A new intent arrives and sends its first request; all its draws are made now. */
  arrive(flags: number): void {
    const { engine } = this;
    const intent = engine.intents.open(flags);
    if (this.freshKeyShare > 0 && this.keyMakers.next() < this.freshKeyShare) {
      engine.intents.mark(intent, IntentFlag.freshKeys);
    }
    const hostile = (flags & IntentFlag.hostile) !== 0;
    const first = this.takeFrame(intent, hostile ? sentOnce : 1);
    if (this.doubleClickShare > 0) this.clickAgain(intent, hostile);
    if (this.secondDeviceShare > 0) this.useSecondDevice(intent, hostile);
    this.request(first);
  }

  private clickAgain(intent: number, hostile: boolean): void {
    const clicks = this.buyers.next() < this.doubleClickShare;
    const afterMs = this.buyers.next() * (this.spec.doubleClickWithinMs ?? 0);
    if (clicks && !hostile) this.engine.sleep(this.takeFrame(intent, sentOnce), afterMs);
  }

  /** Another device of the same buyer sends a request for the same cart; it knows nothing of the first one's. */
  private useSecondDevice(intent: number, hostile: boolean): void {
    const { secondDeviceFromMs: fromMs = 0, secondDeviceToMs: toMs = fromMs } = this.spec;
    const uses = this.devices.next() < this.secondDeviceShare;
    const afterMs = fromMs + this.devices.next() * (toMs - fromMs);
    if (uses && !hostile) this.engine.sleep(this.takeFrame(intent, secondDevice), afterMs);
  }

  private takeFrame(intent: number, tries: number): number {
    const frame = this.engine.takeCall(this.station.spec.index, none, intent, none, 0);
    this.engine.calls.mark[frame] = tries;
    this.engine.calls.flags[frame] = CallFlag.counted;
    return frame;
  }

  private request(frame: number): void {
    const { engine } = this;
    const { calls, intents } = engine;
    const intent = calls.intent[frame]!;
    const key = this.keyOf(frame, intent);
    const number = ++intents.requests[intent]!;
    calls.item[frame] = intents.openItem(intent, key);
    calls.state[frame] = CallState.waiting;
    if (this.lane !== null) engine.setTimer(frame, this.lane);
    if (engine.tracer !== null) engine.trace(frame, `request ${number} sent with key ${key}`);
    engine.send(this.entries[this.entryOf(intent)]!, frame, intent, calls.item[frame]!);
  }

  /** The key that the request is sent with: the device's own, or a new one each time. */
  private keyOf(frame: number, intent: number): number {
    const { calls, intents } = this.engine;
    if (intents.is(intent, IntentFlag.freshKeys)) return intents.mintKey();
    if (calls.mark[frame] !== secondDevice) return intents.clientKey[intent]!;
    const before = calls.item[frame]!;
    return before === none ? intents.mintKey() : intents.requestKey[before]!;
  }

  /** The same request once more, for an accepted intent whose end its client has not seen; it is not retried. */
  requestAgain(intent: number): void {
    this.request(this.takeFrame(intent, sentOnce));
  }

  /** Intents take the entries in turn, each the same one for all its requests. */
  entryOf(intent: number): number {
    const { length } = this.entries;
    // As an integer: the remainder of a float takes 20 ns.
    return length === 1 ? 0 : (this.engine.intents.serial[intent]! >>> 0) % length;
  }

  override wake(frame: number): void {
    const { calls, intents } = this.engine;
    const settled = intents.is(calls.intent[frame]!, over);
    if (settled && calls.mark[frame]! > sentOnce) this.engine.releaseCall(frame);
    else this.request(frame);
  }

  override reply(frame: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { calls } = engine;
    const intent = calls.intent[frame]!;
    engine.clearTimer(frame);
    if (calls.has(frame, CallFlag.abandoned)) {
      if (engine.tracer !== null) engine.trace(frame, `late answer: ${outcomeNames[outcome]}; the client has gone`);
      engine.knowledge.settleLate(calls.item[frame]!, outcome, reply);
    } else {
      if (engine.tracer !== null) engine.trace(frame, `client told ${outcomeNames[outcome]}`);
      engine.knowledge.settle(frame, outcome, reply);
      if (outcome === Outcome.ok) engine.knowledge.accept(intent);
      else if (outcome === Outcome.conflict) {
        if (this.asksAgain(frame)) return;
        if (calls.mark[frame]! > sentOnce) this.giveUp(intent);
      } else if (outcome < Outcome.conflict && this.triesAgain(frame)) return;
    }
    engine.releaseCall(frame);
  }

  private asksAgain(frame: number): boolean {
    const { calls, intents } = this.engine;
    const mark = calls.mark[frame]!;
    const settled = mark !== secondDevice && intents.is(calls.intent[frame]!, over);
    if (settled || mark === sentOnce || calls.conflicts[frame]! >= maxConflicts) return false;
    calls.conflicts[frame]!++;
    this.engine.sleep(frame, conflictWaitMs);
    return true;
  }

  /** Plans the next try in the same frame; false when there is none. */
  private triesAgain(frame: number): boolean {
    const { calls, intents } = this.engine;
    const intent = calls.intent[frame]!;
    const tries = calls.mark[frame]!;
    if (tries <= sentOnce || intents.is(intent, over)) return false;
    if (tries > (this.spec.retries ?? 0)) {
      this.giveUp(intent);
      return false;
    }
    calls.mark[frame] = tries + 1;
    this.engine.sleep(frame, this.backoffMs(tries));
    return true;
  }

  /** backoffMs · factor^(n−1) before retry n, without jitter. */
  private backoffMs(retry: number): number {
    let waitMs = this.spec.backoffMs ?? 0;
    for (let i = 1; i < retry; i++) waitMs *= this.spec.backoffFactor ?? 2;
    return waitMs;
  }

  private giveUp(intent: number): void {
    if (this.engine.intents.is(intent, over)) return;
    this.engine.knowledge.refuse(intent, IntentFlag.gaveUp);
  }

  override timeout(frame: number): void {
    const { engine } = this;
    const { calls } = engine;
    const intent = calls.intent[frame]!;
    if (engine.tracer !== null)
      engine.trace(frame, `client timeout: no answer within ${(this.spec.timeoutMs ?? 0) / 1000} s`);
    engine.clearTimer(frame);
    engine.knowledge.unsure(frame);
    calls.flags[frame]! |= CallFlag.abandoned;
    const next = this.takeFrame(intent, calls.mark[frame]!);
    if (!this.triesAgain(next)) engine.releaseCall(next);
    engine.frames.freeLost(frame);
  }
}
