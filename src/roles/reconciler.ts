import type { Behaviour } from "../sim/behaviour.js";
import { CallFlag, CallState, none } from "../sim/calls.js";
import { Outcome, outcomeNames, Reply } from "../sim/outcome.js";
import type { Role, RoleContext } from "./role.js";
import type { Schedule } from "./unknown-rows.js";

/** A schedule's parameters with every default filled in. */
export interface ReconcilerParameters {
  /** Time from tick to tick, milliseconds, above 0; the n-th tick is at n × everyMs. */
  readonly everyMs: number;
  /** A row is taken up once it has been unknown for this long, milliseconds, 0 or more. */
  readonly ageMs: number;
  /** Rows taken up in one tick at most, 1 or more. */
  readonly batch: number;
  /** It asks whether there is a charge instead of charging under the same key, from the first call on. */
  readonly query: boolean;
  /** Whether it can reach what settles a row; else it does nothing. */
  readonly acts: boolean;
}

/** What a schedule has learned of a row. */
const Pursued = {
  /** The provider replays a stored error: another charge would only get it again. */
  replayed: 1,
  /** A queue has taken the schedule's own call. */
  message: 2,
} as const;

/**
 * A schedule: at each tick it takes up the rows that have been unknown for `ageMs`, oldest first, and sends a call of
 * its own for each along its success edges, under the row's item key. What the answer says is written to the row;
 * without one the row waits for the next tick.
 *
 * It is a role and not a mode, for what it looks at are the rows that roles keep, which no mode knows. It takes the
 * place of its component's behaviour, because only a behaviour has a timer, makes calls and gets their answers; each
 * call begins as an arrival at its own station, so that conservation and fallbacks hold there as anywhere.
 * A tick is planned only while a row is unknown: a run without any has no event more, and ends as early.
 */
class Reconciler implements Behaviour, Schedule {
  private readonly parameters: ReconcilerParameters;
  /** Number of the last tick. */
  private lastTick = 0;
  /** The next tick: its number, and when it is, milliseconds; Infinity when none is planned. */
  private nextTick = 0;
  private nextTickMs = Number.POSITIVE_INFINITY;

  constructor(private readonly context: RoleContext) {
    this.parameters = context.behavior as unknown as ReconcilerParameters;
    if (this.parameters.acts) context.unknownRows.addSchedule(this);
  }

  rowUnknown(): void {
    this.plan();
  }

  /** Plans the first tick at which a row is due, unless an earlier one is planned. */
  private plan(): void {
    const { engine, station, unknownRows } = this.context;
    const { everyMs, ageMs } = this.parameters;
    const dueMs = unknownRows.triedCount > 0 ? engine.now : unknownRows.untriedSinceMs + ageMs;
    if (dueMs === Number.POSITIVE_INFINITY) return;
    const tick = Math.max(this.lastTick + 1, Math.ceil(dueMs / everyMs));
    // The product may be rounded to just before the row is due, or before now.
    const tickMs = Math.max(tick * everyMs, dueMs, engine.now);
    if (tickMs >= this.nextTickMs) return;
    this.nextTick = tick;
    this.nextTickMs = tickMs;
    station.tickMs = tickMs;
    engine.setStationTimer(station);
  }

  tick(): void {
    const { engine, unknownRows } = this.context;
    // A timer of a tick that was moved forward since.
    if (engine.now !== this.nextTickMs) return;
    this.lastTick = this.nextTick;
    this.nextTickMs = Number.POSITIVE_INFINITY;
    let left = this.parameters.batch;
    // Those that come back at once stand behind these, and wait for the next tick.
    for (let tried = unknownRows.triedCount; tried > 0 && left > 0; tried--) {
      if (this.takeUp(unknownRows.takeTried())) left--;
    }
    while (left > 0 && unknownRows.untriedSinceMs + this.parameters.ageMs <= engine.now) {
      if (this.takeUp(unknownRows.takeUntried())) left--;
    }
    this.plan();
  }

  /** Sends the row's call; false when there is no need to, or not now. */
  private takeUp(row: number): boolean {
    const { engine, station, records, unknownRows } = this.context;
    const { calls, intents } = engine;
    const item = records.holder[row]!;
    if (unknownRows.isFinal(row)) {
      unknownRows.settled(row);
      return false;
    }
    // Its own message is in a queue: that tells, sooner or later.
    if ((records.pursued[row]! & Pursued.message) !== 0 && intents.itemMessages[item]! > 0) {
      unknownRows.putBack(row);
      return false;
    }
    const call = engine.takeCall(station.spec.index, none, unknownRows.intentOf(row), item, 0);
    calls.mark[call] = row + 1;
    const query = this.parameters.query || (records.pursued[row]! & Pursued.replayed) !== 0;
    if (query) calls.flags[call]! |= CallFlag.query;
    if (engine.tracer !== null) engine.trace(call, query ? "asks for the charge" : "charges again");
    engine.service.arrive(call);
    return true;
  }

  forward(call: number): void {
    const { engine, station } = this.context;
    engine.calls.state[call] = CallState.waiting;
    engine.routes.begin(call, station);
  }

  reply(frame: number, outcome: Outcome, reply: number): void {
    const { routes, frames } = this.context.engine;
    if (routes.advance(frame, outcome, reply)) return;
    // To settle the row may send other calls, which use the routes.
    const { outcome: ended, reply: bits } = routes;
    this.write(frame, ended, bits);
    frames.pass(frame, ended, bits);
  }

  /** Writes to the row what the answer says of it. */
  private write(frame: number, outcome: Outcome, reply: number): void {
    const { engine, unknownRows } = this.context;
    const row = this.rowOf(frame);
    if (row === none) return;
    if (engine.tracer !== null) engine.trace(frame, `told ${outcomeNames[outcome]}`);
    if (outcome === Outcome.declined || (outcome === Outcome.ok && (reply & Reply.goal) !== 0)) {
      engine.knowledge.settle(frame, outcome, reply);
      unknownRows.settled(row);
    } else if (outcome === Outcome.ok && (reply & Reply.absent) !== 0) {
      if (engine.tracer !== null) engine.trace(frame, "no charge: nothing is owed");
      unknownRows.absent(row);
    } else {
      if ((reply & Reply.replayed) !== 0) this.context.records.pursued[row]! |= Pursued.replayed;
      if (outcome === Outcome.ok) this.context.records.pursued[row]! |= Pursued.message;
      this.returnRow(row);
    }
  }

  /** The row that the frame was sent for, once; {@link none} afterwards. */
  private rowOf(frame: number): number {
    const { mark } = this.context.engine.calls;
    const row = mark[frame]! - 1;
    mark[frame] = 0;
    return row;
  }

  private returnRow(row: number): void {
    this.context.unknownRows.putBack(row);
    this.plan();
  }

  /** Nobody will answer: the row waits for the next tick. */
  expired(frame: number): void {
    const row = this.rowOf(frame);
    if (row !== none) this.returnRow(row);
  }

  unused(call: number): void {
    this.expired(call);
  }

  start(): void {}

  admit(_call: number): Outcome {
    return Outcome.ok;
  }

  forwardOrphan(_call: number): void {}

  timeout(_frame: number): void {}

  wake(_call: number): void {}

  refuses(): boolean {
    return false;
  }

  resume(): void {}
}

export const reconciler: Role = {
  name: "reconciler",
  operations: [],
  external: false,
  create: () => null,
  behave: (context) => new Reconciler(context),
};
