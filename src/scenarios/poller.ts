import { Passthrough } from "../components/passthrough.js";
import { CallFlag, CallState, none } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import { IntentFlag } from "../sim/intents.js";
import { Outcome, outcomeNames, Reply } from "../sim/outcome.js";
import type { Edge, Station } from "../sim/station.js";
import type { TimerLane } from "../sim/timer-lane.js";
import type { Client } from "./client.js";
import type { StatusRecord } from "./status-record.js";

export interface Polling {
  /** From one poll to the next, milliseconds. */
  readonly everyMs: number;
  /** The interval varies evenly by ± this percentage. */
  readonly jitterPct?: number | undefined;
  /** How long a poll is waited for, milliseconds; for ever when left out. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Asks for the status of accepted intents until it is shown final. An intent has one poll at a time: the next is sent
 * an interval after the last, or when that one has ended, if that is later. Each is a frame of its own once the client
 * has given up on it, as requests are. Polls follow their intent and do not keep it open; one that nothing else refers
 * to, and that never became final, has nothing to show, and its polling ends.
 */
export class Poller extends Passthrough {
  private readonly intervals: Draws;
  private readonly spread: number;
  private lane: TimerLane | null = null;
  /** By entry: how many polls it has sent, which says whose turn it is. */
  private readonly turns: Uint32Array;
  /** Told when a client has been shown that its intent is final. */
  onShown: ((intent: number) => void) | null = null;

  constructor(
    engine: Engine,
    station: Station,
    private readonly client: Client,
    /** By entry. */
    private readonly ways: readonly (readonly Edge[])[],
    private readonly polling: Polling,
    private readonly record: StatusRecord,
  ) {
    super(engine, station);
    this.intervals = station.spec.stream("polls/interval");
    this.spread = (polling.jitterPct ?? 0) / 100;
    this.turns = new Uint32Array(ways.length);
  }

  override start(): void {
    if (this.polling.timeoutMs !== undefined) this.lane = this.engine.lane(this.polling.timeoutMs);
  }

  /** Whether the intent's client polls: it came in by an entry from which a poll connection leads. */
  polls(intent: number): boolean {
    return this.ways[this.client.entryOf(intent)]!.length > 0;
  }

  /** A client that learns with its acceptance that the intent is final has nothing to ask for. */
  accepted(intent: number): void {
    const { intents, now, calls } = this.engine;
    if (intents.isFinal(intent) || intents.is(intent, IntentFlag.hostile) || !this.polls(intent)) return;
    const frame = this.takeFrame(intent, intents.openPoll(intent));
    calls.sinceMs[frame] = now;
    this.plan(frame);
  }

  private takeFrame(intent: number, item: number): number {
    const frame = this.engine.takeCall(this.station.spec.index, none, intent, item, 0);
    this.engine.calls.flags[frame]! |= CallFlag.counted;
    return frame;
  }

  /** Plans the next poll, an interval after the last, whose time the frame keeps. */
  private plan(frame: number): void {
    const { engine, spread } = this;
    let dueMs = engine.calls.sinceMs[frame]! + this.polling.everyMs;
    if (spread > 0) dueMs += this.polling.everyMs * spread * (2 * this.intervals.next() - 1);
    engine.sleep(frame, dueMs > engine.now ? dueMs - engine.now : 0);
  }

  override wake(frame: number): void {
    const { intents, calls } = this.engine;
    const intent = calls.intent[frame]!;
    if (intents.isOpen(intent) || intents.isFinal(intent)) this.ask(frame, intent);
    else this.engine.releaseCall(frame);
  }

  private ask(frame: number, intent: number): void {
    const { engine } = this;
    const { calls } = engine;
    const entry = this.client.entryOf(intent);
    const edges = this.ways[entry]!;
    const edge = edges[this.turns[entry]!++ % edges.length]!;
    calls.sinceMs[frame] = engine.now;
    calls.state[frame] = CallState.waiting;
    if (this.lane !== null) engine.setTimer(frame, this.lane);
    if (this.isMeasured(intent)) this.record.polls++;
    if (engine.tracer !== null) engine.traceRoutine(frame, "asks for the status");
    engine.send(edge, frame, intent, calls.item[frame]!);
  }

  private isMeasured(intent: number): boolean {
    return this.engine.intents.is(intent, IntentFlag.measured);
  }

  override reply(frame: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { calls, intents } = engine;
    const intent = calls.intent[frame]!;
    engine.clearTimer(frame);
    if (calls.has(frame, CallFlag.abandoned)) engine.releaseCall(frame);
    else if (outcome !== Outcome.ok) {
      this.failed(frame, outcomeNames[outcome]);
      this.plan(frame);
    } else if (intents.isFinal(intent) && (reply & Reply.stale) === 0) {
      this.showFinal(frame, intent);
      engine.releaseCall(frame);
    } else this.plan(frame);
  }

  private showFinal(frame: number, intent: number): void {
    const { engine, record } = this;
    if (engine.tracer !== null) engine.trace(frame, "status shown: final");
    if (this.isMeasured(intent)) {
      record.statusMs.value = engine.now - engine.intents.finalMs[intent]!;
      record.statusMs.record();
    }
    this.onShown?.(intent);
  }

  private failed(frame: number, why: string): void {
    const { engine } = this;
    if (this.isMeasured(engine.calls.intent[frame]!)) this.record.errors++;
    if (engine.tracer !== null) engine.traceRoutine(frame, `no status: ${why}`);
  }

  /** The client gives up on a poll; the servers do not know, and go on. */
  override timeout(frame: number): void {
    const { engine } = this;
    const { calls } = engine;
    engine.clearTimer(frame);
    this.failed(frame, "no answer in time");
    calls.flags[frame]! |= CallFlag.abandoned;
    this.planAfter(frame);
    engine.frames.freeLost(frame);
  }

  /** The poll is lost, and no timeout would end the wait for it. */
  override expired(frame: number): void {
    if (this.engine.calls.has(frame, CallFlag.abandoned)) return;
    this.failed(frame, "lost");
    this.planAfter(frame);
  }

  private planAfter(frame: number): void {
    const { calls } = this.engine;
    const next = this.takeFrame(calls.intent[frame]!, calls.item[frame]!);
    calls.sinceMs[next] = calls.sinceMs[frame]!;
    this.plan(next);
  }
}
