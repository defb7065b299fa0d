import type { Observer } from "../sim/behaviour.js";
import { none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import type { Records } from "../sim/records.js";
import { type GroundTruth, Hazard } from "./ground-truth.js";

/** What a guard's row says of its charge. */
export const Charge = { created: 0, pending: 1, unknown: 2, failed: 3, declined: 4, succeeded: 5 } as const;
export type Charge = (typeof Charge)[keyof typeof Charge];

const names = ["created", "pending", "unknown", "failed", "declined", "succeeded"] as const;

/** By charge: how far it has come. Failed and declined are equally far; from `finalRank` on it has come to an end. */
const ranks = [0, 1, 2, 3, 3, 4] as const;
const finalRank = ranks[Charge.failed];

/** Whether a charge has come to its end; failed is one that a repair may still leave. */
function isFinal(charge: number): boolean {
  return ranks[charge]! >= finalRank;
}

/**
 * The state of the charge under each row of a guard: a column beside the row's own state, which says how requests are
 * answered. Many write it, in whatever order the network leaves them: the worker that takes a message up, the outcome
 * of its call, a schedule, the provider's events. `forward` takes a write only when it brings the charge further, so
 * that a late one is harmless; `any` lets the last write win.
 */
export class ChargeRecord implements Observer {
  constructor(
    private readonly engine: Engine,
    private readonly records: Records,
    private readonly truth: GroundTruth,
    private readonly owner: number,
    private readonly writes: "forward" | "any",
  ) {}

  /** Writes a state to a row's charge; false when it is refused, for the charge is as far already. */
  write(row: number, charge: Charge): boolean {
    const { stage } = this.records;
    const before = stage[row]!;
    const further = ranks[charge] > ranks[before]!;
    const intent = this.intentOf(row);
    if (!further && isFinal(before)) this.truth.meet(intent, Hazard.lateWrite);
    if (!further && this.writes === "forward") return false;
    if (isFinal(before) && charge !== before && !(before === Charge.failed && charge === Charge.succeeded)) {
      this.regress(intent, before, charge);
    }
    stage[row] = charge;
    if (charge === Charge.failed) this.engine.observers.recordedFailed(intent);
    else if (isFinal(charge)) this.settleItems(row, intent);
    return true;
  }

  /** A failed row is claimed anew: what happens from now on is another charge. */
  begin(row: number): void {
    this.records.stage[row] = Charge.created;
  }

  private regress(intent: number, before: number, charge: number): void {
    const { engine, truth } = this;
    truth.regressed[intent] = 1;
    if (engine.tracer === null) return;
    engine.traceIntent(intent, this.owner, `charge record: ${names[before]} is overwritten by ${names[charge]}`);
  }

  private settleItems(row: number, intent: number): void {
    const { intents } = this.engine;
    intents.settleItems(intent, this.records.lentKey[row]!);
    intents.itemSettled[this.records.holder[row]!] = 1;
  }

  private intentOf(row: number): number {
    return this.engine.intents.itemIntent[this.records.holder[row]!]!;
  }

  /** A worker takes the message up: it notes so before it calls the provider. */
  delivered(item: number): void {
    const row = this.rowOf(item);
    if (row !== none) this.write(row, Charge.pending);
  }

  itemUnsure(item: number): void {
    const row = this.rowOf(item);
    if (row !== none) this.write(row, Charge.unknown);
  }

  itemLost(item: number): void {
    this.itemUnsure(item);
  }

  /** The newest row whose charge is made for the item; {@link none} when there is none. */
  private rowOf(item: number): number {
    const { records } = this;
    const { intents } = this.engine;
    const key = intents.itemKey[item]!;
    let row = records.firstOf(intents.itemIntent[item]!);
    while (row !== none && !(records.owner[row] === this.owner && this.concerns(row, item, key))) {
      row = records.after(row);
    }
    return row;
  }

  private concerns(row: number, item: number, key: number): boolean {
    return this.records.holder[row] === item || this.records.lentKey[row] === key;
  }

  /**
   * The row that a report is about: the one under whose key the charge was made, else one of the intent's that has not
   * come to its end, else its newest.
   */
  rowOfReport(item: number): number {
    const found = this.rowOf(item);
    if (found !== none) return found;
    const { records } = this;
    let newest: number = none;
    for (let row = records.firstOf(this.engine.intents.itemIntent[item]!); row !== none; row = records.after(row)) {
      if (records.owner[row] !== this.owner) continue;
      if (!isFinal(records.stage[row]!)) return row;
      if (newest === none) newest = row;
    }
    return newest;
  }
}
