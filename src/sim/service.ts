import type { Effect } from "./behaviour.js";
import { CallFlag, CallState, none } from "./calls.js";
import type { Draws } from "./draws.js";
import type { Engine } from "./engine.js";
import { EventKind, payloadOf } from "./event-kind.js";
import { Outcome, Reply } from "./outcome.js";
import type { Station } from "./station.js";

/** An owner that is down and refuses does so after this time, milliseconds. */
const failFastMs = 30;

/** Admission, waiting and service at the stations, first in, first out. */
export class Service {
  private readonly jitterDraws: Draws;

  constructor(private readonly engine: Engine) {
    this.jitterDraws = engine.options.streams.stream("services/jitter");
  }

  /** Answers a call after `delayMs`, without a slot. */
  answerLater(call: number, delayMs: number, outcome: Outcome, reply: number): void {
    this.engine.calls.state[call] = CallState.answering;
    this.engine.calls.outcome[call] = outcome;
    this.engine.calls.carried[call]! |= reply;
    this.engine.queue.dueMs = this.engine.now + delayMs;
    this.engine.queue.pushDue(payloadOf(EventKind.answer, call));
  }

  /**
   * Keeps a served call waiting for something that its role will hand to it: it leaves its slot. The role ends the wait
   * with {@link answerLater}, unless {@link Effect.withdraw} says that it has ended.
   */
  block(call: number): void {
    this.leaveSlot(call, this.engine.stationOf(call));
    this.engine.calls.state[call] = CallState.blocked;
  }

  /** A call has come to its component: it is admitted, or refused with a reason. */
  arrive(call: number): void {
    const { calls, now } = this.engine;
    const station = this.engine.stationOf(call);
    station.arrivals++;
    if (station.curveCapacity > 0) station.noteLoad();
    calls.arrivedMs[call] = now;
    calls.state[call] = CallState.arriving;
    if (this.engine.cutOff()) {
      this.engine.frames.fail(call, Outcome.error, Reply.none);
      return;
    }
    if (station.availability !== "up") {
      this.meetOutage(call, station);
      return;
    }
    if (calls.hops[call]! > this.engine.options.maxHops) {
      if (this.engine.tracer !== null)
        this.engine.trace(call, `went through ${this.engine.options.maxHops} components: a cycle`);
      this.engine.frames.fail(call, Outcome.error, Reply.none);
      return;
    }
    const admission = station.admit(call);
    if (admission !== Outcome.ok) {
      this.engine.frames.fail(call, admission, Reply.none);
      return;
    }
    const effect = this.effectOf(call, station);
    if (effect !== null && !effect.admit(call)) return;
    if (station.slots === Number.POSITIVE_INFINITY) {
      calls.state[call] = CallState.inService;
      this.forward(call, station);
    } else if (station.line.busy < station.slots) {
      station.line.startedAtOnce();
      this.begin(call, station);
    } else if (station.line.waiting < station.spec.queueLimit) {
      station.line.joined();
      this.enqueue(call, station);
    } else this.turnAway(call, station);
  }

  /** What passing the station does to the world; a status poll passes it without any effect. */
  private effectOf(call: number, { effect }: Station): Effect | null {
    return effect !== null && this.engine.calls.has(call, CallFlag.poll) ? null : effect;
  }

  private meetOutage(call: number, station: Station): void {
    if (station.availability === "failfast") this.answerLater(call, failFastMs, Outcome.unavailable, Reply.none);
    else {
      if (this.engine.tracer !== null) this.engine.trace(call, "no answer: down");
      this.engine.frames.lose(call);
    }
  }

  private turnAway(call: number, station: Station): void {
    station.line.full();
    this.effectOf(call, station)?.turnedAway(call);
    const { fullAfterMs } = station.spec;
    if (fullAfterMs > 0) this.answerLater(call, fullAfterMs, Outcome.full, Reply.none);
    else this.engine.frames.fail(call, Outcome.full, Reply.none);
  }

  private enqueue(call: number, station: Station): void {
    const { calls } = this.engine;
    calls.state[call] = CallState.queued;
    if (station.lastWaiting === none) station.firstWaiting = call;
    else calls.nextWaiting[station.lastWaiting] = call;
    station.lastWaiting = call;
  }

  private begin(call: number, station: Station): void {
    const { calls } = this.engine;
    calls.state[call] = CallState.inService;
    calls.flags[call]! |= CallFlag.slot;
    station.spec.times.draw();
    let serviceMs = station.spec.times.value * station.timeFactor + station.timeAddMs;
    const { jitter } = this.engine.ambience;
    if (jitter > 0) serviceMs *= 1 + jitter * (2 * this.jitterDraws.next() - 1);
    station.line.served(serviceMs);
    this.engine.queue.dueMs = this.engine.now + serviceMs;
    this.engine.queue.pushDue(payloadOf(EventKind.served, call));
    if (station.starting !== null && !calls.has(call, CallFlag.poll)) station.starting.begin(call);
  }

  /** A service is over: errors, the effect, and then the way onward. */
  served(call: number): void {
    const station = this.engine.stationOf(call);
    const effect = this.effectOf(call, station);
    if (station.errs() && !(effect?.ownsErrors ?? false) && this.errorStrikes(station)) {
      effect?.turnedAway(call);
      this.engine.frames.fail(call, Outcome.error, Reply.none);
      return;
    }
    if (effect !== null && !effect.perform(call)) return;
    if (station.effect !== effect) station.effect?.asked?.(call);
    if (station.availability === "blackhole" && !(effect?.ownsErrors ?? false)) {
      if (this.engine.tracer !== null) this.engine.trace(call, "reply lost: down");
      this.countCompleted(call, station);
      this.engine.frames.lose(call);
      return;
    }
    if (!station.spec.active) this.leaveServed(call, station);
    this.forward(call, station);
  }

  private errorStrikes(station: Station): boolean {
    const errorRate = station.errorRate();
    return errorRate > 0 && station.spec.errors.next() < errorRate;
  }

  private forward(call: number, station: Station): void {
    if (this.engine.calls.has(call, CallFlag.orphan)) {
      station.behaviour.forwardOrphan(call);
      this.engine.frames.endOrphan(call, station);
    } else station.forward(call);
  }

  /** An answer that was decided earlier goes out. */
  answered(call: number): void {
    const { calls } = this.engine;
    if (calls.has(call, CallFlag.orphan)) this.engine.frames.vanish(call);
    else if (calls.outcome[call] === Outcome.ok) {
      const station = this.engine.stationOf(call);
      this.countCompleted(call, station);
      const ends = (calls.carried[call]! & (Reply.absent | Reply.known)) !== 0;
      if (ends) this.engine.frames.pass(call, Outcome.ok, calls.carried[call]!);
      else station.forward(call);
    } else this.engine.frames.fail(call, calls.outcome[call] as Outcome, calls.carried[call]!);
  }

  /** A passive component is done with a call when its service is. */
  private leaveServed(call: number, station: Station): void {
    this.countCompleted(call, station);
    this.leaveSlot(call, station);
  }

  countCompleted(call: number, station: Station): void {
    if (this.engine.calls.has(call, CallFlag.counted)) return;
    this.engine.calls.flags[call]! |= CallFlag.counted;
    station.completed++;
  }

  /** Frees the slot that a call holds, if it holds one, for the next that waits. */
  leaveSlot(call: number, station: Station): void {
    const { calls } = this.engine;
    if (!calls.has(call, CallFlag.slot)) return;
    calls.flags[call]! &= ~CallFlag.slot;
    station.line.left(calls.arrivedMs, call);
    station.returnSlot(calls.arrivedMs, call);
    this.callUp(station);
  }

  /** Lets waiting calls into free slots. */
  callUp(station: Station): void {
    const { calls } = this.engine;
    while (station.firstWaiting !== none && station.line.busy < station.slots) {
      const call = station.firstWaiting;
      this.unqueueFirst(station);
      station.line.calledUp(calls.arrivedMs, call);
      this.begin(call, station);
    }
  }

  private unqueueFirst(station: Station): void {
    const { calls } = this.engine;
    const call = station.firstWaiting;
    station.firstWaiting = calls.nextWaiting[call]!;
    if (station.firstWaiting === none) station.lastWaiting = none;
    calls.nextWaiting[call] = none;
  }

  /** Loses all that wait at a station that goes down: they are never performed. */
  loseWaiting(station: Station): void {
    const { calls } = this.engine;
    while (station.firstWaiting !== none) {
      const call = station.firstWaiting;
      this.unqueueFirst(station);
      station.line.gaveUp(calls.arrivedMs, call);
      this.effectOf(call, station)?.turnedAway(call);
      if (this.engine.tracer !== null) this.engine.trace(call, "lost: went down while the call waited");
      this.engine.frames.lose(call);
    }
    station.effect?.loseBlocked?.();
  }
}
