import type { Observer } from "../sim/behaviour.js";
import type { IntentColumns } from "../sim/intents.js";
import { widen } from "../sim/widen.js";

/** What each intent really holds of what others want, too: reservations and locks. Only runs with such roles have it. */
export class Holdings implements IntentColumns, Observer {
  /** Reservations that are neither committed nor released. */
  reservations = new Uint16Array(0);
  /** Locks held; one that is done is not. */
  locks = new Uint16Array(0);
  /** Those of the locks that somebody else has met held. */
  wantedLocks = new Uint16Array(0);
  /** 1 when it was disturbed or declined while it held something. */
  interrupted = new Uint8Array(0);

  reserve(capacity: number): void {
    for (const column of ["reservations", "locks", "wantedLocks"] as const) {
      this[column] = widen(this[column], capacity);
    }
    this.interrupted = widen(this.interrupted, capacity);
  }

  open(intent: number): void {
    this.reservations[intent] = 0;
    this.locks[intent] = 0;
    this.wantedLocks[intent] = 0;
    this.interrupted[intent] = 0;
  }

  disturbed(intent: number): void {
    if (this.reservations[intent]! > 0 || this.locks[intent]! > 0) this.interrupted[intent] = 1;
  }

  declined(intent: number): void {
    this.disturbed(intent);
  }
}
