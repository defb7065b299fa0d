import { widen } from "../sim/widen.js";

/** Rows in a line, first in, first out, with the time since which each has waited; a ring in typed arrays. */
export class RowLine {
  private rows = new Int32Array(16);
  private sincesMs = new Float64Array(16);
  private head = 0;
  /** Rows in line. */
  count = 0;

  /** Puts a row at the end. */
  put(row: number, sinceMs: number): void {
    if (this.count === this.rows.length) this.grow();
    const place = (this.head + this.count) & (this.rows.length - 1);
    this.rows[place] = row;
    this.sincesMs[place] = sinceMs;
    this.count++;
  }

  /** Takes out the first row; there must be one. */
  take(): number {
    const row = this.rows[this.head]!;
    this.head = (this.head + 1) & (this.rows.length - 1);
    this.count--;
    return row;
  }

  /** The first row; there must be one. */
  get first(): number {
    return this.rows[this.head]!;
  }

  /** Since when the first row has waited, milliseconds; Infinity when there is none. */
  get firstSinceMs(): number {
    return this.count === 0 ? Number.POSITIVE_INFINITY : this.sincesMs[this.head]!;
  }

  /** Doubles the ring; the part before the head moves behind the old end. */
  private grow(): void {
    const before = this.rows.length;
    this.rows = widen(this.rows, 2 * before);
    this.sincesMs = widen(this.sincesMs, 2 * before);
    this.rows.copyWithin(before, 0, this.head);
    this.sincesMs.copyWithin(before, 0, this.head);
  }
}
