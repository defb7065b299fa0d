import type { IntentColumns } from "../sim/intents.js";
import { widen } from "../sim/widen.js";

/** Small counts by intent and owner, where the owners are several components that play one role. */
export class CountTable implements IntentColumns {
  private counts = new Uint16Array(0);
  private capacity = 0;
  private owners = 0;

  /** The number of one more owner, from 0; all are there before the first intent arrives. */
  addOwner(): number {
    this.owners++;
    this.reserve(this.capacity);
    return this.owners - 1;
  }

  reserve(capacity: number): void {
    this.capacity = capacity;
    this.counts = widen(this.counts, capacity * this.owners);
  }

  open(intent: number): void {
    for (let owner = 0; owner < this.owners; owner++) this.counts[intent * this.owners + owner] = 0;
  }

  of(intent: number, owner: number): number {
    return this.counts[intent * this.owners + owner]!;
  }

  increase(intent: number, owner: number): void {
    this.counts[intent * this.owners + owner]!++;
  }

  /** The count must be above 0. */
  decrease(intent: number, owner: number): void {
    this.counts[intent * this.owners + owner]!--;
  }
}
