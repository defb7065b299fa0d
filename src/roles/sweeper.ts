import type { Behaviour } from "../sim/behaviour.js";
import { CallFlag, CallState, none, TakeOver } from "../sim/calls.js";
import type { DurableWork, RecordSchedule } from "../sim/durable-work.js";
import { Outcome, outcomeNames } from "../sim/outcome.js";
import type { Edge } from "../sim/station.js";
import type { Role, RoleContext } from "./role.js";

/** A sweeper's parameters with every default filled in. */
export interface SweeperParameters {
  /** Time from tick to tick, milliseconds, above 0; the n-th tick is at n × everyMs. */
  readonly everyMs: number;
  /** A record is taken over once it was opened this long ago and is not final, milliseconds, 0 or more. */
  readonly ageMs: number;
  /** Records taken over in one tick at most, for each sequence, 1 or more. */
  readonly batch: number;
  /** Finishes the records instead of undoing them. */
  readonly resume: boolean;
}

/**
 * A schedule that leads into durable sequences: at each tick it takes over their records that have been open for
 * `ageMs`, oldest first, parked ones and those whose owner is gone among them, with a call of its own for each.
 * A call that is refused or lost leaves its record for the next tick. A tick is planned only while a record is open.
 */
class Sweeper implements Behaviour, RecordSchedule {
  private readonly parameters: SweeperParameters;
  /** Connections into durable sequences, and their records. */
  private edges: readonly Edge[] = [];
  private works: readonly DurableWork[] = [];
  /** Number of the last tick. */
  private lastTick = 0;
  /** The next tick: its number, and when it is, milliseconds; Infinity when none is planned. */
  private nextTick = 0;
  private nextTickMs = Number.POSITIVE_INFINITY;

  constructor(private readonly context: RoleContext) {
    this.parameters = context.behavior as unknown as SweeperParameters;
  }

  start(): void {
    const { engine, station } = this.context;
    const workOf = (edge: Edge): DurableWork | undefined => engine.stations[edge.to]!.behaviour.durable;
    this.edges = station.spec.success.filter((edge) => workOf(edge) !== undefined);
    this.works = this.edges.map((edge) => workOf(edge)!);
    for (const work of new Set(this.works)) work.addSchedule(this);
  }

  recordOpened(): void {
    if (this.nextTickMs === Number.POSITIVE_INFINITY) this.plan();
  }

  /** Plans the first tick at which a record is due. */
  private plan(): void {
    const { engine, station } = this.context;
    const { everyMs, ageMs } = this.parameters;
    let openedMs = Number.POSITIVE_INFINITY;
    for (const work of this.works) {
      if (work.oldest !== none) openedMs = Math.min(openedMs, work.openedMs(work.oldest));
    }
    if (openedMs === Number.POSITIVE_INFINITY) return;
    const dueMs = Math.max(engine.now, openedMs + ageMs);
    const tick = Math.max(this.lastTick + 1, Math.ceil(dueMs / everyMs));
    // The product may be rounded to just before the record is due, or before now.
    const tickMs = Math.max(tick * everyMs, dueMs);
    this.nextTick = tick;
    this.nextTickMs = tickMs;
    station.tickMs = tickMs;
    engine.setStationTimer(station);
  }

  tick(): void {
    this.lastTick = this.nextTick;
    this.nextTickMs = Number.POSITIVE_INFINITY;
    for (let edge = 0; edge < this.works.length; edge++) this.sweep(edge, this.works[edge]!);
    // A record that was opened meanwhile may have planned a tick already.
    if (this.nextTickMs === Number.POSITIVE_INFINITY) this.plan();
  }

  private sweep(edge: number, work: DurableWork): void {
    const { engine, station } = this.context;
    const { ageMs, batch } = this.parameters;
    let record = work.oldest;
    for (let left = batch; left > 0 && record !== none && work.openedMs(record) + ageMs <= engine.now; left--) {
      // What is taken over leaves its place in the order.
      const younger = work.younger(record);
      const call = engine.takeCall(station.spec.index, none, work.intentOf(record), work.itemOf(record), edge);
      engine.calls.mark[call] = record;
      engine.service.arrive(call);
      record = younger;
    }
  }

  forward(call: number): void {
    const { engine } = this.context;
    const { calls } = engine;
    const edge = this.edges[calls.operation[call]!]!;
    const operation = this.parameters.resume ? TakeOver.resume : TakeOver.compensate;
    if (engine.tracer !== null) engine.trace(call, this.parameters.resume ? "has it resumed" : "has it compensated");
    calls.state[call] = CallState.waiting;
    const asked = engine.takeCall(edge.to, call, calls.intent[call]!, calls.item[call]!, operation);
    calls.flags[asked]! |= CallFlag.takeOver;
    calls.mark[asked] = calls.mark[call]!;
    engine.transmit(asked, edge);
  }

  reply(frame: number, outcome: Outcome, reply: number): void {
    const { engine } = this.context;
    if (engine.tracer !== null) engine.trace(frame, `told ${outcomeNames[outcome]}`);
    engine.frames.pass(frame, outcome, reply);
  }

  admit(_call: number): Outcome {
    return Outcome.ok;
  }

  unused(_call: number): void {}

  forwardOrphan(_call: number): void {}

  timeout(_frame: number): void {}

  wake(_call: number): void {}

  expired(_frame: number): void {}

  refuses(): boolean {
    return false;
  }

  resume(): void {}
}

export const sweeper: Role = {
  name: "sweeper",
  operations: [],
  external: false,
  create: () => null,
  behave: (context) => new Sweeper(context),
};
