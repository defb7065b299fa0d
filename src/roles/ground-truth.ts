import type { Observer } from "../sim/behaviour.js";
import type { Engine } from "../sim/engine.js";
import type { IntentColumns } from "../sim/intents.js";
import { widen } from "../sim/widen.js";

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
  /** The state of a charge that had come to its end was written again, and no further. */
  lateWrite: 128,
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
  liveCharges = new Uint16Array(0);
  orders = new Uint16Array(0);
  storeVisits = new Uint16Array(0);
  hazards = new Uint16Array(0);
  /** 1 when the record of a charge left an end that it had come to; by intent. */
  regressed = new Uint8Array(0);
  /** By intent and consumer: how often the consumer applied the intent. */
  private applications = new Uint8Array(0);
  /** Consumers of the design; each has its number from {@link addConsumer}. */
  consumers = 0;
  /** Bits of {@link Shown}, by intent. */
  shownState = new Uint8Array(0);
  /** Something shows buyers what became of their intents. */
  hasReadModel = false;
  /** Charges appended in the whole run. */
  chargeCount = 0;
  /** Requests of measured clean intents that a natural key recognised although they came with another request key. */
  freshKeys = 0;

  constructor(private readonly engine: Engine) {}

  reserve(capacity: number): void {
    for (const column of ["liveCharges", "orders", "storeVisits"] as const) {
      this[column] = widen(this[column], capacity);
    }
    this.hazards = widen(this.hazards, capacity);
    this.regressed = widen(this.regressed, capacity);
    this.shownState = widen(this.shownState, capacity);
    this.applications = widen(this.applications, capacity * this.consumers);
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
    this.orders[intent] = 0;
    this.storeVisits[intent] = 0;
    this.hazards[intent] = 0;
    this.regressed[intent] = 0;
    this.shownState[intent] = 0;
    for (let consumer = 0; consumer < this.consumers; consumer++) {
      this.applications[intent * this.consumers + consumer] = 0;
    }
  }

  /** The provider takes the money. */
  charge(intent: number): void {
    this.liveCharges[intent]!++;
    this.chargeCount++;
  }

  /** The provider gives the money of one charge back; false when there is none. */
  void(intent: number): boolean {
    if (this.liveCharges[intent] === 0) return false;
    this.liveCharges[intent]!--;
    return true;
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
