import type { Observer } from "../sim/behaviour.js";
import type { Engine } from "../sim/engine.js";
import type { IntentColumns } from "../sim/intents.js";
import { widen } from "../sim/widen.js";
import type { Books } from "./books.js";
import type { Carts } from "./carts.js";
import { CountTable } from "./count-table.js";
import { Holdings } from "./holdings.js";
import { SequenceTruth } from "./sequence-truth.js";
import { StockTruth } from "./stock-truth.js";

/** Occasions on which a wrong design can go wrong; a bit set per intent. */
export const Hazard = {
  /** The provider answered and nobody learned it: the reply was lost, late, or fell into a crash. */
  unlearnedAnswer: 1,
  /** A queue delivered again although the effect may have happened. */
  redeliveryAfterEffect: 2,
  /** A second request or a redelivery passed the order store. */
  storedTwice: 4,
  /** Charged while the reply did not arrive. */
  chargedWithoutReply: 8,
  /** A call meant to charge ended without a charge. */
  endedWithoutCharge: 16,
  /** An event reached a consumer again. */
  eventRepeated: 32,
  /** An event was never sent. */
  eventSkipped: 64,
  /** A refund was asked for again, or nobody learned what became of one. */
  refundUnsure: 128,
  /** The state of a charge that had come to its end was written again, and no further. */
  lateWrite: 256,
  /** Two charges were live at one time: no hazard but the harm itself, also when one is given back later. */
  chargedTwice: 512,
} as const;

/** How far what buyers are shown of an intent agrees with what is recorded; a bit set. */
export const Shown = {
  /** Its success was projected before the system had recorded it. */
  early: 1,
  /** What is shown is what is recorded. */
  final: 2,
} as const;

/**
 * What really happened to each intent, kept by the roles and seen by no component: charges, orders, hazards.
 * The invariants are judged from it.
 */
export class GroundTruth implements IntentColumns, Observer {
  /** At all providers together. */
  liveCharges = new Uint16Array(0);
  /** Authorisations that were neither captured nor voided, at all providers together. */
  holds = new Uint16Array(0);
  /** Refunds given, and asked for. */
  refunds = new Uint16Array(0);
  private refundCalls = new Uint16Array(0);
  orders = new Uint16Array(0);
  storeVisits = new Uint16Array(0);
  hazards = new Uint16Array(0);
  /** The same by provider: what stands in its own ledger. */
  private readonly charged = new CountTable();
  private readonly held = new CountTable();
  private readonly refunded = new CountTable();
  /** 1 when the record of a charge left an end that it had come to; by intent. */
  regressed = new Uint8Array(0);
  /** By intent and consumer: how often the consumer applied the intent. */
  private applications = new Uint8Array(0);
  /** Consumers of the design; each has its number from {@link addConsumer}. */
  consumers = 0;
  /** The books of each ledger of the design. */
  readonly ledgers: Books[] = [];
  /** Bits of {@link Shown}, by intent. */
  shownState = new Uint8Array(0);
  /** Something shows buyers what became of their intents. */
  hasReadModel = false;
  /** What became of durable sequences. */
  readonly sequences = new SequenceTruth();
  /** Charges appended in the whole run. */
  chargeCount = 0;
  /** What intents hold; null in a run in which nothing can be held. */
  holdings: Holdings | null = null;
  /** What intents took from the stock; null in a run without an inventory. */
  stock: StockTruth | null = null;
  /** Requests of measured clean intents that a natural key recognised although they came with another request key. */
  freshKeys = 0;

  constructor(private readonly engine: Engine) {}

  reserve(capacity: number): void {
    for (const column of ["liveCharges", "holds", "refunds", "refundCalls", "orders", "storeVisits"] as const) {
      this[column] = widen(this[column], capacity);
    }
    for (const ledger of ["charged", "held", "refunded"] as const) this[ledger].reserve(capacity);
    this.hazards = widen(this.hazards, capacity);
    this.regressed = widen(this.regressed, capacity);
    this.shownState = widen(this.shownState, capacity);
    this.applications = widen(this.applications, capacity * this.consumers);
  }

  /** Begins to keep what intents hold, before the first arrives; for all roles in one place. */
  keepHoldings(): Holdings {
    if (this.holdings !== null) return this.holdings;
    this.holdings = new Holdings();
    this.engine.intents.attach(this.holdings);
    this.engine.observers.add(this.holdings);
    return this.holdings;
  }

  /** Begins to keep what intents take from the stock, likewise. */
  keepStock(carts: Carts): StockTruth {
    if (this.stock !== null) return this.stock;
    this.stock = new StockTruth(carts);
    this.engine.intents.attach(this.stock);
    return this.stock;
  }

  /** Makes room for what one more consumer applies, before the first intent arrives. */
  addConsumer(): number {
    this.consumers++;
    this.applications = widen(this.applications, this.hazards.length * this.consumers);
    return this.consumers - 1;
  }

  /** A consumer applies an intent. */
  apply(intent: number, consumer: number): void {
    this.applications[intent * this.consumers + consumer]!++;
  }

  /** How often a consumer applied an intent. */
  applied(intent: number, consumer: number): number {
    return this.applications[intent * this.consumers + consumer]!;
  }

  open(intent: number): void {
    this.liveCharges[intent] = 0;
    this.holds[intent] = 0;
    this.refunds[intent] = 0;
    this.refundCalls[intent] = 0;
    this.charged.open(intent);
    this.held.open(intent);
    this.refunded.open(intent);
    this.orders[intent] = 0;
    this.storeVisits[intent] = 0;
    this.hazards[intent] = 0;
    this.regressed[intent] = 0;
    this.shownState[intent] = 0;
    for (let consumer = 0; consumer < this.consumers; consumer++) {
      this.applications[intent * this.consumers + consumer] = 0;
    }
  }

  /** Makes room for what one more provider has in its ledger, before the first intent arrives. */
  addProvider(): number {
    this.charged.addOwner();
    this.held.addOwner();
    return this.refunded.addOwner();
  }

  /** Live charges of an intent at a provider. */
  chargesAt(intent: number, provider: number): number {
    return this.charged.of(intent, provider);
  }

  /** Holds of an intent at a provider. */
  holdsAt(intent: number, provider: number): number {
    return this.held.of(intent, provider);
  }

  /** Refunds of an intent at a provider. */
  refundsAt(intent: number, provider: number): number {
    return this.refunded.of(intent, provider);
  }

  /** The provider takes the money. */
  charge(intent: number, provider: number): void {
    if (++this.liveCharges[intent]! > 1) this.meet(intent, Hazard.chargedTwice);
    this.charged.increase(intent, provider);
    this.chargeCount++;
  }

  /** The provider puts money aside. */
  authorise(intent: number, provider: number): void {
    this.holds[intent]!++;
    this.held.increase(intent, provider);
  }

  /** The provider takes what it has put aside; there must be a hold. */
  capture(intent: number, provider: number): void {
    this.release(intent, provider);
    this.charge(intent, provider);
  }

  /** The provider gives up a hold; there must be one. */
  release(intent: number, provider: number): void {
    this.holds[intent]!--;
    this.held.decrease(intent, provider);
  }

  /** The provider gives the money of one charge back; there must be one. */
  void(intent: number, provider: number): void {
    this.liveCharges[intent]!--;
    this.charged.decrease(intent, provider);
  }

  /** A part of a charge is to be given back. */
  askRefund(intent: number): void {
    if (++this.refundCalls[intent]! > 1) this.meet(intent, Hazard.refundUnsure);
  }

  /** The provider gives a part of a charge back. */
  refund(intent: number, provider: number): void {
    this.refunds[intent]!++;
    this.refunded.increase(intent, provider);
  }

  meet(intent: number, hazard: number): void {
    this.hazards[intent]! |= hazard;
  }

  delivered(item: number, delivery: number): void {
    const { intents } = this.engine;
    if (delivery > 1 && intents.itemUnsure[item] === 1) {
      this.meet(intents.itemIntent[item]!, Hazard.redeliveryAfterEffect);
    }
  }

  skipped(intent: number): void {
    this.meet(intent, Hazard.eventSkipped);
  }

  crashed(intent: number): void {
    this.meet(intent, Hazard.unlearnedAnswer | Hazard.chargedWithoutReply);
  }
}
