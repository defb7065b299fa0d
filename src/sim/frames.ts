import { CallFlag, CallState, none } from "./calls.js";
import type { Draws } from "./draws.js";
import type { Engine } from "./engine.js";
import { IntentFlag } from "./intents.js";
import { isFailure, Outcome, outcomeNames, Reply } from "./outcome.js";
import type { Station } from "./station.js";

/**
 * How calls end: answers travel back through the frames, innermost first; frames give up on what they wait for;
 * calls are lost. A slot is held as long as its call waits, and no longer.
 */
export class Frames {
  private readonly crashDraws: Draws;
  private readonly pauseDraws: Draws;
  /** For how long the owner stops that {@link pauseStrikes} struck last, milliseconds. */
  pauseMs = 0;

  constructor(private readonly engine: Engine) {
    this.crashDraws = engine.options.streams.stream("crash");
    this.pauseDraws = engine.options.streams.stream("pause");
  }

  /** Draws whether a crash strikes an owner that has just got an answer. */
  crashStrikes(): boolean {
    const { crashRate } = this.engine.ambience;
    return crashRate > 0 && this.crashDraws.next() < crashRate;
  }

  /** The same for a pause, with its length in {@link pauseMs}. */
  pauseStrikes(): boolean {
    const { pauseRate, pauseMinMs, pauseMaxMs } = this.engine.ambience;
    if (pauseRate === 0) return false;
    const strikes = this.pauseDraws.next() < pauseRate;
    this.pauseMs = pauseMinMs + (pauseMaxMs - pauseMinMs) * this.pauseDraws.next();
    return strikes;
  }

  /** A failure (or business answer) begins at this call. */
  fail(call: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { calls } = engine;
    const station = engine.stationOf(call);
    if (!calls.has(call, CallFlag.counted)) {
      calls.flags[call]! |= CallFlag.counted;
      if (isFailure(outcome)) station.failures[outcome]!++;
      else station.completed++;
    } else if (isFailure(outcome)) station.failedAfterAll(outcome, calls.arrivedMs[call]!);
    if (isFailure(outcome)) this.disturb(call);
    if (engine.tracer !== null) engine.traceRoutine(call, outcomeNames[outcome]);
    this.conclude(call, station, outcome, reply);
  }

  /** The outcome of what the call led to is its own. */
  pass(call: number, outcome: Outcome, reply: number): void {
    const { calls } = this.engine;
    const station = this.engine.stationOf(call);
    if (!calls.has(call, CallFlag.counted)) {
      calls.flags[call]! |= CallFlag.counted;
      if (isFailure(outcome)) station.failedDownstream++;
      else station.completed++;
    }
    this.conclude(call, station, outcome, reply);
  }

  private conclude(call: number, station: Station, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { calls } = engine;
    this.endUnforwarded(call, station);
    // A conflict says that somebody else is at it: nothing has failed that could be replaced or undone.
    if (isFailure(outcome) && outcome !== Outcome.conflict && this.mayTurnTo(call)) {
      const { failure, compensate } = station.spec;
      const instead = failure[0] ?? compensate[0];
      if (instead !== undefined) {
        calls.state[call] = failure.length > 0 ? CallState.fallingBack : CallState.compensating;
        calls.outcome[call] = outcome;
        if (!station.spec.active) engine.service.leaveSlot(call, station);
        engine.send(instead, call, calls.intent[call]!, calls.item[call]!);
        return;
      }
    }
    this.finish(call, station, outcome, reply);
  }

  /** An orphan follows no further edge, a cycle of fallbacks ends like any other, and a run that is cut off ends. */
  private mayTurnTo(call: number): boolean {
    const { calls, options, truncatedBy } = this.engine;
    return truncatedBy === null && !calls.has(call, CallFlag.orphan) && calls.hops[call]! <= options.maxHops;
  }

  /** The behaviour may have admitted a call that now ends without having been forwarded. */
  private endUnforwarded(call: number, station: Station): void {
    if (this.engine.calls.state[call]! < CallState.waiting) station.unused(call);
  }

  private finish(call: number, station: Station, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { calls } = engine;
    engine.service.leaveSlot(call, station);
    const parent = calls.parent[call]!;
    if (parent === none && (reply & Reply.goal) !== 0) this.tellLost(call);
    calls.unlink(call);
    engine.releaseCall(call);
    if (parent !== none) this.deliver(parent, outcome, reply);
  }

  private deliver(frame: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { calls } = engine;
    const station = engine.stationOf(frame);
    if (calls.state[frame] === CallState.fallingBack) {
      this.finish(frame, station, outcome, reply);
    } else if (calls.state[frame] === CallState.compensating) {
      this.finish(frame, station, calls.outcome[frame] as Outcome, Reply.none);
    } else if (station.crashes && (reply & Reply.goal) !== 0 && outcome === Outcome.ok && this.ownerDies()) {
      this.crash(frame);
    } else station.reply(frame, outcome, reply);
  }

  /** A crash strikes, or a pause: who keeps no record of what it was at does not come back to it. */
  private ownerDies(): boolean {
    return this.crashStrikes() || this.pauseStrikes();
  }

  /** The frame's owner crashes: its slot is free, and callers above learn nothing. */
  private crash(frame: number): void {
    const { engine } = this;
    if (engine.tracer !== null) engine.trace(frame, "crashed after the ok: nobody above learns of it");
    engine.observers.crashed(engine.calls.intent[frame]!);
    engine.stationOf(frame).behaviour.expired(frame);
    this.lose(frame);
  }

  /** A call that was never sent ends as if it had been answered ok. */
  skip(call: number): void {
    const { engine } = this;
    const parent = engine.calls.parent[call]!;
    engine.calls.unlink(call);
    engine.releaseCall(call);
    if (parent !== none) this.deliver(parent, Outcome.ok, Reply.none);
  }

  /** A call ends without an answer. */
  lose(call: number): void {
    const { engine } = this;
    const { calls } = engine;
    this.disturb(call);
    this.endUnforwarded(call, engine.stationOf(call));
    engine.routes.abandonCopies(call);
    const parent = calls.parent[call]!;
    if (parent === none) this.tellLost(call);
    this.vanish(call);
    if (parent !== none) this.afterLoss(parent);
  }

  /** Nobody waits for the call: how it ended stays unknown. */
  private tellLost(call: number): void {
    const item = this.engine.calls.item[call]!;
    if (item !== none && this.engine.intents.itemReport[item] === 0) this.engine.observers.itemLost(item);
  }

  /** Removes a call and counts it as lost. */
  vanish(call: number): void {
    const { engine } = this;
    const { calls } = engine;
    const station = engine.stationOf(call);
    if (!calls.has(call, CallFlag.counted) && calls.state[call] !== CallState.inTransit) station.lost++;
    engine.service.leaveSlot(call, station);
    calls.unlink(call);
    engine.releaseCall(call);
  }

  /** An orphan has had its service. */
  endOrphan(call: number, station: Station): void {
    const { engine } = this;
    engine.service.countCompleted(call, station);
    engine.service.leaveSlot(call, station);
    engine.releaseCall(call);
  }

  /** A copy has been answered and others are awaited: all of these may be lost. */
  keepWaiting(frame: number): void {
    if (this.engine.calls.firstChild[frame] === none) this.afterLoss(frame);
  }

  /**
   * A frame waits for a call that was lost. As long as a frame with a live timer stands above, the wait goes on until
   * it expires; without one it would never end, so it ends now.
   */
  private afterLoss(frame: number): void {
    const { calls } = this.engine;
    for (let above = frame; above !== none; above = calls.parent[above]!) if (calls.timer[above] !== 0) return;
    this.freeUpward(frame);
  }

  /** Frees a frame that has nothing left to wait for, and those above that waited for it alone. */
  private freeUpward(lowest: number): void {
    const { engine } = this;
    const { calls } = engine;
    for (let frame = lowest; frame !== none; ) {
      if (calls.firstChild[frame] !== none) return;
      const above = calls.parent[frame]!;
      engine.stationOf(frame).behaviour.expired(frame);
      if (above === none) this.tellLost(frame);
      this.vanish(frame);
      frame = above;
    }
  }

  /**
   * A retry or queue gives up on all that it waits for: what waits or is in service below keeps its place, finishes
   * that service with its effect, and follows no further edge; what was only waiting for an answer ends at once.
   */
  giveUp(frame: number): void {
    const { calls } = this.engine;
    for (let child = calls.firstChild[frame]!; child !== none; child = calls.firstChild[frame]!) this.orphan(child);
  }

  private orphan(call: number): void {
    const { engine } = this;
    const { calls } = engine;
    calls.unlink(call);
    const state = calls.state[call]!;
    if (state === CallState.waiting || state === CallState.fallingBack || state === CallState.compensating) {
      this.giveUp(call);
      engine.stationOf(call).behaviour.expired(call);
      this.vanish(call);
      return;
    }
    if (state === CallState.blocked) {
      this.withdraw(call);
      return;
    }
    calls.flags[call]! |= CallFlag.orphan;
    if (state !== CallState.sleeping) return;
    engine.stationOf(call).behaviour.expired(call);
    engine.service.leaveSlot(call, engine.stationOf(call));
  }

  /** The caller of a call that waits in a role's line has gone, and with it the wait. */
  private withdraw(call: number): void {
    const station = this.engine.stationOf(call);
    if (this.engine.tracer !== null) this.engine.trace(call, "its caller has given up: it leaves the line");
    station.effect?.withdraw?.(call);
    station.unused(call);
    this.vanish(call);
  }

  /** The client gives up on a request: the servers go on, but waits for a lost call end. */
  freeLost(frame: number): void {
    const { calls } = this.engine;
    if (calls.firstChild[frame] === none) {
      if (this.waits(frame)) this.freeUpward(frame);
      return;
    }
    for (let child = calls.firstChild[frame]!; child !== none; ) {
      const next = calls.nextSibling[child]!;
      if (calls.timer[child] === 0) this.freeLost(child);
      child = next;
    }
  }

  private waits(call: number): boolean {
    const state = this.engine.calls.state[call]!;
    return state === CallState.waiting || state === CallState.fallingBack || state === CallState.compensating;
  }

  /** What becomes of a status poll is nothing that befalls the intent. */
  private disturb(call: number): void {
    const { intents, calls, observers } = this.engine;
    if (calls.has(call, CallFlag.poll)) return;
    intents.mark(calls.intent[call]!, IntentFlag.disturbed);
    observers.disturbed(calls.intent[call]!);
  }
}
