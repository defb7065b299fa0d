import { CallFlag, CallState, inheritedFlags, none } from "./calls.js";
import type { Engine } from "./engine.js";
import { Outcome, Reply } from "./outcome.js";
import type { Edge, Station } from "./station.js";
import { widen } from "./widen.js";

/**
 * Ways onward: an active component takes its success edges one after another, a passive one copies to all of them.
 */
export class Routes {
  /** How the last sequence or set of copies ended, when {@link advance} said that it has. */
  outcome: Outcome = Outcome.ok;
  reply = 0;
  /** The copies that are being sent; they nest where an answer comes at once. */
  private copies = new Int32Array(1024);
  private copiesTop = 0;

  constructor(private readonly engine: Engine) {}

  /** The edges onward of a call at a station: its success edges, or for a status poll those for polls, where there are any. */
  waysOf(call: number, { spec }: Station): readonly Edge[] {
    return spec.poll.length > 0 && this.engine.calls.has(call, CallFlag.poll) ? spec.poll : spec.success;
  }

  /** Takes the success edges of a served call, as its component's kind does. */
  take(call: number): void {
    const station = this.engine.stationOf(call);
    const success = this.waysOf(call, station);
    if (success.length === 0) this.engine.frames.pass(call, Outcome.ok, this.sinkReply(call));
    else if (station.spec.active) this.begin(call, station);
    else if (success.length === 1) this.follow(call, station, success[0]!);
    else this.copy(call, success);
  }

  /** Takes one edge: a passive component without fallbacks hands the call itself on, others wait for its answer. */
  follow(call: number, station: Station, edge: Edge): void {
    const { calls } = this.engine;
    const { spec } = station;
    if (edge.async) {
      this.sendAside(call, edge);
      this.engine.frames.pass(call, Outcome.ok, calls.carried[call]!);
    } else if (spec.active || spec.failure.length > 0 || spec.compensate.length > 0) this.forwardAlong(call, edge);
    else {
      this.engine.service.countCompleted(call, station);
      calls.station[call] = edge.to;
      calls.operation[call] = this.engine.operationAlong(edge, call);
      calls.flags[call]! &= inheritedFlags | CallFlag.poll;
      calls.mark[call] = 0;
      calls.conflicts[call] = 0;
      calls.hops[call]!++;
      this.engine.transmit(call, edge);
    }
  }

  /** Makes the call a frame that waits for a call along `edge`. */
  forwardAlong(call: number, edge: Edge): void {
    const { calls } = this.engine;
    calls.state[call] = CallState.waiting;
    this.engine.send(edge, call, calls.intent[call]!, calls.item[call]!);
  }

  /** Begins the frame's way onward from its first edge; the frame stays and gets the answers. */
  begin(frame: number, station: Station): void {
    const { calls } = this.engine;
    calls.step[frame] = 0;
    // What an earlier attempt was told about the key says nothing about this one.
    calls.carried[frame]! &= Reply.goal;
    const success = this.waysOf(frame, station);
    if (success.length === 0) station.reply(frame, Outcome.ok, this.sinkReply(frame));
    else if (!station.spec.active && success.length > 1) this.copy(frame, success);
    else if (!this.stepOn(frame, success)) station.reply(frame, Outcome.ok, calls.carried[frame]!);
  }

  /** Goes on with a sequence at the step at which it has stopped; what came before it is not taken again. */
  resume(frame: number, station: Station): void {
    const { calls } = this.engine;
    if (!station.spec.active || calls.step[frame] === 0) {
      this.begin(frame, station);
      return;
    }
    calls.carried[frame]! &= Reply.goal;
    if (!this.stepOn(frame, this.waysOf(frame, station))) station.reply(frame, Outcome.ok, calls.carried[frame]!);
  }

  /**
   * Takes note of an answer within the frame's way onward. True while more is to come;
   * false when the way has ended as {@link outcome} and {@link reply} say.
   */
  advance(frame: number, outcome: Outcome, reply: number): boolean {
    const { calls } = this.engine;
    const station = this.engine.stationOf(frame);
    const { active } = station.spec;
    const success = this.waysOf(frame, station);
    this.outcome = outcome;
    this.reply = reply;
    if (outcome !== Outcome.ok) {
      this.abandonCopies(frame);
      return false;
    }
    calls.carried[frame]! |= reply;
    this.reply = calls.carried[frame]!;
    if (success.length === 0) return false;
    if (!active && success.length > 1) {
      if (--calls.step[frame]! <= 0) return false;
      this.engine.frames.keepWaiting(frame);
      return true;
    }
    if ((reply & (Reply.known | Reply.absent)) !== 0) return false;
    calls.step[frame]!++;
    return this.stepOn(frame, success);
  }

  /** Takes the next edge of a sequence; false when there is none left to wait for. */
  private stepOn(frame: number, success: readonly Edge[]): boolean {
    const { calls } = this.engine;
    for (let step = calls.step[frame]!; step < success.length; step++) {
      const edge = success[step]!;
      calls.step[frame] = step;
      if (!edge.async) {
        this.forwardAlong(frame, edge);
        return true;
      }
      this.sendAside(frame, edge);
    }
    return false;
  }

  /** Copies to every edge side by side; asynchronous ones count as ok at once. */
  copy(frame: number, edges: readonly Edge[]): void {
    const { engine } = this;
    const { calls } = engine;
    const intent = calls.intent[frame]!;
    const item = calls.item[frame]!;
    let waits = 0;
    for (let i = 0; i < edges.length; i++) if (!edges[i]!.async) waits++;
    calls.state[frame] = CallState.waiting;
    calls.step[frame] = waits;
    // All copies exist before the first is sent: an answer at once may end the frame, and its siblings go on.
    const base = this.copiesTop;
    this.copiesTop += edges.length;
    while (this.copies.length < this.copiesTop) this.copies = widen(this.copies, 2 * this.copies.length);
    for (let i = 0; i < edges.length; i++) {
      const edge = edges[i]!;
      const parent = edge.async ? none : frame;
      this.copies[base + i] = engine.takeCall(edge.to, parent, intent, item, engine.operationAlong(edge, frame));
    }
    for (let i = 0; i < edges.length; i++) engine.transmit(this.copies[base + i]!, edges[i]!);
    this.copiesTop = base;
    if (waits === 0) engine.stationOf(frame).reply(frame, Outcome.ok, calls.carried[frame]!);
  }

  /** Lets the copies that are still out go on without their frame. */
  abandonCopies(frame: number): void {
    const { calls, frames } = this.engine;
    for (let child = calls.firstChild[frame]!; child !== none; child = calls.firstChild[frame]!) {
      calls.unlink(child);
      if (calls.timer[child] === 0) frames.freeLost(child);
    }
  }

  sendAside(call: number, edge: Edge): void {
    const { calls } = this.engine;
    const operation = this.engine.operationAlong(edge, call);
    const aside = this.engine.takeCall(edge.to, none, calls.intent[call]!, calls.item[call]!, operation);
    this.engine.transmit(aside, edge);
  }

  private sinkReply(call: number): number {
    return this.engine.calls.carried[call]! | this.engine.options.sinkReply;
  }
}
