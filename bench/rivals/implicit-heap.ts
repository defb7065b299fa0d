import type { PendingEvents } from "./pending-events.js";

/** A heap in arrays whose nodes have 2^bits children; ties by sequence number, as in the engine's own. */
export class ImplicitHeap implements PendingEvents {
  private times = new Float64Array(1024);
  private sequences = new Uint32Array(1024);
  private payloads = new Int32Array(1024);
  private count = 0;
  private issued = 0;
  time = 0;

  constructor(private readonly bits: number) {}

  push(time: number, payload: number): void {
    if (this.count === this.times.length) this.grow();
    const { times, sequences, payloads, bits } = this;
    const sequence = this.issued++;
    let hole = this.count++;
    while (hole > 0) {
      const parent = (hole - 1) >> bits;
      if (times[parent]! < time || (times[parent] === time && sequences[parent]! < sequence)) break;
      this.move(parent, hole);
      hole = parent;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    payloads[hole] = payload;
  }

  pop(): number {
    const { times, sequences, payloads, bits } = this;
    const payload = payloads[0]!;
    this.time = times[0]!;
    const last = --this.count;
    const time = times[last]!;
    const sequence = sequences[last]!;
    let hole = 0;
    for (;;) {
      let child = (hole << bits) + 1;
      if (child >= last) break;
      const end = Math.min(child + (1 << bits), last);
      let least = child;
      for (child += 1; child < end; child++) {
        if (times[child]! < times[least]! || (times[child] === times[least] && sequences[child]! < sequences[least]!)) {
          least = child;
        }
      }
      if (time < times[least]! || (time === times[least] && sequence < sequences[least]!)) break;
      this.move(least, hole);
      hole = least;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    payloads[hole] = payloads[last]!;
    return payload;
  }

  private move(from: number, to: number): void {
    this.times[to] = this.times[from]!;
    this.sequences[to] = this.sequences[from]!;
    this.payloads[to] = this.payloads[from]!;
  }

  private grow(): void {
    const { times, sequences, payloads } = this;
    this.times = new Float64Array(2 * this.count);
    this.sequences = new Uint32Array(2 * this.count);
    this.payloads = new Int32Array(2 * this.count);
    this.times.set(times);
    this.sequences.set(sequences);
    this.payloads.set(payloads);
  }
}
