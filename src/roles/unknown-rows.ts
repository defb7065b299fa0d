import type { Observer } from "../sim/behaviour.js";
import { none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { IntentFlag } from "../sim/intents.js";
import type { Records } from "../sim/records.js";
import { Row } from "./guard.js";
import { RowLine } from "./row-line.js";

/** A schedule that comes for unknown rows. */
export interface Schedule {
  /** A row is unknown from now on. */
  rowUnknown(): void;
}

/** Who keeps guard rows. */
interface RowKeeper {
  /** Nothing was charged under the row. */
  fail(row: number): void;
}

/**
 * Guard rows that are unknown: an attempt under the row may have had its effect, and nobody has learned it. A message
 * of the row's may still wait in a queue, behind an hour of others: a schedule comes for the row all the same.
 * Each holds its intent open until a schedule has settled it. Without a schedule it does not even listen: intents
 * close as ever.
 */
export class UnknownRows implements Observer {
  /** By station. */
  private readonly keepers = new Map<number, RowKeeper>();
  private readonly schedules: Schedule[] = [];
  /** Rows that no schedule has tried; the one that became unknown first is first. */
  private readonly untried = new RowLine();
  /** Rows that a schedule has tried in vain: all became unknown before the untried ones. */
  private readonly tried = new RowLine();

  constructor(
    private readonly engine: Engine,
    private readonly records: Records,
  ) {}

  /** The station keeps guard rows. */
  addStore(station: number, keeper: RowKeeper): void {
    this.keepers.set(station, keeper);
  }

  /** Adds a schedule: from now on unknown rows keep their intents open for it. */
  addSchedule(schedule: Schedule): void {
    if (this.schedules.length === 0) this.engine.observers.add(this);
    this.schedules.push(schedule);
  }

  itemUnsure(item: number): void {
    const { records, engine } = this;
    const { intents } = engine;
    const intent = intents.itemIntent[item]!;
    const key = intents.itemKey[item]!;
    let found = false;
    for (let row = records.firstOf(intent); row !== none; row = records.after(row)) {
      // A row that another request took over while this one was still at work is as unknown: they share the key.
      const concerns = records.holder[row] === item || records.lentKey[row] === key;
      if (!concerns || records.unsure[row] === 1 || !this.keepers.has(records.owner[row]!) || this.isFinal(row))
        continue;
      records.unsure[row] = 1;
      intents.awaited[intent]!++;
      engine.hold(intent);
      this.untried.put(row, engine.now);
      if (engine.tracer !== null) engine.traceIntent(intent, records.owner[row]!, "row unknown: a charge is possible");
      found = true;
    }
    if (!found) return;
    for (let i = 0; i < this.schedules.length; i++) this.schedules[i]!.rowUnknown();
  }

  itemLost(item: number): void {
    this.itemUnsure(item);
  }

  /** Whether the row has come to its end otherwise: done with the goal known, or declined. */
  isFinal(row: number): boolean {
    const state = this.records.state[row]!;
    if (state === Row.declined) return true;
    return state === Row.done && this.engine.intents.is(this.intentOf(row), IntentFlag.confirmed);
  }

  intentOf(row: number): number {
    return this.engine.intents.itemIntent[this.records.holder[row]!]!;
  }

  /** Rows that wait for another try. */
  get triedCount(): number {
    return this.tried.count;
  }

  /** Takes out the tried row that is first; there must be one. */
  takeTried(): number {
    return this.tried.take();
  }

  /** When the first untried row became unknown, milliseconds; Infinity when there is none. */
  get untriedSinceMs(): number {
    return this.untried.firstSinceMs;
  }

  /** Takes out the untried row that is first; there must be one. */
  takeUntried(): number {
    return this.untried.take();
  }

  /** The row stays unknown: it waits for the next tick. */
  putBack(row: number): void {
    this.tried.put(row, this.engine.now);
  }

  /** The row is settled and holds its intent no longer. */
  settled(row: number): void {
    const intent = this.intentOf(row);
    this.records.unsure[row] = 0;
    this.records.pursued[row] = 0;
    this.engine.intents.awaited[intent]!--;
    this.engine.letGo(intent);
  }

  /**
   * The provider knows of no charge under the row. Where nothing is under way any more but the call that asked, nothing
   * is owed, and another request may claim the row anew; else what is under way decides.
   */
  absent(row: number): void {
    if (this.engine.intents.underWay(this.intentOf(row)) <= 1) this.keepers.get(this.records.owner[row]!)!.fail(row);
    this.settled(row);
  }
}
