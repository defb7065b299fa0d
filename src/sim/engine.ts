import { CallFlag, CallPool, CallState, none } from "./calls.js";
import type { Draws } from "./draws.js";
import type { Ambience, EngineOptions, Source } from "./engine-options.js";
import { EventKind, kindBits, kindMask, payloadOf } from "./event-kind.js";
import { EventQueue } from "./event-queue.js";
import { Frames } from "./frames.js";
import { IntentBook } from "./intents.js";
import { Knowledge } from "./knowledge.js";
import { Mishaps } from "./mishaps.js";
import { Observers } from "./observers.js";
import { Records } from "./records.js";
import { Routes } from "./routes.js";
import { Service } from "./service.js";
import { type Edge, inherited, type Station } from "./station.js";
import { TimerLane } from "./timer-lane.js";
import type { TraceNote, Tracer } from "./tracer.js";

const secondMs = 1000;

/**
 * Calls that take no time run within the call that sent them, so deep on the JavaScript stack; what is sent deeper comes
 * as an event of its own, at the same instant.
 */
const deepestSend = 64;

/** A run may have so many calls per event that it may have: a plain call is one event, its end of service. */
const callsPerEvent = 4;

/**
 * The discrete-event kernel: clock, events, timers, and calls on their way.
 * {@link Service} admits and serves them, {@link Routes} leads them on, {@link Frames} brings the answers back, and
 * {@link Knowledge} keeps what client and system learn.
 */
export class Engine {
  readonly queue = new EventQueue();
  readonly calls = new CallPool();
  readonly intents = new IntentBook(this);
  readonly records = new Records(this);
  readonly stations: Station[] = [];
  readonly service: Service;
  readonly frames: Frames;
  readonly routes: Routes;
  readonly knowledge: Knowledge;
  private readonly mishaps: Mishaps;
  readonly ambience: Ambience = {
    dropRate: 0,
    jitter: 0,
    crashRate: 0,
    pauseRate: 0,
    pauseMinMs: 0,
    pauseMaxMs: 0,
  };
  readonly observers = new Observers();
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
  private readonly dropDraws: Draws;
  private depth = 0;
  private arrivals = 0;

  constructor(readonly options: EngineOptions) {
    this.tracer = options.tracer;
    this.intents.attach(this.records);
    this.service = new Service(this);
    this.frames = new Frames(this);
    this.routes = new Routes(this);
    this.knowledge = new Knowledge(this);
    this.mishaps = new Mishaps(this);
    this.dropDraws = options.streams.stream("connections/drop");
  }

  // --- before the run ---

  addSource(source: Source): void {
    const firstMs = source.times.next();
    if (!Number.isFinite(firstMs)) return;
    this.runningSources++;
    this.queue.push(firstMs, payloadOf(EventKind.source, this.sources.push(source) - 1));
  }

  /** Plans something that happens once at `atMs`: a fault begins or ends. */
  at(atMs: number, action: () => void): void {
    this.queue.push(atMs, payloadOf(EventKind.action, this.actions.push(action) - 1));
  }

  /** The lane for timers of this delay; frames with the same delay share one. */
  lane(delayMs: number): TimerLane {
    const existing = this.lanes.find((lane) => lane.delayMs === delayMs);
    if (existing !== undefined) return existing;
    const lane = new TimerLane(delayMs, this.queue, payloadOf(EventKind.lane, this.lanes.length));
    this.lanes.push(lane);
    return lane;
  }

  // --- the loop ---

  /** Runs until nothing is left to happen, the time is over, or a limit is met. */
  run(): void {
    for (const station of this.stations) station.behaviour.start();
    const { queue, options } = this;
    let secondOverMs = secondMs;
    while (queue.size > 0) {
      const time = queue.peekTime();
      while (time >= secondOverMs && secondOverMs <= options.endMs) {
        this.now = secondOverMs;
        this.observers.secondOver(secondOverMs);
        secondOverMs += secondMs;
      }
      if (time > options.endMs) {
        this.now = options.endMs;
        break;
      }
      this.handle(queue.pop());
      if (this.truncatedBy !== null) break;
      if (this.runningSources === 0 && this.intents.live === 0) break;
      if (this.events >= options.maxEvents) {
        this.truncatedBy = `${options.maxEvents} events`;
        break;
      }
    }
  }

  /**
   * Whether the calls have met a limit of the run. Asked with each: refusals and fallbacks take no time, so that a
   * fan-out within a cycle of them could multiply its calls for ever in one event.
   */
  cutOff(): boolean {
    const { maxEvents, maxCalls } = this.options;
    if (++this.arrivals > callsPerEvent * maxEvents) this.truncatedBy = `${callsPerEvent * maxEvents} calls`;
    else if (this.calls.live > maxCalls) this.truncatedBy = this.calls.tooMany(maxCalls);
    return this.truncatedBy !== null;
  }

  private handle(payload: number): void {
    this.now = this.queue.time;
    this.events++;
    const handle = payload >> kindBits;
    switch (payload & kindMask) {
      case EventKind.arrive:
        this.service.arrive(handle);
        break;
      case EventKind.served:
        this.service.served(handle);
        break;
      case EventKind.answer:
        this.service.answered(handle);
        break;
      case EventKind.lane: {
        const owner = this.lanes[handle]!.expire(this.calls.timer);
        if (owner !== none) this.stationOf(owner).behaviour.timeout(owner);
        break;
      }
      case EventKind.wake:
        if (this.calls.has(handle, CallFlag.orphan)) this.frames.vanish(handle);
        else this.stationOf(handle).behaviour.wake(handle);
        break;
      case EventKind.station:
        this.stations[handle]!.behaviour.tick();
        break;
      case EventKind.action:
        this.actions[handle]!();
        break;
      default: {
        const source = this.sources[handle]!;
        source.arrive();
        source.times.draw();
        this.queue.dueMs = source.times.value;
        if (this.queue.dueMs === Number.POSITIVE_INFINITY) this.runningSources--;
        else this.queue.pushDue(payload);
      }
    }
  }

  // --- for behaviours and roles ---

  stationOf(call: number): Station {
    return this.stations[this.calls.station[call]!]!;
  }

  /** Makes a call along `edge`, below `parent` (or on its own), and sets it on its way. */
  send(edge: Edge, parent: number, intent: number, item: number): void {
    const operation = parent === none ? Math.max(0, edge.operation) : this.operationAlong(edge, parent);
    this.transmit(this.takeCall(edge.to, parent, intent, item, operation), edge);
  }

  /** The operation that `call` asks for when it goes on along `edge`: the connection's own, or the one it came with. */
  operationAlong(edge: Edge, call: number): number {
    return edge.operation === inherited ? this.calls.operation[call]! : edge.operation;
  }

  /** A call's item says whether it keeps its intent open, or asks for its status and only follows it. */
  takeCall(station: number, parent: number, intent: number, item: number, operation: number): number {
    const call = this.calls.take(station, parent, intent, item, operation);
    if (item !== none && this.intents.itemPolls[item] === 1) {
      this.calls.flags[call]! |= CallFlag.poll;
      this.intents.follow(intent);
    } else this.intents.references[intent]!++;
    return call;
  }

  /** Gives a call's record back; the intent closes with the last one that kept it open. */
  releaseCall(call: number): void {
    const intent = this.calls.intent[call]!;
    this.calls.release(call);
    if (this.calls.has(call, CallFlag.poll)) this.intents.unfollow(intent);
    else this.letGo(intent);
  }

  /** Keeps an intent open until {@link letGo}, although nothing is under way for it: somebody will come for it. */
  hold(intent: number): void {
    this.intents.references[intent]!++;
  }

  /** Gives a reference to an intent back; it rests when only awaited ones are left, and closes with its last one. */
  letGo(intent: number): void {
    const { references, awaited } = this.intents;
    if (--references[intent]! !== awaited[intent]!) return;
    this.observers.resting(intent);
    if (this.intents.references[intent] === 0) this.knowledge.close(intent, false);
  }

  /** Sets a call on its way along `edge`, under the record it has. */
  transmit(call: number, edge: Edge): void {
    const { ambience, calls } = this;
    calls.state[call] = CallState.inTransit;
    if ((edge.skipRate > 0 || edge.repeatRate > 0) && this.mishaps.strike(call, edge)) return;
    if (ambience.dropRate > 0 && edge.lossy && this.isDropped()) {
      if (this.tracer !== null) this.trace(call, "lost on the way");
      this.frames.lose(call);
    } else if (edge.latencyMs > 0 || this.depth === deepestSend) {
      this.queue.dueMs = this.now + edge.latencyMs;
      this.queue.pushDue(payloadOf(EventKind.arrive, call));
    } else {
      this.depth++;
      this.service.arrive(call);
      this.depth--;
    }
  }

  private isDropped(): boolean {
    return this.dropDraws.next() < this.ambience.dropRate;
  }

  /** Puts a frame to sleep for `delayMs`; {@link Behaviour.wake} follows. */
  sleep(call: number, delayMs: number): void {
    this.calls.state[call] = CallState.sleeping;
    this.queue.dueMs = this.now + delayMs;
    this.queue.pushDue(payloadOf(EventKind.wake, call));
  }

  /** Sets the timer of a frame; a timer set before is cancelled. */
  setTimer(frame: number, lane: TimerLane): void {
    const stamp = ++this.stamps;
    this.calls.timer[frame] = stamp;
    lane.set(frame, stamp);
  }

  clearTimer(frame: number): void {
    this.calls.timer[frame] = 0;
  }

  /** Plans {@link Behaviour.tick} for the station's {@link Station.tickMs}. */
  setStationTimer(station: Station): void {
    this.queue.dueMs = station.tickMs;
    this.queue.pushDue(payloadOf(EventKind.station, station.spec.index));
  }

  /** Writes down what happens to a call's intent, when a tracer follows it. */
  trace(call: number, what: string): void {
    this.note(call, { atMs: this.now, where: this.stationOf(call).spec.id, what });
  }

  /** The same for one of many repetitions. */
  traceRoutine(call: number, what: string): void {
    this.note(call, { atMs: this.now, where: this.stationOf(call).spec.id, what, routine: true });
  }

  /** Writes down what happens to an intent where it has no call. */
  traceIntent(intent: number, station: number, what: string): void {
    this.tracer?.note(this.intents.serial[intent]!, { atMs: this.now, where: this.stations[station]!.spec.id, what });
  }

  private note(call: number, note: TraceNote): void {
    this.tracer?.note(this.intents.serial[this.calls.intent[call]!]!, note);
  }
}
