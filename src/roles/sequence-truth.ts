import type { Observer } from "../sim/behaviour.js";
import type { IntentColumns } from "../sim/intents.js";
import { widen } from "../sim/widen.js";

/** What became of an intent's durable sequences. Without one in the design it is never filled, and says no to all. */
export class SequenceTruth implements IntentColumns, Observer {
  /** Records that are not final. */
  private openRecords = new Uint16Array(0);
  /** Finished steps whose undo was given up. */
  private left = new Uint16Array(0);
  /** 1 when one turned back after a finished step. */
  private undone = new Uint8Array(0);

  reserve(capacity: number): void {
    for (const column of ["openRecords", "left"] as const) this[column] = widen(this[column], capacity);
    this.undone = widen(this.undone, capacity);
  }

  open(intent: number): void {
    this.openRecords[intent] = 0;
    this.left[intent] = 0;
    this.undone[intent] = 0;
  }

  sequenceOpened(intent: number): void {
    this.openRecords[intent]!++;
  }

  sequenceEnded(intent: number): void {
    this.openRecords[intent]!--;
  }

  sequenceUndoes(intent: number): void {
    this.undone[intent] = 1;
  }

  stepLeft(intent: number): void {
    this.left[intent]!++;
  }

  /** Whether a record of the intent is not final. */
  isOpen(intent: number): boolean {
    return (this.openRecords[intent] ?? 0) > 0;
  }

  /** Whether a sequence of the intent turned back after a finished step. */
  hasTurnedBack(intent: number): boolean {
    return this.undone[intent] === 1;
  }

  /** Whether a finished step of a failed sequence was not undone. */
  hasStepLeft(intent: number): boolean {
    return (this.left[intent] ?? 0) > 0;
  }
}
