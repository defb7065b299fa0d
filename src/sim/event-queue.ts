import { widen } from "./widen.js";

/**
 * Pending events in a 4-ary heap over typed arrays, ordered by (time, sequence number),
 * so that ties never depend on the heap. A payload is one 32-bit integer.
 * A 4-ary heap is half as deep as a binary one and its four children share a cache line.
 * What is popped leaves a hole at the root, for most events bring another: that one sinks from there, and the heap is
 * gone through once instead of twice.
 */
export class EventQueue {
  private times: Float64Array;
  private sequences: Uint32Array;
  private payloads: Int32Array;
  /** Places taken, the hole included. */
  private count = 0;
  private hole = false;
  private issued = 0;
  /** When the next event that is pushed happens, milliseconds. */
  dueMs = 0;
  /** Time of the event that {@link pop} took last, milliseconds. */
  time = 0;

  constructor(capacity = 1024) {
    this.times = new Float64Array(capacity);
    this.sequences = new Uint32Array(capacity);
    this.payloads = new Int32Array(capacity);
  }

  get size(): number {
    return this.hole ? this.count - 1 : this.count;
  }

  /** Takes the next sequence number, for an event that is pushed later by {@link pushDueAs}. */
  nextSequence(): number {
    return this.issued++;
  }

  push(time: number, payload: number): void {
    this.dueMs = time;
    this.pushDue(payload);
  }

  /** Pushes an event for {@link dueMs}. */
  pushDue(payload: number): void {
    this.pushDueAs(this.issued++, payload);
  }

  /** The same under a sequence number that was taken before. */
  pushDueAs(sequence: number, payload: number): void {
    if (this.hole) {
      this.hole = false;
      this.sink(sequence, payload);
    } else {
      if (this.count === this.times.length) this.grow();
      this.rise(sequence, payload);
    }
  }

  private rise(sequence: number, payload: number): void {
    const { times, sequences, payloads, dueMs: time } = this;
    let hole = this.count++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && sequences[parent]! < sequence)) break;
      times[hole] = parentTime;
      sequences[hole] = sequences[parent]!;
      payloads[hole] = payloads[parent]!;
      hole = parent;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    payloads[hole] = payload;
  }

  /** Time of the next event; Infinity when there is none. */
  peekTime(): number {
    if (this.hole) this.fillHole();
    return this.count === 0 ? Number.POSITIVE_INFINITY : this.times[0]!;
  }

  /** Removes the earliest event, sets {@link time} and returns its payload. The queue must not be empty. */
  pop(): number {
    if (this.hole) this.fillHole();
    this.time = this.times[0]!;
    this.hole = true;
    return this.payloads[0]!;
  }

  /** Nothing came in place of the event that was popped: the last one goes there. */
  private fillHole(): void {
    const { times, sequences, payloads } = this;
    this.hole = false;
    const last = --this.count;
    if (last === 0) return;
    this.dueMs = times[last]!;
    this.sink(sequences[last]!, payloads[last]!);
  }

  private sink(sequence: number, payload: number): void {
    const { times, sequences, payloads, count, dueMs: time } = this;
    let hole = 0;
    for (;;) {
      let child = (hole << 2) + 1;
      if (child >= count) break;
      const end = Math.min(child + 4, count);
      let least = child;
      let leastTime = times[child]!;
      for (child += 1; child < end; child++) {
        const childTime = times[child]!;
        if (childTime < leastTime || (childTime === leastTime && sequences[child]! < sequences[least]!)) {
          least = child;
          leastTime = childTime;
        }
      }
      if (time < leastTime || (time === leastTime && sequence < sequences[least]!)) break;
      times[hole] = leastTime;
      sequences[hole] = sequences[least]!;
      payloads[hole] = payloads[least]!;
      hole = least;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    payloads[hole] = payload;
  }

  private grow(): void {
    const capacity = this.times.length * 2;
    this.times = widen(this.times, capacity);
    this.sequences = widen(this.sequences, capacity);
    this.payloads = widen(this.payloads, capacity);
  }
}
