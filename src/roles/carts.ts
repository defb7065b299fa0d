import { none } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import type { IntentColumns } from "../sim/intents.js";
import { widen } from "../sim/widen.js";

/** How carts are drawn, by the workload: shares are 0 to 1. */
export interface CartShares {
  /** SKUs there are; 1 when left out. */
  readonly skus?: number | undefined;
  /** Carts with the hot SKU; 1 ÷ `skus` when left out. */
  readonly hotShare?: number | undefined;
  /** Carts with two items; 0 when left out. */
  readonly twoItemShare?: number | undefined;
}

/** The SKU that many want at once. */
export const hotSku = 0;

/**
 * What each intent wants: one unit of one SKU, or one of each of two. It is drawn when the intent arrives, from a stream
 * of its own, always with the same number of draws, so that every design meets the same carts.
 * Without a cart in the workload every intent wants one unit of the only SKU, and nothing is drawn or kept.
 */
export class Carts implements IntentColumns {
  /** How many SKUs there are; they are numbered from 0. */
  readonly skus: number;
  private readonly hotShare: number;
  private readonly twoItemShare: number;
  /** By intent, the lower number first; no second one is {@link none}. */
  private firsts = new Int32Array(0);
  private seconds = new Int32Array(0);

  /** @param draws where carts are drawn from; null where the workload has none */
  constructor(
    spec: CartShares | undefined,
    private readonly draws: Draws | null,
  ) {
    this.skus = spec?.skus ?? 1;
    this.hotShare = spec?.hotShare ?? 1 / this.skus;
    this.twoItemShare = spec?.twoItemShare ?? 0;
  }

  reserve(capacity: number): void {
    this.firsts = widen(this.firsts, capacity);
    this.seconds = widen(this.seconds, capacity);
  }

  open(intent: number): void {
    const draws = this.draws!;
    const hot = draws.next() < this.hotShare;
    const two = draws.next() < this.twoItemShare;
    const one = draws.next();
    const other = draws.next();
    // SKUs that are not hot are numbered from 1.
    const cold = this.skus - 1;
    const first = hot || cold === 0 ? hotSku : 1 + Math.floor(one * cold);
    const second = two && cold > 0 ? this.another(first, other) : none;
    const swap = second !== none && second < first;
    this.firsts[intent] = swap ? second : first;
    this.seconds[intent] = swap ? first : second;
  }

  /** A second SKU: one that is not hot, so that `hotShare` is the share of carts with the hot one; of two SKUs, the other. */
  private another(first: number, draw: number): number {
    const cold = this.skus - 1;
    if (first === hotSku) return 1 + Math.floor(draw * cold);
    if (cold === 1) return hotSku;
    const second = 1 + Math.floor(draw * (cold - 1));
    return second < first ? second : second + 1;
  }

  /** The SKU of the cart's only item, or the lower one of two. */
  first(intent: number): number {
    return this.draws === null ? hotSku : this.firsts[intent]!;
  }

  /** The higher SKU of a cart with two items; {@link none} when it has one. */
  second(intent: number): number {
    return this.draws === null ? none : this.seconds[intent]!;
  }

  /** Units in the cart. */
  size(intent: number): number {
    return this.second(intent) === none ? 1 : 2;
  }
}
