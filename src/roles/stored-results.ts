import { none } from "../sim/calls.js";
import type { Account } from "./provider-account.js";
import type { RoleContext } from "./role.js";

const defaultKeyTtlMs = 86_400_000;

/** What a provider has stored for a call, by its key. */
export const Stored = {
  inFlight: 1,
  done: 2,
  error: 3,
  declined: 4,
  forgotten: 5,
  /** Done, and given back since: the stored result is what it was. */
  voided: 6,
  /** An error is the stored result, although the effect stands. */
  doneInError: 7,
} as const;
/** A record's state holds its operation above these bits: a charge and its refund may come under one key. */
const storedBits = 3;
const storedMask = (1 << storedBits) - 1;

/** Whether a call under the key is answered with an error again. */
export function replaysError(stored: number): boolean {
  return stored === Stored.error || stored === Stored.doneInError;
}

/**
 * The results that one provider keeps, each under the key of its call and the merchant's reference: the item's key,
 * which names what is to be given back whatever key the call went by.
 */
export class StoredResults {
  private readonly ttlMs: number;

  constructor(
    private readonly context: RoleContext,
    keyTtlMs: number | undefined,
  ) {
    this.ttlMs = keyTtlMs ?? context.idempotency.ttlMs ?? defaultKeyTtlMs;
  }

  /** The result of an operation under a key, 0 for none, unless it is forgotten; {@link none} without one. */
  find(call: number, key: number, operation: number): number {
    if (key === 0) return none;
    const { engine, records, station } = this.context;
    const owner = station.spec.index;
    for (let record = records.firstOf(engine.calls.intent[call]!); record !== none; record = records.after(record)) {
      if (records.owner[record] !== owner || records.key[record] !== key) continue;
      if (this.operationOf(record) !== operation) continue;
      const isKept = this.of(record) !== Stored.forgotten && engine.now - records.writtenMs[record]! <= this.ttlMs;
      return isKept ? record : none;
    }
    return none;
  }

  /** Begins the record of a call, which the call's `mark` names from now on. */
  open(call: number, key: number): void {
    const { records, station } = this.context;
    const { calls, intents } = this.context.engine;
    const record = records.add(calls.intent[call]!, station.spec.index, key);
    records.state[record] = (calls.operation[call]! << storedBits) | Stored.inFlight;
    records.lentKey[record] = intents.itemKey[calls.item[call]!]!;
    calls.mark[call] = record;
  }

  /** Stores how a call ended that has a record. */
  store(call: number, stored: number): void {
    const record = this.context.engine.calls.mark[call]!;
    if (record !== none) this.set(record, stored);
  }

  of(record: number): number {
    return this.context.records.state[record]! & storedMask;
  }

  /**
   * Notes that the newest of what stands under the call's reference is given back.
   * @returns the operation that it came from; {@link none} when nothing stands
   */
  giveBack(call: number, account: Account): number {
    const record = this.standing(call, account);
    if (record === none) return none;
    this.set(record, this.of(record) === Stored.done ? Stored.voided : Stored.error);
    return this.operationOf(record);
  }

  private standing(call: number, account: Account): number {
    const { engine, records, station } = this.context;
    const owner = station.spec.index;
    const intent = engine.calls.intent[call]!;
    const reference = engine.intents.itemKey[engine.calls.item[call]!]!;
    for (let record = records.firstOf(intent); record !== none; record = records.after(record)) {
      if (records.owner[record] !== owner || records.lentKey[record] !== reference) continue;
      const stored = this.of(record);
      const stands = stored === Stored.done || stored === Stored.doneInError;
      if (stands && account.mayVoid(intent, this.operationOf(record))) return record;
    }
    return none;
  }

  /** Whether a charge of the call's intent was declined here, whatever request it came by. */
  wasDeclined(call: number): boolean {
    const { engine, records, station } = this.context;
    let record = records.firstOf(engine.calls.intent[call]!);
    while (record !== none) {
      if (records.owner[record] === station.spec.index && this.of(record) === Stored.declined) return true;
      record = records.after(record);
    }
    return false;
  }

  private operationOf(record: number): number {
    return this.context.records.state[record]! >> storedBits;
  }

  private set(record: number, stored: number): void {
    const { state } = this.context.records;
    state[record] = (state[record]! & ~storedMask) | stored;
  }
}
