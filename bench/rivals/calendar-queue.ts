import type { PendingEvents } from "./pending-events.js";

const none = -1;

/**
 * A calendar queue (R. Brown, CACM 31, 1988): a year of days, each a sorted list. Here the number of days and their
 * width are given as is best for a steady number of pending events, which the engine could not know: its best case.
 */
export class CalendarQueue implements PendingEvents {
  private readonly times: Float64Array;
  private readonly sequences: Uint32Array;
  private readonly payloads: Int32Array;
  private readonly next: Int32Array;
  private readonly days: Int32Array;
  private freeHead = none;
  private fresh = 0;
  private issued = 0;
  private day = 0;
  private dayEnd: number;
  time = 0;

  constructor(
    capacity: number,
    days: number,
    private readonly width: number,
  ) {
    this.times = new Float64Array(capacity);
    this.sequences = new Uint32Array(capacity);
    this.payloads = new Int32Array(capacity);
    this.next = new Int32Array(capacity);
    this.days = new Int32Array(days).fill(none);
    this.dayEnd = width;
  }

  push(time: number, payload: number): void {
    const { times, next, days } = this;
    let node = this.freeHead;
    if (node === none) node = this.fresh++;
    else this.freeHead = next[node]!;
    times[node] = time;
    this.sequences[node] = this.issued++;
    this.payloads[node] = payload;
    const day = Math.floor(time / this.width) % days.length;
    let before = none;
    let after = days[day]!;
    // Equal times stay in the order in which they came: a new event goes behind them.
    while (after !== none && times[after]! <= time) {
      before = after;
      after = next[after]!;
    }
    next[node] = after;
    if (before === none) days[day] = node;
    else next[before] = node;
  }

  pop(): number {
    const { times, next, days, width } = this;
    for (;;) {
      const node = days[this.day]!;
      if (node !== none && times[node]! < this.dayEnd) {
        days[this.day] = next[node]!;
        next[node] = this.freeHead;
        this.freeHead = node;
        this.time = times[node]!;
        return this.payloads[node]!;
      }
      this.day = (this.day + 1) % days.length;
      this.dayEnd += width;
    }
  }
}
