import type { IntentColumns } from "../sim/intents.js";
import { widen } from "../sim/widen.js";
import type { Carts } from "./carts.js";

/** What befell an intent at the stock; a bit set. */
const Fact = {
  /** It took a unit that was not there. */
  oversold: 1,
  /** It reserved an SKU of which another intent had a reservation open. */
  contended: 2,
} as const;

/** What each intent really took from the stock, kept by the inventory; only runs with an inventory have it. */
export class StockTruth implements IntentColumns {
  private facts = new Uint8Array(0);
  private committed = new Uint16Array(0);

  constructor(private readonly carts: Carts) {}

  reserve(capacity: number): void {
    this.facts = widen(this.facts, capacity);
    this.committed = widen(this.committed, capacity);
  }

  open(intent: number): void {
    this.facts[intent] = 0;
    this.committed[intent] = 0;
  }

  /** The intent's whole cart leaves the stock for good. */
  commit(intent: number): void {
    this.committed[intent]! += this.carts.size(intent);
  }

  /** Units of the intent that left the stock for good. */
  committedUnits(intent: number): number {
    return this.committed[intent]!;
  }

  /** Whether just the units that it wants left the stock for the intent. */
  gotItsCart(intent: number): boolean {
    return this.committed[intent] === this.carts.size(intent);
  }

  oversell(intent: number): void {
    this.facts[intent]! |= Fact.oversold;
  }

  wasOversold(intent: number): boolean {
    return (this.facts[intent]! & Fact.oversold) !== 0;
  }

  contend(intent: number): void {
    this.facts[intent]! |= Fact.contended;
  }

  wasContended(intent: number): boolean {
    return (this.facts[intent]! & Fact.contended) !== 0;
  }
}
