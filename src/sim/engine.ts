import type { Observer } from "./behaviour.js";
import { CallFlag, CallPool, CallState, none } from "./calls.js";
import { EventQueue } from "./event-queue.js";
import { Frames } from "./frames.js";
import { IntentBook, IntentFlag } from "./intents.js";
import { Outcome, Reply } from "./outcome.js";
import type { RandomStreams, Stream } from "./random.js";
import { Routes } from "./routes.js";
import type { Edge, Station } from "./station.js";
import { TimerLane } from "./timer-lane.js";
import type { Tracer } from "./tracer.js";

/** Kinds of event; the low three bits of a payload. */
const Kind = { arrive: 0, served: 1, answer: 2, lane: 3, wake: 4, station: 5, action: 6, source: 7 } as const;
const kindBits = 3;

/** Where new intents come from. */
export interface Source {
  /** Makes the intent that arrives now, and says when the next one comes (Infinity: none). */
  arrive(): number;
}

export interface EngineOptions {
  readonly streams: RandomStreams;
  /** The run ends here even when something is left to happen, milliseconds. */
  readonly endMs: number;
  /** The run is cut off after so many events, and says so. */
  readonly maxEvents: number;
  /** The run is cut off when so many calls are in flight, and says so. */
  readonly maxCalls: number;
  /** A call that passes more components than this without a queue in between fails. */
  readonly maxHops: number;
  /** Reply bits of an ok from a sink: {@link Reply.goal} where the problem has no goal of its own. */
  readonly sinkReply: number;
  /** Called each second of virtual time. */
  readonly sample: (atMs: number) => void;
  readonly tracer: Tracer | null;
}

/** Lost calls and varied service times of the run; 0 where there are none. */
export interface Ambience {
  dropRate: number;
  jitter: number;
  crashRate: number;
}

const sampleEveryMs = 1000;
/** An owner that is down and refuses does so after this time, milliseconds. */
const failFastMs = 30;

/**
 * The discrete-event kernel: clock, events, admission, waiting and service.
 * Answers, timeouts and losses travel through {@link Frames}; ways onward through {@link Routes}.
 */
export class Engine {
  readonly queue = new EventQueue();
  readonly calls = new CallPool();
  readonly intents = new IntentBook();
  readonly stations: Station[] = [];
  readonly frames: Frames;
  readonly routes: Routes;
  readonly ambience: Ambience = { dropRate: 0, jitter: 0, crashRate: 0 };
  readonly observers: Observer[] = [];
  readonly tracer: Tracer | null;
  /** Virtual time, milliseconds. */
  now = 0;
  events = 0;
  /** What cut the run off; null when nothing did. */
  truncatedBy: string | null = null;
  private readonly lanes: TimerLane[] = [];
  private readonly actions: (() => void)[] = [];
  private readonly sources: Source[] = [];
  private runningSources = 0;
  private stamps = 0;
  private readonly dropStream: Stream;
  private readonly jitterStream: Stream;
  private readonly crashStream: Stream;

  constructor(readonly options: EngineOptions) {
    this.tracer = options.tracer;
    this.frames = new Frames(this);
    this.routes = new Routes(this);
    this.dropStream = options.streams.stream("connections/drop");
    this.jitterStream = options.streams.stream("services/jitter");
    this.crashStream = options.streams.stream("crash");
  }

  // --- before the run ---

  addSource(source: Source, firstMs: number): void {
    if (!Number.isFinite(firstMs)) return;
    this.runningSources++;
    this.queue.push(firstMs, (this.sources.push(source) - 1) * 8 + Kind.source);
  }

  /** Plans something that happens once at `atMs`: a fault begins or ends. */
  at(atMs: number, action: () => void): void {
    this.queue.push(atMs, (this.actions.push(action) - 1) * 8 + Kind.action);
  }

  /** The lane for timers of this delay; frames with the same delay share one. */
  lane(delayMs: number): TimerLane {
    const existing = this.lanes.find((lane) => lane.delayMs === delayMs);
    if (existing !== undefined) return existing;
    const lane = new TimerLane(delayMs, this.queue, (this.lanes.length << kindBits) | Kind.lane);
    this.lanes.push(lane);
    return lane;
  }

  // --- the loop ---

  /** Runs until nothing is left to happen, the time is over, or a limit is met. */
  run(): void {
    for (const station of this.stations) station.behaviour.start();
    const { queue, options } = this;
    let nextSampleMs = sampleEveryMs;
    while (queue.size > 0) {
      const time = queue.peekTime();
      while (time >= nextSampleMs && nextSampleMs <= options.endMs) {
        this.now = nextSampleMs;
        options.sample(nextSampleMs);
        nextSampleMs += sampleEveryMs;
      }
      if (time > options.endMs) {
        this.now = options.endMs;
        break;
      }
      this.handle(queue.pop());
      if (this.runningSources === 0 && this.intents.live === 0) break;
      if (this.events >= options.maxEvents) {
        this.truncatedBy = `${options.maxEvents} events`;
        break;
      }
      if (this.calls.live > options.maxCalls) {
        this.truncatedBy = `${options.maxCalls} calls in flight`;
        break;
      }
    }
  }

  private handle(payload: number): void {
    this.now = this.queue.time;
    this.events++;
    const handle = payload >> kindBits;
    switch (payload & 7) {
      case Kind.arrive:
        this.arrive(handle);
        break;
      case Kind.served:
        this.served(handle);
        break;
      case Kind.answer:
        this.answered(handle);
        break;
      case Kind.lane: {
        const owner = this.lanes[handle]!.expire(this.calls.timer);
        if (owner !== none) this.stationOf(owner).behaviour.timeout(owner);
        break;
      }
      case Kind.wake:
        if (this.calls.has(handle, CallFlag.orphan)) this.frames.vanish(handle);
        else this.stationOf(handle).behaviour.wake(handle);
        break;
      case Kind.station:
        this.stations[handle]!.behaviour.tick();
        break;
      case Kind.action:
        this.actions[handle]!();
        break;
      default: {
        const next = this.sources[handle]!.arrive();
        if (next === Number.POSITIVE_INFINITY) this.runningSources--;
        else this.queue.push(next, payload);
      }
    }
  }

  // --- for behaviours and roles ---

  stationOf(call: number): Station {
    return this.stations[this.calls.station[call]!]!;
  }

  /** Makes a call along `edge`, below `parent` (or on its own), and sets it on its way. */
  send(edge: Edge, parent: number, intent: number, item: number): void {
    this.transmit(this.takeCall(edge.to, parent, intent, item, edge.operation), edge);
  }

  takeCall(station: number, parent: number, intent: number, item: number, operation: number): number {
    this.intents.references[intent]!++;
    return this.calls.take(station, parent, intent, item, operation);
  }

  /** Gives a call's record back; the intent closes with its last one. */
  releaseCall(call: number): void {
    const intent = this.calls.intent[call]!;
    this.calls.release(call);
    if (--this.intents.references[intent]! === 0) this.close(intent, false);
  }

  /** Sets a call on its way along `edge`, under the record it has. */
  transmit(call: number, edge: Edge): void {
    const { ambience, calls } = this;
    calls.state[call] = CallState.inTransit;
    if (ambience.dropRate > 0 && this.dropStream() < ambience.dropRate) {
      if (this.tracer !== null) this.trace(call, "lost on the way");
      this.frames.lose(call);
    } else if (edge.latencyMs > 0) this.queue.push(this.now + edge.latencyMs, (call << kindBits) | Kind.arrive);
    else this.arrive(call);
  }

  /** Puts a frame to sleep for `delayMs`; {@link Behaviour.wake} follows. */
  sleep(call: number, delayMs: number): void {
    this.calls.state[call] = CallState.sleeping;
    this.queue.push(this.now + delayMs, (call << kindBits) | Kind.wake);
  }

  /** Sets the timer of a frame; a timer set before is cancelled. */
  setTimer(frame: number, lane: TimerLane): void {
    const stamp = ++this.stamps;
    this.calls.timer[frame] = stamp;
    lane.set(this.now, frame, stamp);
  }

  clearTimer(frame: number): void {
    this.calls.timer[frame] = 0;
  }

  setStationTimer(station: Station, atMs: number): void {
    this.queue.push(atMs, (station.spec.index << kindBits) | Kind.station);
  }

  /** Answers a call after `delayMs`, without a slot. */
  answerLater(call: number, delayMs: number, outcome: Outcome, reply: number): void {
    this.calls.state[call] = CallState.answering;
    this.calls.outcome[call] = outcome;
    this.calls.carried[call]! |= reply;
    this.queue.push(this.now + delayMs, (call << kindBits) | Kind.answer);
  }

  /** A caller does not know how its call ended: an effect is possible. */
  unsure(frame: number): void {
    const item = this.calls.item[frame]!;
    this.intents.itemUnsure[item] = 1;
    for (const observer of this.observers) observer.itemUnsure?.(item);
  }

  isUnsure(frame: number): boolean {
    return this.intents.itemUnsure[this.calls.item[frame]!] === 1;
  }

  trace(call: number, what: string): void {
    this.tracer?.note(this.intents.serial[this.calls.intent[call]!]!, this.now, this.stationOf(call).spec.id, what);
  }

  // --- admission, waiting, service ---

  private arrive(call: number): void {
    const { calls, now } = this;
    const station = this.stationOf(call);
    station.noteArrival(now);
    calls.arrivedMs[call] = now;
    calls.state[call] = CallState.arriving;
    if (station.availability !== "up") {
      this.meetOutage(call, station);
      return;
    }
    if (calls.hops[call]! > this.options.maxHops) {
      if (this.tracer !== null) this.trace(call, `went through ${this.options.maxHops} components: a cycle`);
      this.frames.fail(call, Outcome.error, Reply.none);
      return;
    }
    const admission = station.behaviour.admit(call);
    if (admission !== Outcome.ok) {
      this.frames.fail(call, admission, Reply.none);
      return;
    }
    if (station.effect !== null && !station.effect.admit(call)) return;
    if (station.slots === Number.POSITIVE_INFINITY) {
      calls.state[call] = CallState.inService;
      station.completed++;
      calls.flags[call]! |= CallFlag.counted;
      this.forward(call, station);
    } else if (station.line.busy < station.slots) {
      station.line.startedAtOnce(now);
      this.begin(call, station);
    } else if (station.line.waiting < station.spec.queueLimit) {
      station.line.joined(now);
      this.enqueue(call, station);
    } else this.turnAway(call, station);
  }

  private meetOutage(call: number, station: Station): void {
    if (station.availability === "failfast") this.answerLater(call, failFastMs, Outcome.unavailable, Reply.none);
    else {
      if (this.tracer !== null) this.trace(call, "no answer: down");
      this.frames.lose(call);
    }
  }

  private turnAway(call: number, station: Station): void {
    station.line.full(this.now);
    station.behaviour.unused(call);
    station.effect?.turnedAway(call);
    const { fullAfterMs } = station.spec;
    if (fullAfterMs > 0) this.answerLater(call, fullAfterMs, Outcome.full, Reply.none);
    else this.frames.fail(call, Outcome.full, Reply.none);
  }

  private enqueue(call: number, station: Station): void {
    const { calls } = this;
    calls.state[call] = CallState.queued;
    if (station.lastWaiting === none) station.firstWaiting = call;
    else calls.nextWaiting[station.lastWaiting] = call;
    station.lastWaiting = call;
  }

  private begin(call: number, station: Station): void {
    const { calls } = this;
    calls.state[call] = CallState.inService;
    calls.flags[call]! |= CallFlag.slot;
    let serviceMs = station.spec.sampler() * station.timeFactor + station.timeAddMs;
    const { jitter } = this.ambience;
    if (jitter > 0) serviceMs *= 1 + jitter * (2 * this.jitterStream() - 1);
    station.line.served(serviceMs);
    this.queue.push(this.now + serviceMs, (call << kindBits) | Kind.served);
  }

  private served(call: number): void {
    const station = this.stationOf(call);
    const { effect } = station;
    if (effect === null || !effect.ownsErrors) {
      const errorRate = station.errorRate();
      if (errorRate > 0 && this.errorStream(station)() < errorRate) {
        station.behaviour.unused(call);
        effect?.turnedAway(call);
        this.frames.fail(call, Outcome.error, Reply.none);
        return;
      }
    }
    if (effect !== null && !effect.perform(call)) return;
    if (!station.spec.active) this.leaveServed(call, station);
    this.forward(call, station);
  }

  private forward(call: number, station: Station): void {
    if (this.calls.has(call, CallFlag.orphan)) {
      station.behaviour.forwardOrphan(call);
      this.frames.endOrphan(call, station);
    } else station.behaviour.forward(call);
  }

  private answered(call: number): void {
    const { calls } = this;
    if (calls.has(call, CallFlag.orphan)) this.frames.vanish(call);
    else if (calls.outcome[call] === Outcome.ok) {
      const station = this.stationOf(call);
      this.countCompleted(call, station);
      if ((calls.carried[call]! & Reply.absent) !== 0) this.frames.pass(call, Outcome.ok, calls.carried[call]!);
      else station.behaviour.forward(call);
    } else this.frames.fail(call, calls.outcome[call] as Outcome, calls.carried[call]!);
  }

  /** A passive component is done with a call when its service is. */
  private leaveServed(call: number, station: Station): void {
    this.countCompleted(call, station);
    this.leaveSlot(call, station);
  }

  countCompleted(call: number, station: Station): void {
    if (this.calls.has(call, CallFlag.counted)) return;
    this.calls.flags[call]! |= CallFlag.counted;
    station.completed++;
  }

  /** Frees the slot that a call holds, if it holds one, for the next that waits. */
  leaveSlot(call: number, station: Station): void {
    const { calls, now } = this;
    if (!calls.has(call, CallFlag.slot)) return;
    calls.flags[call]! &= ~CallFlag.slot;
    station.line.left(now, now - calls.arrivedMs[call]!);
    this.callUp(station);
  }

  /** Lets waiting calls into free slots. */
  callUp(station: Station): void {
    const { calls, now } = this;
    while (station.firstWaiting !== none && station.line.busy < station.slots) {
      const call = station.firstWaiting;
      this.unqueueFirst(station);
      station.line.calledUp(now, now - calls.arrivedMs[call]!);
      this.begin(call, station);
    }
  }

  private unqueueFirst(station: Station): void {
    const { calls } = this;
    const call = station.firstWaiting;
    station.firstWaiting = calls.nextWaiting[call]!;
    if (station.firstWaiting === none) station.lastWaiting = none;
    calls.nextWaiting[call] = none;
  }

  /** Loses all that wait at a station that goes down: they are never performed. */
  loseWaiting(station: Station): void {
    const { calls, now } = this;
    while (station.firstWaiting !== none) {
      const call = station.firstWaiting;
      this.unqueueFirst(station);
      station.line.gaveUp(now, now - calls.arrivedMs[call]!);
      station.behaviour.unused(call);
      station.effect?.turnedAway(call);
      if (this.tracer !== null) this.trace(call, "lost: went down while the call waited");
      this.frames.lose(call);
    }
  }

  // --- chance ---

  private readonly errorStreams = new Map<Station, Stream>();

  private errorStream(station: Station): Stream {
    let stream = this.errorStreams.get(station);
    if (stream === undefined) {
      stream = this.options.streams.stream(`${station.spec.id}/error`);
      this.errorStreams.set(station, stream);
    }
    return stream;
  }

  /** Whether a crash strikes now. */
  crashStrikes(): boolean {
    return this.ambience.crashRate > 0 && this.crashStream() < this.ambience.crashRate;
  }

  // --- what becomes of intents ---

  /** The client has its first ok. */
  accept(intent: number): void {
    if (this.intents.is(intent, IntentFlag.accepted)) return;
    this.intents.mark(intent, IntentFlag.accepted);
    this.intents.acceptedMs[intent] = this.now;
    for (const observer of this.observers) observer.accepted?.(intent);
  }

  /** The client stops trying, or is told that it failed. */
  refuse(intent: number, flag: number): void {
    this.intents.mark(intent, flag);
    for (const observer of this.observers) observer.refused?.(intent);
  }

  /** The way of a frame's item has ended at the client or at a queue: the system learns what it can. */
  settle(frame: number, outcome: Outcome, reply: number): void {
    const intent = this.calls.intent[frame]!;
    if (outcome === Outcome.ok && (reply & Reply.goal) !== 0) this.learn(intent);
    else if (outcome === Outcome.declined && !this.intents.is(intent, IntentFlag.declined)) {
      this.intents.mark(intent, IntentFlag.declined);
      for (const observer of this.observers) observer.declined?.(intent);
    } else if (outcome === Outcome.toldFailed) this.refuse(intent, IntentFlag.toldFailed);
    for (const observer of this.observers) observer.itemSettled?.(this.calls.item[frame]!, outcome, reply);
  }

  /** A late ok is recorded although the client has gone: the system knows all the same. */
  settleLate(item: number, outcome: Outcome, reply: number): void {
    for (const observer of this.observers) observer.itemSettled?.(item, outcome, reply);
  }

  /** The system learns that the goal's effect stands. */
  learn(intent: number): void {
    if (this.intents.is(intent, IntentFlag.confirmed)) return;
    this.intents.mark(intent, IntentFlag.confirmed);
    this.intents.confirmedMs[intent] = this.now;
    for (const observer of this.observers) observer.confirmed?.(intent);
  }

  /** Closes an intent's record; `atEnd` when the run is over and it is not final. */
  close(intent: number, atEnd: boolean): void {
    for (const observer of this.observers) observer.closing?.(intent, atEnd);
    this.intents.close(intent);
  }
}
