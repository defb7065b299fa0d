import { none } from "../sim/calls.js";
import { readLagMs } from "./guard.js";
import { keyOf } from "./key.js";
import type { RoleContext } from "./role.js";

/** The keys of the events that a consumer has applied, by `idempotency.key`; `none` knows nothing. */
export class SeenEvents {
  private readonly lagMs: number;

  constructor(private readonly context: RoleContext) {
    this.lagMs = readLagMs(context.idempotency);
  }

  /** Whether an event of this kind (0 to 255) has been seen under the call's key; notes it when it has not. */
  isKnown(call: number, kind: number): boolean {
    const { engine, records, station, idempotency } = this.context;
    // An intent has one final event, so the event's key is the intent's.
    const key = keyOf(engine.intents, engine.calls.item[call]!, idempotency.key, "intent");
    if (key === 0) return false;
    const intent = engine.calls.intent[call]!;
    const owner = station.spec.index;
    let record = records.find(intent, owner, key);
    while (record !== none && !this.is(record, owner, key, kind)) record = records.after(record);
    if (record === none) {
      records.state[records.add(intent, owner, key)] = kind;
      return false;
    }
    return records.writtenMs[record]! + this.lagMs <= engine.now;
  }

  private is(record: number, owner: number, key: number, kind: number): boolean {
    const { records } = this.context;
    return records.owner[record] === owner && records.key[record] === key && records.state[record] === kind;
  }
}
