import type { Observer } from "../sim/behaviour.js";
import { CallFlag, CallState, none } from "../sim/calls.js";
import type { DurableWork, RecordSchedule } from "../sim/durable-work.js";
import type { Engine } from "../sim/engine.js";
import type { RecordColumns } from "../sim/records.js";
import type { Station } from "../sim/station.js";
import { widen } from "../sim/widen.js";

/** States of a durable sequence's record; the first three are not final. */
export const SagaState = { open: 1, parked: 2, undoing: 3, done: 4, declined: 5, failed: 6 } as const;
export type SagaState = (typeof SagaState)[keyof typeof SagaState];

/** What a durable sequence's frame does for its record. */
export const SagaFrame = {
  /** Owns the record: takes the steps. */
  owner: 1,
  /** Owns it too, and has stopped for a while. */
  paused: 2,
  /** Waits for the owner's lease to end. */
  heir: 3,
  /** Undoes the finished steps. */
  undo: 4,
  /** Undoes once more what may have taken effect late. */
  settle: 5,
} as const;

const kindBits = 3;
const kindMask = 7;
/** Steps from this one on share the last bit of the set of unknown ones. */
const lastBit = 30;

/** The bit of a step in {@link SagaLog.unknown}. */
export function stepBit(step: number): number {
  return 1 << Math.min(step, lastBit);
}

/**
 * The records of one durable sequence. They are records of the kernel with a few columns more, and hang on their intent;
 * as long as one is not final it keeps its intent open. Open and parked ones stand in a list by age, for schedules.
 * A frame finds its record and its part by its `mark`.
 */
export class SagaLog implements RecordColumns, DurableWork, Observer {
  /** Steps that are finished and persisted. */
  position = new Int32Array(0);
  /** How often the record has changed hands. */
  epoch = new Int32Array(0);
  /** Changes whenever a lease ends or is taken up again: who waits for a lease knows by it whether it still may. */
  lapse = new Int32Array(0);
  /** The frame that owns the record; {@link none} without a living owner. */
  owner = new Int32Array(0);
  /** Bits of the steps of which an attempt ended without anybody learning how. */
  unknown = new Int32Array(0);
  /** Attempts made at the step, or at its undo. */
  tries = new Int32Array(0);
  /** Reply bits of the answer that a finished record gives. */
  carried = new Uint8Array(0);
  /** The state in which undoing ends. */
  ends = new Uint8Array(0);
  private elder = new Int32Array(0);
  private next = new Int32Array(0);
  oldest = none;
  private youngest = none;
  private readonly schedules: RecordSchedule[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly station: Station,
    /** The key under which an item's record is kept; 0 for none. */
    private readonly keyOf: (item: number) => number,
  ) {
    engine.records.attach(this);
    engine.observers.add(this);
  }

  reserve(capacity: number): void {
    for (const column of ["position", "epoch", "lapse", "owner", "unknown", "tries", "elder", "next"] as const) {
      this[column] = widen(this[column], capacity);
    }
    this.carried = widen(this.carried, capacity);
    this.ends = widen(this.ends, capacity);
  }

  /** The record of a call's item; {@link none} when there is none. */
  find(call: number): number {
    const { calls, records } = this.engine;
    const key = this.keyOf(calls.item[call]!);
    return key === 0 ? none : records.find(calls.intent[call]!, this.station.spec.index, key);
  }

  /** Opens a record for a call, or a failed one anew. */
  open(call: number, failed: number): number {
    const { calls, intents, records, now } = this.engine;
    const intent = calls.intent[call]!;
    const item = calls.item[call]!;
    let record = failed;
    if (record === none) {
      record = records.add(intent, this.station.spec.index, this.keyOf(item));
      this.epoch[record] = 0;
      this.lapse[record] = 0;
    } else {
      // What was undone under the old key must not answer for the new attempt.
      intents.itemKey[item] = intents.mintKey();
      records.writtenMs[record] = now;
      records.state[record] = 0;
    }
    records.holder[record] = item;
    this.position[record] = 0;
    this.epoch[record]!++;
    this.lapse[record]!++;
    this.unknown[record] = 0;
    this.tries[record] = 1;
    this.carried[record] = 0;
    this.ends[record] = 0;
    this.enter(record, SagaState.open);
    for (let i = 0; i < this.schedules.length; i++) this.schedules[i]!.recordOpened();
    return record;
  }

  stateOf(record: number): number {
    return this.engine.records.state[record]!;
  }

  /** Changes a record's state. What only an unfenced owner does (a final record changes again) ends nothing twice. */
  enter(record: number, state: SagaState): void {
    const { engine } = this;
    const { records } = engine;
    const before = records.state[record]!;
    records.state[record] = state;
    const listedBefore = before === SagaState.open || before === SagaState.parked;
    const listed = state === SagaState.open || state === SagaState.parked;
    if (listed && !listedBefore) this.append(record);
    else if (listedBefore && !listed) this.remove(record);
    const intent = this.intentOf(record);
    if (isLive(state) && !isLive(before)) {
      engine.observers.sequenceOpened(intent);
      engine.hold(intent);
    } else if (isLive(before) && !isLive(state)) {
      engine.observers.sequenceEnded(intent, records.writtenMs[record]!, engine.now);
      engine.letGo(intent);
    }
  }

  private append(record: number): void {
    this.elder[record] = this.youngest;
    this.next[record] = none;
    if (this.youngest === none) this.oldest = record;
    else this.next[this.youngest] = record;
    this.youngest = record;
  }

  private remove(record: number): void {
    const elder = this.elder[record]!;
    const younger = this.next[record]!;
    if (elder === none) this.oldest = younger;
    else this.next[elder] = younger;
    if (younger === none) this.youngest = elder;
    else this.elder[younger] = elder;
  }

  /**
   * The intent closes at the end of the run: its records that are not final count with their age. Where nothing was left
   * to happen they would have stayed so until the time was over.
   */
  closing(intent: number): void {
    const { records, observers, truncatedBy, options, now } = this.engine;
    const endMs = truncatedBy === null ? options.endMs : now;
    for (let record = records.firstOf(intent); record !== none; record = records.after(record)) {
      if (records.owner[record] !== this.station.spec.index || !isLive(records.state[record]!)) continue;
      observers.sequenceEnded(intent, records.writtenMs[record]!, endMs);
    }
  }

  // --- frames ---

  /** Makes a call the record's frame. */
  appoint(frame: number, record: number, kind: number): void {
    this.engine.calls.mark[frame] = (record << kindBits) | kind;
  }

  recordOf(frame: number): number {
    return this.engine.calls.mark[frame]! >> kindBits;
  }

  kindOf(frame: number): number {
    return this.engine.calls.mark[frame]! & kindMask;
  }

  /** A frame that works for the record without a caller: it has no slot, and nobody waits for it. */
  durableFrame(record: number, kind: number): number {
    const { engine } = this;
    const item = engine.records.holder[record]!;
    const frame = engine.takeCall(this.station.spec.index, none, engine.intents.itemIntent[item]!, item, 0);
    engine.calls.flags[frame]! |= CallFlag.counted;
    engine.calls.state[frame] = CallState.waiting;
    this.appoint(frame, record, kind);
    return frame;
  }

  // --- for schedules ---

  younger(record: number): number {
    return this.next[record]!;
  }

  openedMs(record: number): number {
    return this.engine.records.writtenMs[record]!;
  }

  intentOf(record: number): number {
    return this.engine.intents.itemIntent[this.itemOf(record)]!;
  }

  itemOf(record: number): number {
    return this.engine.records.holder[record]!;
  }

  addSchedule(schedule: RecordSchedule): void {
    this.schedules.push(schedule);
  }
}

function isLive(state: number): boolean {
  return state >= SagaState.open && state <= SagaState.undoing;
}
