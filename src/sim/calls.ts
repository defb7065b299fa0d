import { widen } from "./widen.js";

/** No call, no parent, no edge. */
export const none = -1;

/** Where a call is in its life; below `waiting` it has not been forwarded. */
export const CallState = {
  free: 0,
  /** On its way along a connection. */
  inTransit: 1,
  /** At the door of its component: not yet admitted. */
  arriving: 2,
  /** In the waiting room. */
  queued: 3,
  /** In a slot, being served. */
  inService: 4,
  /** Its answer is decided and arrives later (a refusal, a stored result). */
  answering: 5,
  /** Served, and kept waiting by its component's role, without a slot, for something that others hold: a lock. */
  blocked: 6,
  /** A frame: waits for the calls that it made. */
  waiting: 7,
  /** A frame that waits for nothing but time: backoff, a delay, a message that waits in a queue. */
  sleeping: 8,
  /** Waits for the call along a failure connection, whose outcome replaces its own. */
  fallingBack: 9,
  /** Waits for the call along a compensate connection, after which its own failure goes on. */
  compensating: 10,
} as const;

/** Facts about a call; a bit set. */
export const CallFlag = {
  /** Occupies a slot of its component. */
  slot: 1,
  /** Its caller gave up: it finishes the service it waits for or has, with its effect, and goes no further. */
  orphan: 2,
  /** Its passage through the component is already counted as ended. */
  counted: 4,
  /** It is a message that a queue or batch holds, or the delivery of one. */
  message: 8,
  /** The client's own frame, whose patience has run out: a late answer is only recorded. */
  abandoned: 16,
  /** Looks for an effect instead of making it; the calls it makes inherit this. */
  query: 32,
  /**
   * Asks for an intent's status: takes slots, time and errors like any call, passes roles without an effect, and does
   * not keep its intent open.
   */
  poll: 64,
  /** Undoes what an earlier call did; the calls it makes inherit this. */
  undo: 128,
  /** Its owner compares no token: what it does is taken although somebody else has taken over; inherited likewise. */
  unfenced: 256,
  /** Asks a durable sequence to take over the record in its `mark`; see {@link TakeOver}. */
  takeOver: 512,
} as const;

/** Operations of a call that is flagged {@link CallFlag.takeOver}. */
export const TakeOver = { compensate: 0, resume: 1 } as const;

/** What a call hands on to the calls that it makes. */
export const inheritedFlags = CallFlag.query | CallFlag.undo | CallFlag.unfenced;

/**
 * A run may hold so many messages per call that it may have in flight. Messages are what an outage piles up, by design
 * and bounded by the queue's capacity; calls in flight beyond their limit are a run gone wild.
 */
const messagesPerCall = 2;

const byteColumns = ["state", "operation", "carried", "outcome"] as const;
const integerColumns = [
  "parent",
  "firstChild",
  "nextSibling",
  "previousSibling",
  "nextWaiting",
  "intent",
  "item",
  "mark",
] as const;
const timeColumns = ["arrivedMs", "sinceMs", "timer"] as const;

/**
 * Calls and frames, one record each, in typed arrays under integer handles.
 * A call that waits for calls it made is their frame; `firstChild` and the sibling links hold the tree, so that a frame
 * that gives up can find everything below it.
 * Freed handles are used again, last freed first.
 */
export class CallPool {
  private capacity = 1024;
  private freeHead = none;
  private fresh = 0;
  /** Records in use. */
  live = 0;
  /** Those of them that are messages which a queue or batch holds, or delivers. */
  messages = 0;

  station = new Int16Array(this.capacity);
  state = new Uint8Array(this.capacity);
  flags = new Uint16Array(this.capacity);
  operation = new Uint8Array(this.capacity);
  /** {@link Reply} bits that the call has gathered on its way. */
  carried = new Uint8Array(this.capacity);
  /** Outcome decided but not yet delivered, while answering, falling back or compensating. */
  outcome = new Uint8Array(this.capacity);
  parent = new Int32Array(this.capacity);
  firstChild = new Int32Array(this.capacity);
  nextSibling = new Int32Array(this.capacity);
  previousSibling = new Int32Array(this.capacity);
  /** Next in the same waiting room, queue or line for a lock; next free record while free. */
  nextWaiting = new Int32Array(this.capacity);
  intent = new Int32Array(this.capacity);
  item = new Int32Array(this.capacity);
  /** Position in a sequence of edges, or number of copies still out. */
  step = new Int16Array(this.capacity);
  /** The behaviour's own number: attempts, deliveries, copies that came back ok, a breaker's epoch. */
  mark = new Int32Array(this.capacity);
  /** Components passed since the call tree began. */
  hops = new Uint16Array(this.capacity);
  /** Conflicts met so far. */
  conflicts = new Uint16Array(this.capacity);
  /** When it arrived at its component, milliseconds. */
  arrivedMs = new Float64Array(this.capacity);
  /** The behaviour's own time: start of the attempt, last backoff. */
  sinceMs = new Float64Array(this.capacity);
  /** Stamp of the frame's live timer; 0 without one. */
  timer = new Float64Array(this.capacity);

  /** Takes a record for a call at `station` below `parent` (or {@link none}). */
  take(station: number, parent: number, intent: number, item: number, operation: number): number {
    let call = this.freeHead;
    if (call !== none) this.freeHead = this.nextWaiting[call]!;
    else {
      if (this.fresh === this.capacity) this.grow();
      call = this.fresh++;
    }
    this.live++;
    this.station[call] = station;
    this.state[call] = CallState.inTransit;
    this.flags[call] = parent === none ? 0 : this.flags[parent]! & inheritedFlags;
    this.operation[call] = operation;
    this.carried[call] = 0;
    this.outcome[call] = 0;
    this.firstChild[call] = none;
    this.nextWaiting[call] = none;
    this.intent[call] = intent;
    this.item[call] = item;
    this.step[call] = 0;
    this.mark[call] = 0;
    this.conflicts[call] = 0;
    this.hops[call] = parent === none ? 1 : this.hops[parent]! + 1;
    this.timer[call] = 0;
    this.link(call, parent);
    return call;
  }

  /** Gives a record back; it must be unlinked and without children. */
  release(call: number): void {
    this.state[call] = CallState.free;
    this.timer[call] = 0;
    this.nextWaiting[call] = this.freeHead;
    this.freeHead = call;
    this.live--;
  }

  private link(call: number, parent: number): void {
    this.parent[call] = parent;
    this.previousSibling[call] = none;
    if (parent === none) {
      this.nextSibling[call] = none;
      return;
    }
    const first = this.firstChild[parent]!;
    this.nextSibling[call] = first;
    if (first !== none) this.previousSibling[first] = call;
    this.firstChild[parent] = call;
  }

  /** Takes a call out of its parent's children; it has no parent then. */
  unlink(call: number): void {
    const parent = this.parent[call]!;
    if (parent === none) return;
    const next = this.nextSibling[call]!;
    const previous = this.previousSibling[call]!;
    if (previous === none) this.firstChild[parent] = next;
    else this.nextSibling[previous] = next;
    if (next !== none) this.previousSibling[next] = previous;
    this.parent[call] = none;
  }

  /** What there is too much of where `most` calls may be in flight: those, or messages; null when it is neither. */
  tooMany(most: number): string | null {
    if (this.live - this.messages > most) return `${most} calls in flight`;
    return this.messages > messagesPerCall * most ? `${messagesPerCall * most} messages` : null;
  }

  has(call: number, flag: number): boolean {
    return (this.flags[call]! & flag) !== 0;
  }

  /** Handles in use, ascending: for the checks at the end of a run. */
  forEachLive(visit: (call: number) => void): void {
    for (let call = 0; call < this.fresh; call++) if (this.state[call] !== CallState.free) visit(call);
  }

  private grow(): void {
    this.capacity *= 2;
    this.station = widen(this.station, this.capacity);
    this.flags = widen(this.flags, this.capacity);
    this.step = widen(this.step, this.capacity);
    this.hops = widen(this.hops, this.capacity);
    this.conflicts = widen(this.conflicts, this.capacity);
    for (const column of byteColumns) this[column] = widen(this[column], this.capacity);
    for (const column of integerColumns) this[column] = widen(this[column], this.capacity);
    for (const column of timeColumns) this[column] = widen(this[column], this.capacity);
  }
}
