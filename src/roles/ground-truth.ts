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
} as const;

/**
 * What really happened to each intent, kept by the roles and seen by no component: charges, orders, hazards.
 * The invariants are judged from it.
 */
export class GroundTruth implements IntentColumns, Observer {
  liveCharges = new Uint16Array(0);
  orders = new Uint16Array(0);
  storeVisits = new Uint16Array(0);
  hazards = new Uint8Array(0);
  /** Charges appended in the whole run. */
  chargeCount = 0;

  constructor(private readonly engine: Engine) {}

  reserve(capacity: number): void {
    for (const column of ["liveCharges", "orders", "storeVisits"] as const) {
      this[column] = widen(this[column], capacity);
    }
    this.hazards = widen(this.hazards, capacity);
  }

  open(intent: number): void {
    this.liveCharges[intent] = 0;
    this.orders[intent] = 0;
    this.storeVisits[intent] = 0;
    this.hazards[intent] = 0;
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

  crashed(intent: number): void {
    this.meet(intent, Hazard.unlearnedAnswer | Hazard.chargedWithoutReply);
  }
}
