import { none } from "./calls.js";
import type { Clock } from "./line.js";
import { widen } from "./widen.js";

/** What happened to an intent; a bit set. */
export const IntentFlag = {
  accepted: 1,
  /** The system learned the goal's success. */
  confirmed: 2,
  /** The client stopped trying without an ok. */
  gaveUp: 4,
  declined: 8,
  /** The client was told that it failed, by a decision of the system. */
  toldFailed: 16,
  hostile: 32,
  /** Its arrival lies in the measured part of the run. */
  measured: 64,
  /** It was the subject of a refusal, a failure, a crash or a lost answer. */
  disturbed: 128,
  /** The buyer will leave before paying, if what serves it waits for that: drawn at its arrival. */
  leaves: 256,
  /** The buyer has left before paying: a business end of its own, unless it is confirmed after all. */
  abandoned: 512,
  /** Its client makes a new request key for each of its requests. */
  freshKeys: 1024,
} as const;

const itemByteColumns = ["itemUnsure", "itemDead", "itemPolls", "itemReport", "itemSettled", "itemRecognised"] as const;

/** In place of the references of an intent that is closed, and whose record its followers still read. */
const retained = -2;

/** Columns kept elsewhere for each intent, by the same handle. */
export interface IntentColumns {
  /** Makes room for handles below `capacity`, keeping what is there. */
  reserve(capacity: number): void;
  /** Clears the columns of a handle that a new intent takes. */
  open(intent: number): void;
}

/**
 * Intents and their items, in typed arrays under integer handles.
 * An intent stays open as long as anything refers to it (a call, a message, a planned try); then its record is judged
 * and used again, so that memory follows what is in flight and not what has passed. What only follows it (a status poll)
 * does not keep it open: it is judged all the same, and only its record stays until the last follower has gone.
 * An item is what one request creates: its key survives retries and redeliveries on the server's side.
 */
export class IntentBook {
  private capacity = 256;
  private freeHead = none;
  private fresh = 0;
  private readonly columns: IntentColumns[] = [];
  private itemCapacity = 256;
  private freeItem = none;
  private freshItem = 0;
  private mintedKeys = 0;
  /** Records in use: open intents, and closed ones that are still followed. */
  live = 0;
  /** Intents that ever arrived. */
  arrived = 0;

  /** Number in order of arrival, from 0. */
  serial = new Uint32Array(this.capacity);
  flags = new Uint16Array(this.capacity);
  arrivedMs = new Float64Array(this.capacity);
  acceptedMs = new Float64Array(this.capacity);
  /** When it was confirmed or declined. */
  finalMs = new Float64Array(this.capacity);
  /** What keeps it open; below 0 when it is closed. */
  references = new Int32Array(this.capacity);
  /**
   * How many of the references wait for what may come or not (a provider's event, a schedule): they keep the intent
   * open, and it rests when there are no others.
   */
  awaited = new Int32Array(this.capacity);
  /** What refers to it and does not keep it open. */
  private followers = new Int32Array(this.capacity);
  /** The natural key, such as an order id. */
  naturalKey = new Uint32Array(this.capacity);
  /** The key that the client sends with each of its requests, unless it makes a fresh one. */
  clientKey = new Uint32Array(this.capacity);
  /** Requests sent so far. */
  requests = new Uint16Array(this.capacity);
  private firstItem = new Int32Array(this.capacity);

  itemIntent = new Int32Array(this.itemCapacity);
  /** The item's own key; a guard's row may lend it an earlier one. */
  itemKey = new Uint32Array(this.itemCapacity);
  requestKey = new Uint32Array(this.itemCapacity);
  /** 1 when an attempt ended in a timeout or an error, so that an effect is possible. */
  itemUnsure = new Uint8Array(this.itemCapacity);
  /** 1 when a queue gave up on it: what becomes of the dead letter does not serve the buyer. */
  itemDead = new Uint8Array(this.itemCapacity);
  /** 1 when it is no request's but asks for the intent's status: calls with it follow the intent. */
  itemPolls = new Uint8Array(this.itemCapacity);
  /** Above 0 when it is no request's but tells what became of one, in its sender's code. */
  itemReport = new Uint8Array(this.itemCapacity);
  /** 1 when it is known otherwise how it ends: a queue that still holds it need not deliver it. */
  itemSettled = new Uint8Array(this.itemCapacity);
  /** 1 when a guard knew its intent although it came with another request key. */
  itemRecognised = new Uint8Array(this.itemCapacity);
  /** Messages that carry the item. */
  itemMessages = new Int32Array(this.itemCapacity);
  private nextItem = new Int32Array(this.itemCapacity);

  constructor(private readonly clock: Clock) {}

  /** Adds columns that follow the intents' handles. */
  attach(columns: IntentColumns): void {
    columns.reserve(this.capacity);
    this.columns.push(columns);
  }

  /**
   * A key that nothing else has. Columns keep 32 bits of it: keys are looked up among those of one intent, of which no
   * two lie four billion apart.
   */
  mintKey(): number {
    return ++this.mintedKeys;
  }

  open(flags: number): number {
    let intent = this.freeHead;
    if (intent !== none) this.freeHead = this.firstItem[intent]!;
    else {
      if (this.fresh === this.capacity) this.grow();
      intent = this.fresh++;
    }
    this.live++;
    this.serial[intent] = this.arrived++;
    this.flags[intent] = flags;
    this.arrivedMs[intent] = this.clock.now;
    this.references[intent] = 0;
    this.awaited[intent] = 0;
    this.followers[intent] = 0;
    this.naturalKey[intent] = this.mintKey();
    this.clientKey[intent] = this.mintKey();
    this.requests[intent] = 0;
    this.firstItem[intent] = none;
    for (const columns of this.columns) columns.open(intent);
    return intent;
  }

  /** Nothing keeps the intent open any more: its record is free for another, now or when its last follower leaves. */
  close(intent: number): void {
    if (this.followers[intent]! > 0) this.references[intent] = retained;
    else this.free(intent);
  }

  isOpen(intent: number): boolean {
    return this.references[intent]! >= 0;
  }

  follow(intent: number): void {
    this.followers[intent]!++;
  }

  unfollow(intent: number): void {
    if (--this.followers[intent]! === 0 && this.references[intent] === retained) this.free(intent);
  }

  /** Gives back the record of an intent and of its items. */
  private free(intent: number): void {
    let item = this.firstItem[intent]!;
    while (item !== none) {
      const next = this.nextItem[item]!;
      this.nextItem[item] = this.freeItem;
      this.freeItem = item;
      item = next;
    }
    this.references[intent] = none;
    this.firstItem[intent] = this.freeHead;
    this.freeHead = intent;
    this.live--;
  }

  openItem(intent: number, requestKey: number): number {
    let item = this.freeItem;
    if (item !== none) this.freeItem = this.nextItem[item]!;
    else {
      if (this.freshItem === this.itemCapacity) this.growItems();
      item = this.freshItem++;
    }
    this.itemIntent[item] = intent;
    this.itemKey[item] = this.mintKey();
    this.requestKey[item] = requestKey;
    this.itemUnsure[item] = 0;
    this.itemDead[item] = 0;
    this.itemPolls[item] = 0;
    this.itemReport[item] = 0;
    this.itemSettled[item] = 0;
    this.itemRecognised[item] = 0;
    this.itemMessages[item] = 0;
    this.nextItem[item] = this.firstItem[intent]!;
    this.firstItem[intent] = item;
    return item;
  }

  /** The item of the intent's latest request; {@link none} before the first. */
  newestItem(intent: number): number {
    let item = this.firstItem[intent]!;
    while (item !== none && (this.itemPolls[item] === 1 || this.itemReport[item] !== 0)) item = this.nextItem[item]!;
    return item;
  }

  /** An item that tells what became of the one under `itemKey`; its request key is its own, and no other report's. */
  openReport(intent: number, itemKey: number, report: number): number {
    const item = this.openItem(intent, this.mintKey());
    this.itemKey[item] = itemKey;
    this.itemReport[item] = report;
    return item;
  }

  /** It is known how the items under a key end: nobody need deliver them. */
  settleItems(intent: number, itemKey: number): void {
    for (let item = this.firstItem[intent]!; item !== none; item = this.nextItem[item]!) {
      if (this.itemKey[item] === itemKey && this.itemReport[item] === 0) this.itemSettled[item] = 1;
    }
  }

  /** An item with which the intent's status is asked for. */
  openPoll(intent: number): number {
    const item = this.openItem(intent, this.clientKey[intent]!);
    this.itemPolls[item] = 1;
    return item;
  }

  is(intent: number, flag: number): boolean {
    return (this.flags[intent]! & flag) !== 0;
  }

  /** Whether it is known how the intent ended: confirmed or declined. */
  isFinal(intent: number): boolean {
    return this.is(intent, IntentFlag.confirmed | IntentFlag.declined);
  }

  /** Whether it ended in one of the ways that are no failure: confirmed, declined or abandoned. */
  hasEnded(intent: number): boolean {
    return this.is(intent, IntentFlag.confirmed | IntentFlag.declined | IntentFlag.abandoned);
  }

  /** Calls, messages and planned tries of an intent: what keeps it open beside those who wait for something outside. */
  underWay(intent: number): number {
    return this.references[intent]! - this.awaited[intent]!;
  }

  /** Whether a decline is the last word on it: it was not paid after all. */
  isDeclined(intent: number): boolean {
    return (this.flags[intent]! & (IntentFlag.confirmed | IntentFlag.declined)) === IntentFlag.declined;
  }

  mark(intent: number, flag: number): void {
    this.flags[intent]! |= flag;
  }

  unmark(intent: number, flag: number): void {
    this.flags[intent]! &= ~flag;
  }

  forEachOpen(visit: (intent: number) => void): void {
    for (let intent = 0; intent < this.fresh; intent++) if (this.references[intent]! >= 0) visit(intent);
  }

  private grow(): void {
    this.capacity *= 2;
    this.flags = widen(this.flags, this.capacity);
    this.requests = widen(this.requests, this.capacity);
    for (const column of ["arrivedMs", "acceptedMs", "finalMs"] as const) {
      this[column] = widen(this[column], this.capacity);
    }
    for (const column of ["serial", "naturalKey", "clientKey"] as const) {
      this[column] = widen(this[column], this.capacity);
    }
    for (const column of ["references", "awaited", "followers", "firstItem"] as const) {
      this[column] = widen(this[column], this.capacity);
    }
    for (const columns of this.columns) columns.reserve(this.capacity);
  }

  private growItems(): void {
    this.itemCapacity *= 2;
    for (const column of itemByteColumns) this[column] = widen(this[column], this.itemCapacity);
    for (const column of ["itemKey", "requestKey"] as const) this[column] = widen(this[column], this.itemCapacity);
    for (const column of ["itemIntent", "itemMessages", "nextItem"] as const) {
      this[column] = widen(this[column], this.itemCapacity);
    }
  }
}
