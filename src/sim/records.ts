import { none } from "./calls.js";
import type { IntentColumns } from "./intents.js";
import type { Clock } from "./line.js";
import { widen } from "./widen.js";

/** Columns kept elsewhere for each record, by the same handle. */
export interface RecordColumns {
  /** Makes room for handles below `capacity`, keeping what is there. */
  reserve(capacity: number): void;
}

/**
 * What components keep under a key for an intent: guard rows, a provider's stored results.
 * The records hang on their intent and are given back with it, so that memory follows what is in flight.
 */
export class Records implements IntentColumns {
  private first = new Int32Array(0);
  private capacity = 256;
  private freeHead = none;
  private fresh = 0;
  private readonly columns: RecordColumns[] = [];
  private next = new Int32Array(this.capacity);

  /** Index of the component that keeps the record. */
  owner = new Int16Array(this.capacity);
  key = new Uint32Array(this.capacity);
  state = new Uint8Array(this.capacity);
  /** 1 when an attempt under it ended so that an effect is possible and unknown. */
  unsure = new Uint8Array(this.capacity);
  /** How a schedule has pursued it so far; its own bits. */
  pursued = new Uint8Array(this.capacity);
  /** How far what it stands for has come, in its owner's own code. */
  stage = new Uint8Array(this.capacity);
  /** When it was written, milliseconds. */
  writtenMs = new Float64Array(this.capacity);
  /** End of a lease, or the time from which readers see it. */
  untilMs = new Float64Array(this.capacity);
  /** The item key that it lends. */
  lentKey = new Uint32Array(this.capacity);
  /** Calls that were sent under it and not refused: each may have had its effect, or may have it yet. */
  sent = new Uint32Array(this.capacity);
  /** The item that made it or took it over. */
  holder = new Int32Array(this.capacity);

  constructor(private readonly clock: Clock) {}

  /** Adds columns that follow the records' handles; who adds a record fills them. */
  attach(columns: RecordColumns): void {
    columns.reserve(this.capacity);
    this.columns.push(columns);
  }

  reserve(capacity: number): void {
    this.first = widen(this.first, capacity);
  }

  open(intent: number): void {
    this.first[intent] = none;
  }

  /** Gives back all records of an intent. */
  clear(intent: number): void {
    let record = this.first[intent]!;
    while (record !== none) {
      const next = this.next[record]!;
      this.next[record] = this.freeHead;
      this.freeHead = record;
      record = next;
    }
    this.first[intent] = none;
  }

  add(intent: number, owner: number, key: number): number {
    let record = this.freeHead;
    if (record !== none) this.freeHead = this.next[record]!;
    else {
      if (this.fresh === this.capacity) this.grow();
      record = this.fresh++;
    }
    this.owner[record] = owner;
    this.key[record] = key;
    this.state[record] = 0;
    this.unsure[record] = 0;
    this.pursued[record] = 0;
    this.sent[record] = 0;
    this.stage[record] = 0;
    this.writtenMs[record] = this.clock.now;
    this.untilMs[record] = 0;
    this.lentKey[record] = 0;
    this.holder[record] = none;
    this.next[record] = this.first[intent]!;
    this.first[intent] = record;
    return record;
  }

  /** The newest record of `owner` under `key`; {@link none} when there is none. */
  find(intent: number, owner: number, key: number): number {
    let record = this.first[intent]!;
    while (record !== none && !(this.owner[record] === owner && this.key[record] === key)) record = this.next[record]!;
    return record;
  }

  /** First of an intent's records, newest first. */
  firstOf(intent: number): number {
    return this.first[intent]!;
  }

  after(record: number): number {
    return this.next[record]!;
  }

  private grow(): void {
    this.capacity *= 2;
    this.owner = widen(this.owner, this.capacity);
    this.state = widen(this.state, this.capacity);
    this.unsure = widen(this.unsure, this.capacity);
    this.pursued = widen(this.pursued, this.capacity);
    this.stage = widen(this.stage, this.capacity);
    for (const column of ["next", "holder"] as const) this[column] = widen(this[column], this.capacity);
    for (const column of ["key", "lentKey", "sent"] as const) this[column] = widen(this[column], this.capacity);
    for (const column of ["writtenMs", "untilMs"] as const) this[column] = widen(this[column], this.capacity);
    for (const columns of this.columns) columns.reserve(this.capacity);
  }
}
