import { none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import type { IntentColumns } from "../sim/intents.js";
import { widen } from "../sim/widen.js";
import type { Holdings } from "./holdings.js";

/** States of a lock. */
export const Held = {
  no: 0,
  /** Taken by a call that waits for another lock as well; its lease has not begun. */
  claimed: 1,
  yes: 2,
  /** Its holder has ended well: nobody need take it again. */
  done: 3,
} as const;

/**
 * Locks by number (an intent's handle, or an SKU), each with its holder and the line of calls that wait for it, first
 * in, first out. The holder is the item that took it; a lock may outlive its holder's intent.
 */
export class LockTable implements IntentColumns {
  private capacity = 0;
  private states = new Uint8Array(0);
  private holderItem = new Int32Array(0);
  private holderIntent = new Int32Array(0);
  /** The holder's intent by its number in order of arrival: handles are used again. */
  private holderSerial = new Float64Array(0);
  /** 1 when somebody has met it held. */
  private wanted = new Uint8Array(0);
  private firstWaiting = new Int32Array(0);
  private lastWaiting = new Int32Array(0);
  /** How often it was taken: who shows a lower number is not its holder any more. */
  private tokens = new Uint32Array(0);
  /** Number of the lease that runs; 0 when none does. */
  lease = new Float64Array(0);

  constructor(
    private readonly engine: Engine,
    private readonly holdings: Holdings,
  ) {}

  reserve(capacity: number): void {
    this.capacity = capacity;
    for (const column of ["states", "wanted"] as const) this[column] = widen(this[column], capacity);
    for (const column of ["holderItem", "holderIntent", "firstWaiting", "lastWaiting"] as const) {
      this[column] = widen(this[column], capacity);
    }
    this.holderSerial = widen(this.holderSerial, capacity);
    this.tokens = widen(this.tokens, capacity);
    this.lease = widen(this.lease, capacity);
  }

  open(lock: number): void {
    this.states[lock] = Held.no;
    this.wanted[lock] = 0;
    this.firstWaiting[lock] = none;
    this.lastWaiting[lock] = none;
    this.tokens[lock] = 0;
    this.lease[lock] = 0;
  }

  stateOf(lock: number): number {
    return this.states[lock]!;
  }

  tokenOf(lock: number): number {
    return this.tokens[lock]!;
  }

  isHeldBy(lock: number, item: number): boolean {
    const state = this.states[lock]!;
    if (state !== Held.claimed && state !== Held.yes) return false;
    return this.holderItem[lock] === item && this.isPresent(lock, this.engine.intents.itemIntent[item]!);
  }

  /** Whether the intent that has this handle now is the holder's. */
  private isPresent(lock: number, intent: number): boolean {
    return this.holderIntent[lock] === intent && this.holderSerial[lock] === this.engine.intents.serial[intent];
  }

  /** The item takes a free lock. */
  claim(lock: number, item: number): void {
    const { intents } = this.engine;
    const intent = intents.itemIntent[item]!;
    this.states[lock] = Held.claimed;
    this.holderItem[lock] = item;
    this.holderIntent[lock] = intent;
    this.holderSerial[lock] = intents.serial[intent]!;
    this.tokens[lock]!++;
    this.holdings.locks[intent]!++;
    if (this.firstWaiting[lock] !== none) this.want(lock);
  }

  /** The holder has all that it asked for. */
  confirm(lock: number): void {
    this.states[lock] = Held.yes;
  }

  /** The lock is free, or done, since now. */
  end(lock: number, state: typeof Held.no | typeof Held.done): void {
    const intent = this.holderIntent[lock]!;
    if (this.isPresent(lock, intent)) {
      this.holdings.locks[intent]!--;
      if (this.wanted[lock] === 1) this.holdings.wantedLocks[intent]!--;
    }
    this.wanted[lock] = 0;
    this.lease[lock] = 0;
    this.states[lock] = state;
  }

  /** Somebody else meets the lock held. */
  want(lock: number): void {
    if (this.wanted[lock] === 1) return;
    this.wanted[lock] = 1;
    const intent = this.holderIntent[lock]!;
    if (this.isPresent(lock, intent)) this.holdings.wantedLocks[intent]!++;
  }

  /** The intent whose item holds the lock, by its number in order of arrival; it may have closed since. */
  holderOf(lock: number): number {
    return this.holderSerial[lock]!;
  }

  // --- the line ---

  join(lock: number, call: number): void {
    const { nextWaiting } = this.engine.calls;
    this.want(lock);
    nextWaiting[call] = none;
    if (this.lastWaiting[lock] === none) this.firstWaiting[lock] = call;
    else nextWaiting[this.lastWaiting[lock]!] = call;
    this.lastWaiting[lock] = call;
  }

  /** Takes the first call out of the line; {@link none} when nobody waits. */
  next(lock: number): number {
    const call = this.firstWaiting[lock]!;
    if (call !== none) this.cut(lock, none, call);
    return call;
  }

  /** Takes a call out of the line, wherever it stands; false when it is not there. */
  leave(lock: number, call: number): boolean {
    const { nextWaiting } = this.engine.calls;
    let before: number = none;
    let at = this.firstWaiting[lock]!;
    while (at !== none && at !== call) {
      before = at;
      at = nextWaiting[at]!;
    }
    if (at === none) return false;
    this.cut(lock, before, call);
    return true;
  }

  private cut(lock: number, before: number, call: number): void {
    const { nextWaiting } = this.engine.calls;
    const after = nextWaiting[call]!;
    nextWaiting[call] = none;
    if (before === none) this.firstWaiting[lock] = after;
    else nextWaiting[before] = after;
    if (after === none) this.lastWaiting[lock] = before;
  }

  /** Empties all lines; the calls of each in order. */
  nextOfAll(): readonly number[] {
    const waiting: number[] = [];
    for (let lock = 0; lock < this.capacity; lock++) {
      if (this.states[lock] === Held.no) continue;
      for (let call = this.next(lock); call !== none; call = this.next(lock)) waiting.push(call);
    }
    return waiting;
  }
}
