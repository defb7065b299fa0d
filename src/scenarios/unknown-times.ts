import type { Observer } from "../sim/behaviour.js";
import type { Engine } from "../sim/engine.js";
import { type IntentColumns, IntentFlag } from "../sim/intents.js";
import { Tally } from "../sim/tally.js";
import { widen } from "../sim/widen.js";
import type { Window } from "./plan.js";

/** In place of a time: nothing is unknown. */
const known = -1;

/**
 * How long it stays unknown what became of a request: from the moment a caller went without an answer to a call that may
 * have had its effect, until the system knows the intent confirmed, declined or failed, or its record closes. While the
 * provider is down nobody can find out: what becomes unknown meanwhile counts from its return.
 */
export class UnknownTimes implements Observer, IntentColumns {
  readonly unknownMs = new Tally();
  /** By intent: from when on it counts as unknown, milliseconds. */
  private sinceMs = new Float64Array(0);

  constructor(
    private readonly engine: Engine,
    /** When the provider is down; null when it never is. */
    private readonly down: Window | null,
  ) {}

  reserve(capacity: number): void {
    this.sinceMs = widen(this.sinceMs, capacity);
  }

  open(intent: number): void {
    this.sinceMs[intent] = known;
  }

  itemUnsure(item: number): void {
    const { intents, now } = this.engine;
    const intent = intents.itemIntent[item]!;
    if (this.sinceMs[intent] !== known || intents.isFinal(intent) || !isCounted(intents.flags[intent]!)) return;
    this.sinceMs[intent] = this.isDown(now) ? this.down!.endMs : now;
  }

  private isDown(atMs: number): boolean {
    return this.down !== null && atMs >= this.down.startMs && atMs < this.down.endMs;
  }

  itemLost(item: number): void {
    this.itemUnsure(item);
  }

  confirmed(intent: number): void {
    this.end(intent);
  }

  declined(intent: number): void {
    this.end(intent);
  }

  recordedFailed(intent: number): void {
    this.end(intent);
  }

  closing(intent: number): void {
    this.end(intent);
  }

  private end(intent: number): void {
    const sinceMs = this.sinceMs[intent]!;
    if (sinceMs === known) return;
    this.sinceMs[intent] = known;
    // Known before the provider was back: the tally takes what is below 0 for 0.
    this.unknownMs.value = this.engine.now - sinceMs;
    this.unknownMs.record();
  }
}

function isCounted(flags: number): boolean {
  return (flags & IntentFlag.measured) !== 0 && (flags & IntentFlag.hostile) === 0;
}
