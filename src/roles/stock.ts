import type { Clock } from "../sim/line.js";
import { widen } from "../sim/widen.js";
import { hotSku } from "./carts.js";

/** What is in stock when the run begins; Infinity is no limit. */
export interface StockLevels {
  readonly unitsPerSku: number;
  readonly hotUnits: number;
}

/**
 * Counters of a stock, by SKU: units that are free to reserve, by the system's own book; units that have left it for
 * good; and the free ones as a reader sees them who looks at what stood there `lagMs` ago.
 */
export class Stock {
  /** Below 0 when more was reserved than there is; also wrong when units were given back twice. */
  readonly free: Float64Array;
  /** Reservations that are open, of all intents. */
  readonly reservations: Int32Array;
  private readonly committed: Float64Array;
  private readonly physical: Float64Array;
  private readonly seen: Float64Array;
  /** Changes that readers do not see yet, first in, first out, in a ring. */
  private skus = new Int32Array(16);
  private changes = new Int32Array(16);
  private changedMs = new Float64Array(16);
  private head = 0;
  private count = 0;

  /** @param lagMs 0 when readers see the counter itself */
  constructor(
    skus: number,
    { unitsPerSku, hotUnits }: StockLevels,
    private readonly lagMs: number,
    private readonly clock: Clock,
  ) {
    this.free = new Float64Array(skus).fill(unitsPerSku);
    this.free[hotSku] = hotUnits;
    this.physical = this.free.slice();
    this.seen = this.free.slice();
    this.committed = new Float64Array(skus);
    this.reservations = new Int32Array(skus);
  }

  /** Whether a reader who looks now sees a free unit. */
  shows(sku: number): boolean {
    if (this.lagMs === 0) return this.free[sku]! > 0;
    this.catchUp();
    return this.seen[sku]! > 0;
  }

  /** Takes a unit, whether it is there or not; false when it is not. */
  take(sku: number): boolean {
    this.change(sku, -1);
    return this.free[sku]! >= 0;
  }

  putBack(sku: number): void {
    this.change(sku, 1);
  }

  /** A unit that was taken leaves for good; false when no such unit is left. */
  commit(sku: number): boolean {
    return ++this.committed[sku]! <= this.physical[sku]!;
  }

  private change(sku: number, units: number): void {
    this.free[sku]! += units;
    if (this.lagMs === 0) return;
    // What has become visible meanwhile goes, so that the ring holds `lagMs` of changes and no more.
    this.catchUp();
    if (this.count === this.skus.length) this.grow();
    const place = (this.head + this.count) & (this.skus.length - 1);
    this.skus[place] = sku;
    this.changes[place] = units;
    this.changedMs[place] = this.clock.now;
    this.count++;
  }

  /** Applies what has become visible. */
  private catchUp(): void {
    const untilMs = this.clock.now - this.lagMs;
    while (this.count > 0 && this.changedMs[this.head]! <= untilMs) {
      this.seen[this.skus[this.head]!]! += this.changes[this.head]!;
      this.head = (this.head + 1) & (this.skus.length - 1);
      this.count--;
    }
  }

  /** Doubles the ring; the part before the head moves behind the old end. */
  private grow(): void {
    const before = this.skus.length;
    this.skus = widen(this.skus, 2 * before);
    this.changes = widen(this.changes, 2 * before);
    this.changedMs = widen(this.changedMs, 2 * before);
    for (const column of [this.skus, this.changes, this.changedMs]) column.copyWithin(before, 0, this.head);
  }
}
