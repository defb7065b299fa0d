import type { EventQueue } from "./event-queue.js";

/**
 * Timers of one constant delay. They expire in the order in which they were set, so a ring holds them
 * and only the first stands in the event queue: setting and cancelling cost no heap operation.
 * Each keeps the (time, sequence) it was set with, so the order of events is that of single timers.
 * A timer is cancelled by changing the stamp its owner holds.
 */
export class TimerLane {
  private times = new Float64Array(64);
  private sequences = new Uint32Array(64);
  private owners = new Int32Array(64);
  private stamps = new Float64Array(64);
  private head = 0;
  private length = 0;

  constructor(
    readonly delayMs: number,
    private readonly queue: EventQueue,
    private readonly payload: number,
  ) {}

  /** Sets a timer for `owner`; it is live as long as the owner's stamp is `stamp`. */
  set(owner: number, stamp: number): void {
    if (this.length === this.owners.length) this.grow();
    const slot = (this.head + this.length) & (this.owners.length - 1);
    this.times[slot] = this.queue.time + this.delayMs;
    this.sequences[slot] = this.queue.nextSequence();
    this.owners[slot] = owner;
    this.stamps[slot] = stamp;
    if (this.length++ === 0) this.announce();
  }

  /**
   * Takes the first timer, whose event has just happened; drops the cancelled ones behind it and puts the
   * next live one into the event queue. Returns its owner, or -1 when it had been cancelled.
   */
  expire(liveStamps: Float64Array): number {
    const first = this.head;
    const owner = this.owners[first]!;
    const live = liveStamps[owner] === this.stamps[first];
    const mask = this.owners.length - 1;
    let head = first;
    do {
      head = (head + 1) & mask;
      this.length--;
    } while (this.length > 0 && liveStamps[this.owners[head]!] !== this.stamps[head]);
    this.head = head;
    if (this.length > 0) this.announce();
    return live ? owner : -1;
  }

  /** Puts the first timer into the event queue. */
  private announce(): void {
    this.queue.dueMs = this.times[this.head]!;
    this.queue.pushDueAs(this.sequences[this.head]!, this.payload);
  }

  private grow(): void {
    const old = this.owners.length;
    const unroll = <A extends Float64Array | Uint32Array | Int32Array>(from: A, to: A): A => {
      to.set(from.subarray(this.head), 0);
      to.set(from.subarray(0, this.head), old - this.head);
      return to;
    };
    this.times = unroll(this.times, new Float64Array(old * 2));
    this.sequences = unroll(this.sequences, new Uint32Array(old * 2));
    this.owners = unroll(this.owners, new Int32Array(old * 2));
    this.stamps = unroll(this.stamps, new Float64Array(old * 2));
    this.head = 0;
  }
}
