import { widen } from "./widen.js";

/**
 * Pending events in a 4-ary heap over typed arrays, ordered by (time, sequence number),
 * so that ties never depend on the heap. A payload is one 32-bit integer.
 * A 4-ary heap is half as deep as a binary one and its four children share a cache line.
 */
export class EventQueue {
  private times: Float64Array;
  private sequences: Uint32Array;
  private payloads: Int32Array;
  private count = 0;
  private issued = 0;
  /** Time of the event that {@link pop} took last, milliseconds. */
  time = 0;

  constructor(capacity = 1024) {
    this.times = new Float64Array(capacity);
    this.sequences = new Uint32Array(capacity);
    this.payloads = new Int32Array(capacity);
  }

  get size(): number {
    return this.count;
  }

  /** Takes the next sequence number, for an event that is pushed later by {@link pushAs}. */
  nextSequence(): number {
    return this.issued++;
  }

  push(time: number, payload: number): void {
    this.pushAs(time, this.issued++, payload);
  }

  pushAs(time: number, sequence: number, payload: number): void {
    if (this.count === this.times.length) this.grow();
    const { times, sequences, payloads } = this;
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
    return this.count === 0 ? Number.POSITIVE_INFINITY : this.times[0]!;
  }

  /** Removes the earliest event, sets {@link time} and returns its payload. The queue must not be empty. */
  pop(): number {
    const { times, sequences, payloads } = this;
    const payload = payloads[0]!;
    this.time = times[0]!;
    const last = --this.count;
    if (last > 0) this.sink(times[last]!, sequences[last]!, payloads[last]!, last);
    return payload;
  }

  private sink(time: number, sequence: number, payload: number, count: number): void {
    const { times, sequences, payloads } = this;
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
