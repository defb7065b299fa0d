import type { IntentBook, IntentColumns } from "../sim/intents.js";
import { widen } from "../sim/widen.js";

/** Entries of a charge that are written together; a bit set. */
export const Entry = {
  /** What the buyer pays. */
  debit: 1,
  /** What the two merchants get. */
  payouts: 2,
  /** What the marketplace keeps, and what it changes into another currency for a merchant abroad. */
  fee: 4,
} as const;

/** All entries of a charge. */
export const allEntries = Entry.debit | Entry.payouts | Entry.fee;

/** Prices go from 10.00 to 99.99, in hundredths, spread over the intents in the order of their arrival. */
const leastPrice = 1_000;
const prices = 9_000;
const priceStep = 7_919;
/** The marketplace keeps 1/20, and the first merchant gets 3/5 of the rest. */
const feeDivisor = 20;
/** Of one charge in so many the second merchant is paid in another currency, two units of it for one. */
const abroadEvery = 8;
const exchangeRate = 2;

/**
 * The entries of one ledger, as sums by intent: in the buyers' currency and in the other one, in hundredths. All entries
 * of a charge together sum to zero in each; any one of them left out, or written twice, leaves a sum that is not zero.
 */
export class Books implements IntentColumns {
  private home = new Int32Array(0);
  private abroad = new Int32Array(0);
  private debits = new Uint16Array(0);
  private payouts = new Uint16Array(0);
  private fees = new Uint16Array(0);
  /** By intent: how often something was written. */
  writes = new Uint16Array(0);

  constructor(private readonly intents: IntentBook) {}

  reserve(capacity: number): void {
    for (const column of ["home", "abroad"] as const) this[column] = widen(this[column], capacity);
    for (const column of ["debits", "payouts", "fees", "writes"] as const) {
      this[column] = widen(this[column], capacity);
    }
  }

  open(intent: number): void {
    this.home[intent] = 0;
    this.abroad[intent] = 0;
    this.debits[intent] = 0;
    this.payouts[intent] = 0;
    this.fees[intent] = 0;
    this.writes[intent] = 0;
  }

  /** Appends entries of the intent's charge, bits of {@link Entry}. */
  write(intent: number, entries: number): void {
    const serial = this.intents.serial[intent]!;
    const price = leastPrice + (((serial % prices) * priceStep) % prices);
    const fee = Math.floor(price / feeDivisor);
    const second = price - fee - this.firstShare(price - fee);
    const isAbroad = serial % abroadEvery === 0;
    this.writes[intent]!++;
    if ((entries & Entry.debit) !== 0) {
      this.debits[intent]!++;
      this.home[intent]! -= price;
    }
    if ((entries & Entry.payouts) !== 0) {
      this.payouts[intent]!++;
      this.home[intent]! += this.firstShare(price - fee);
      if (isAbroad) this.abroad[intent]! += exchangeRate * second;
      else this.home[intent]! += second;
    }
    if ((entries & Entry.fee) !== 0) {
      this.fees[intent]!++;
      this.home[intent]! += fee;
      if (!isAbroad) return;
      this.home[intent]! += second;
      this.abroad[intent]! -= exchangeRate * second;
    }
  }

  private firstShare(shared: number): number {
    return Math.floor((3 * shared) / 5);
  }

  /** Whether any of these entries has been written for the intent before. */
  has(intent: number, entries: number): boolean {
    return (
      ((entries & Entry.debit) !== 0 && this.debits[intent]! > 0) ||
      ((entries & Entry.payouts) !== 0 && this.payouts[intent]! > 0) ||
      ((entries & Entry.fee) !== 0 && this.fees[intent]! > 0)
    );
  }

  /** The intent's entries sum to zero, in each currency. */
  isBalanced(intent: number): boolean {
    return this.home[intent] === 0 && this.abroad[intent] === 0;
  }

  /** Each entry of the intent's charge is there just once. */
  isPostedOnce(intent: number): boolean {
    return this.debits[intent] === 1 && this.payouts[intent] === 1 && this.fees[intent] === 1;
  }

  /** Both sums, for a trace: `0.00 and -12.34`. */
  wordSums(intent: number): string {
    return `${(this.home[intent]! / 100).toFixed(2)} and ${(this.abroad[intent]! / 100).toFixed(2)}`;
  }
}
