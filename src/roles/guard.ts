import type { IdempotencySpec } from "../canvas/canvas.js";
import type { Observer } from "../sim/behaviour.js";
import { none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { IntentFlag } from "../sim/intents.js";
import { isFailure, Outcome, Reply } from "../sim/outcome.js";
import type { Records } from "../sim/records.js";
import { Charge, ChargeRecord } from "./charge-record.js";
import type { GroundTruth } from "./ground-truth.js";
import { keyOf } from "./key.js";

/** Default lease of a claimed row, milliseconds. */
const defaultClaimLeaseMs = 30_000;
/** Default age of what a check-then-act read sees, milliseconds. */
const defaultReadLagMs = 200;

/** Age of what a read sees, milliseconds: 0 where looking and writing are one. */
export function readLagMs({ check, lagMs }: Readonly<IdempotencySpec>): number {
  return check === "check-then-act" ? (lagMs ?? defaultReadLagMs) : 0;
}

/** States of a guard's row. */
export const Row = { claimed: 1, accepted: 2, done: 3, failed: 4, declined: 5 } as const;

/** How a call enters a guarded component. */
export type Entry = "new" | "again" | "answered";

/**
 * Rows under an idempotency key. A row is *claimed* while a synchronous call is at work, *accepted* when a queue has
 * the item, *done* when its success is known, *failed* when every attempt ended without a possible effect.
 * It owns the item key, also when another request takes it over, so that the provider sees the same key.
 */
export class Guard implements Observer {
  private readonly leaseMs: number;
  private readonly lagMs: number;
  private readonly key: IdempotencySpec["key"];
  private readonly charges: ChargeRecord;

  constructor(
    private readonly engine: Engine,
    private readonly records: Records,
    private readonly owner: number,
    idempotency: Readonly<IdempotencySpec>,
    private readonly truth: GroundTruth,
  ) {
    this.leaseMs = idempotency.claimLeaseMs ?? defaultClaimLeaseMs;
    this.lagMs = readLagMs(idempotency);
    this.key = idempotency.key;
    this.charges = new ChargeRecord(engine, records, truth, owner, idempotency.writes ?? "forward");
    engine.observers.add(this.charges);
  }

  /**
   * Looks the call's key up. `new`: the row is the item's now, and the effect happens; `again`: the row was the item's
   * already; `answered`: the guard has answered, and the call goes no further.
   */
  enter(call: number): Entry {
    const { calls, intents, now } = this.engine;
    const item = calls.item[call]!;
    const row = this.visible(calls.intent[call]!, this.keyOf(item), item);
    if (row === none) {
      this.claim(calls.intent[call]!, item);
      return "new";
    }
    const { state, holder } = this.records;
    // The item that owns the row comes by again: a redelivery, or a worker that marks its order.
    if (holder[row] === item) return "again";
    if (this.key === "intent") this.noteFreshKey(item, holder[row]!);
    if (state[row] === Row.claimed) {
      if (now < this.records.untilMs[row]!) {
        this.engine.frames.fail(call, Outcome.conflict, Reply.none);
        return "answered";
      }
    } else if (state[row] !== Row.failed) {
      this.answer(call, row);
      return "answered";
    }
    if (state[row] === Row.failed) this.charges.begin(row);
    holder[row] = item;
    state[row] = Row.claimed;
    this.records.untilMs[row] = now + this.leaseMs;
    intents.itemKey[item] = this.records.lentKey[row]!;
    if (this.engine.tracer !== null) this.engine.trace(call, "takes the row over, under the same item key");
    return "again";
  }

  /** The natural key recognises a request that its own key would not have shown to be another of the intent's. */
  private noteFreshKey(item: number, holder: number): void {
    const { intents } = this.engine;
    if (intents.requestKey[item] === intents.requestKey[holder] || intents.itemRecognised[item] === 1) return;
    intents.itemRecognised[item] = 1;
    const intent = intents.itemIntent[item]!;
    const counts = intents.is(intent, IntentFlag.measured) && !intents.is(intent, IntentFlag.hostile);
    if (counts) this.truth.freshKeys++;
  }

  private answer(call: number, row: number): void {
    const { frames } = this.engine;
    if (this.engine.tracer !== null) this.engine.trace(call, "key known: answered from the row");
    if (this.records.state[row] === Row.declined) frames.fail(call, Outcome.declined, Reply.known);
    else {
      const learned = this.records.state[row] === Row.done ? Reply.goal : Reply.none;
      frames.pass(call, Outcome.ok, Reply.known | learned | this.engine.calls.carried[call]!);
    }
  }

  private claim(intent: number, item: number): void {
    const { records, engine } = this;
    const row = records.add(intent, this.owner, this.keyOf(item));
    records.state[row] = Row.claimed;
    records.holder[row] = item;
    records.untilMs[row] = engine.now + this.leaseMs;
    records.lentKey[row] = engine.intents.itemKey[item]!;
  }

  private keyOf(item: number): number {
    return keyOf(this.engine.intents, item, this.key, "request");
  }

  /** The row that a reader sees under the key: the item's own, or one that is older than the read's lag. */
  private visible(intent: number, key: number, item: number): number {
    const { records, engine } = this;
    for (let row = records.firstOf(intent); row !== none; row = records.after(row)) {
      if (records.owner[row] !== this.owner || records.key[row] !== key) continue;
      if (records.holder[row] === item || records.writtenMs[row]! + this.lagMs <= engine.now) return row;
    }
    return none;
  }

  itemAccepted(item: number): void {
    const row = this.held(item);
    if (row !== none && this.records.state[row] === Row.claimed) this.records.state[row] = Row.accepted;
  }

  itemSettled(item: number, outcome: Outcome, reply: number): void {
    const row = this.held(item);
    if (row === none) return;
    const { state } = this.records;
    const { intents } = this.engine;
    if (outcome === Outcome.ok) {
      if ((reply & Reply.goal) !== 0) {
        this.charges.write(row, Charge.succeeded);
        state[row] = Row.done;
        this.engine.knowledge.learn(intents.itemIntent[item]!);
      } else if (state[row] === Row.claimed) state[row] = Row.done;
    } else if (outcome === Outcome.declined) {
      if (this.charges.write(row, Charge.declined)) state[row] = Row.declined;
    } else if (outcome === Outcome.toldFailed) this.fail(row);
    else if (isFailure(outcome) && state[row]! <= Row.accepted && this.hasNoEffect(item)) this.fail(row);
  }

  /** Nothing is owed under the row, and another request may claim it anew; unless its charge is known to stand. */
  fail(row: number): void {
    if (this.charges.write(row, Charge.failed)) this.records.state[row] = Row.failed;
  }

  /**
   * Writes what an item reports to the row that it is about: a success or decline that is taken over is the row's end.
   * False when no row was changed by it.
   */
  record(item: number): boolean {
    const row = this.charges.rowOfReport(item);
    const report = this.engine.intents.itemReport[item]!;
    if (row === none || !this.charges.write(row, report as Charge)) return row === none;
    if (report === Charge.succeeded) this.records.state[row] = Row.done;
    else if (report === Charge.declined) this.records.state[row] = Row.declined;
    return true;
  }

  /** Nothing of the item is under way, and no attempt of it ended without an answer. */
  private hasNoEffect(item: number): boolean {
    const { intents } = this.engine;
    return intents.itemUnsure[item] === 0 && intents.itemMessages[item] === 0;
  }

  private held(item: number): number {
    const { records } = this;
    let row = records.firstOf(this.engine.intents.itemIntent[item]!);
    while (row !== none && !(records.owner[row] === this.owner && records.holder[row] === item))
      row = records.after(row);
    return row;
  }
}
