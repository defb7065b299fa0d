import type { Observer } from "../sim/behaviour.js";
import { CallFlag, none } from "../sim/calls.js";
import { IntentFlag } from "../sim/intents.js";
import { Outcome, Reply } from "../sim/outcome.js";
import { Held, LockTable } from "./lock-table.js";
import type { Alarm, Role, RoleContext } from "./role.js";
import { RowLine } from "./row-line.js";
import { ServedEffect } from "./served-effect.js";

const operations = ["acquire", "release"] as const;
const acquire = operations.indexOf("acquire");

/** Default lease of a lock, milliseconds. */
const defaultLeaseMs = 600_000;

/**
 * A lock store: one lock per cart, or one per SKU that all intents share. An item that asks for a lock that another
 * holds gets a conflict, or waits in line. A lock is given back by its holder, by the end of its lease, or when its
 * holder ends well: then a cart's lock is done, and who asks for it is told so; an SKU's is free for the next.
 *
 * A call that waits for the second of two locks keeps the first. All take them in the order of the SKUs, so that no two
 * wait for each other; who gives up gives back what it has.
 */
class Lock extends ServedEffect implements Observer {
  private readonly table: LockTable;
  private readonly bySku: boolean;
  private readonly waits: boolean;
  private readonly leaseMs: number;
  /** Locks whose lease runs, in the order in which the leases end, with the time at which they were taken. */
  private readonly leases = new RowLine();
  /** Leases given so far; each has its number. */
  private leaseCount = 0;
  private readonly alarm: Alarm;

  constructor(private readonly context: RoleContext) {
    super();
    const { engine, truth, carts, idempotency } = context;
    this.bySku = idempotency.key === "sku";
    this.waits = idempotency.onHeld === "wait";
    this.leaseMs = idempotency.claimLeaseMs ?? defaultLeaseMs;
    this.table = new LockTable(engine, truth.keepHoldings());
    if (this.bySku) {
      this.table.reserve(carts.skus);
      for (let sku = 0; sku < carts.skus; sku++) this.table.open(sku);
    } else engine.intents.attach(this.table);
    this.alarm = context.alarm(() => this.endLeases());
    engine.observers.add(this);
  }

  perform(call: number): boolean {
    const { engine, goalOperation } = this.context;
    const { calls } = engine;
    const operation = calls.operation[call]!;
    if (operation === goalOperation) calls.carried[call]! |= Reply.goal;
    if (operation === acquire) return this.acquire(call);
    this.release(call);
    return true;
  }

  /** The lock that an intent needs; of two the one to take first. */
  private first(intent: number): number {
    return this.bySku ? this.context.carts.first(intent) : intent;
  }

  /** The other lock that it needs; {@link none} where it needs one. */
  private second(intent: number): number {
    return this.bySku ? this.context.carts.second(intent) : none;
  }

  /** False when the call has been answered, or waits. */
  private acquire(call: number): boolean {
    const { engine } = this.context;
    const intent = engine.calls.intent[call]!;
    const first = this.first(intent);
    if (this.table.stateOf(first) === Held.done) {
      if (engine.tracer !== null) engine.trace(call, "the lock's holder has ended well: nothing is left to do");
      engine.frames.pass(call, Outcome.ok, engine.calls.carried[call]! | this.doneReply(intent));
      return false;
    }
    if (!this.waits && this.meetsConflict(call)) return false;
    if (this.collect(call)) {
      this.confirm(call);
      return true;
    }
    if (engine.tracer !== null) engine.trace(call, "lock held by another: waits in line");
    engine.service.block(call);
    return false;
  }

  private doneReply(intent: number): number {
    return this.context.engine.intents.is(intent, IntentFlag.confirmed) ? Reply.known | Reply.goal : Reply.known;
  }

  /** Refuses a call of which another item holds a lock: it takes none. */
  private meetsConflict(call: number): boolean {
    const { engine } = this.context;
    const intent = engine.calls.intent[call]!;
    const item = engine.calls.item[call]!;
    const held = this.isHeldByOther(this.first(intent), item) || this.isHeldByOther(this.second(intent), item);
    if (!held) return false;
    if (engine.tracer !== null) engine.trace(call, "lock held by another");
    engine.frames.fail(call, Outcome.conflict, Reply.none);
    return true;
  }

  private isHeldByOther(lock: number, item: number): boolean {
    const { table } = this;
    if (lock === none || table.stateOf(lock) === Held.no || table.isHeldBy(lock, item)) return false;
    table.want(lock);
    return true;
  }

  /** Takes what it can of the call's locks, in order; false when the call is in line for one now. */
  private collect(call: number): boolean {
    const intent = this.context.engine.calls.intent[call]!;
    return this.take(this.first(intent), call) && this.take(this.second(intent), call);
  }

  private take(lock: number, call: number): boolean {
    const { table } = this;
    const item = this.context.engine.calls.item[call]!;
    if (lock === none || table.isHeldBy(lock, item)) return true;
    if (table.stateOf(lock) !== Held.no) {
      table.join(lock, call);
      return false;
    }
    table.claim(lock, item);
    return true;
  }

  /** The call has its locks: their leases begin. */
  private confirm(call: number): void {
    const intent = this.context.engine.calls.intent[call]!;
    this.beginLease(this.first(intent), call);
    this.beginLease(this.second(intent), call);
  }

  private beginLease(lock: number, call: number): void {
    const { table } = this;
    const { engine } = this.context;
    if (lock === none || table.stateOf(lock) !== Held.claimed) return;
    table.confirm(lock);
    this.dropEnded();
    table.lease[lock] = ++this.leaseCount;
    this.leases.put(lock, engine.now);
    this.setAlarm();
    if (engine.tracer !== null) engine.trace(call, `${this.wordLock(lock)} taken, token ${table.tokenOf(lock)}`);
  }

  private release(call: number): void {
    const intent = this.context.engine.calls.intent[call]!;
    this.giveBack(this.first(intent), call);
    this.giveBack(this.second(intent), call);
  }

  private giveBack(lock: number, call: number): void {
    const { table } = this;
    const { engine } = this.context;
    const { calls } = engine;
    if (lock === none) return;
    const state = table.stateOf(lock);
    const held = state === Held.claimed || state === Held.yes;
    if (held && (table.isHeldBy(lock, calls.item[call]!) || calls.has(call, CallFlag.unfenced))) {
      if (engine.tracer !== null) engine.trace(call, `${this.wordLock(lock)} released`);
      this.free(lock);
    } else if (engine.tracer !== null) engine.trace(call, `${this.wordLock(lock)} is not the caller's: not released`);
  }

  /** The lock is free: the first that waits for it takes it, unless it has to wait for another now. */
  private free(lock: number): void {
    const { table } = this;
    table.end(lock, Held.no);
    while (table.stateOf(lock) === Held.no) {
      const call = table.next(lock);
      if (call === none) return;
      if (this.collect(call)) this.grant(call);
    }
  }

  private grant(call: number): void {
    this.confirm(call);
    this.context.engine.service.answerLater(call, 0, Outcome.ok, Reply.none);
  }

  itemSettled(item: number, outcome: Outcome, _reply: number): void {
    const { intents } = this.context.engine;
    // While a queue has the item, it was only accepted.
    if (outcome !== Outcome.ok || intents.itemMessages[item]! > 0) return;
    const intent = intents.itemIntent[item]!;
    this.endWith(this.first(intent), item);
    this.endWith(this.second(intent), item);
  }

  private endWith(lock: number, item: number): void {
    const { table } = this;
    if (lock === none || table.stateOf(lock) !== Held.yes || !table.isHeldBy(lock, item)) return;
    if (this.bySku) this.free(lock);
    else this.finish(lock);
  }

  /** A cart is done: all that wait for its lock are told so. */
  private finish(intent: number): void {
    const { table } = this;
    table.end(intent, Held.done);
    const reply = this.doneReply(intent);
    for (let call = table.next(intent); call !== none; call = table.next(intent)) {
      this.context.engine.service.answerLater(call, 0, Outcome.ok, reply);
    }
  }

  withdraw(call: number): void {
    const intent = this.context.engine.calls.intent[call]!;
    const first = this.first(intent);
    const second = this.second(intent);
    if (!this.table.leave(first, call) && second !== none) this.table.leave(second, call);
    this.giveUpClaims(call);
  }

  /** Gives back what a call took that did not get all. */
  private giveUpClaims(call: number): void {
    const { table } = this;
    const { calls } = this.context.engine;
    const first = this.first(calls.intent[call]!);
    if (table.stateOf(first) === Held.claimed && table.isHeldBy(first, calls.item[call]!)) this.free(first);
  }

  loseBlocked(): void {
    const { engine } = this.context;
    const lost = this.table.nextOfAll();
    for (const call of lost) this.giveUpClaims(call);
    for (const call of lost) {
      if (engine.tracer !== null) engine.trace(call, "lost: went down while the call waited for the lock");
      engine.frames.lose(call);
    }
  }

  // --- leases ---

  /** Number of the lease that ends first. */
  private get firstLease(): number {
    return this.leaseCount - this.leases.count + 1;
  }

  /** Forgets the leases in front whose lock has been given back since. */
  private dropEnded(): void {
    while (this.leases.count > 0 && this.table.lease[this.leases.first] !== this.firstLease) this.leases.take();
  }

  private setAlarm(): void {
    const dueMs = this.leases.firstSinceMs + this.leaseMs;
    // One that is set already is earlier: leases end in the order in which they were given.
    if (this.alarm.dueMs === Number.POSITIVE_INFINITY) this.alarm.set(dueMs);
  }

  private endLeases(): void {
    const { engine, station } = this.context;
    for (this.dropEnded(); this.leases.firstSinceMs + this.leaseMs <= engine.now; this.dropEnded()) {
      const lock = this.leases.first;
      if (engine.tracer !== null) {
        const what = `${this.wordLock(lock)}: lease of token ${this.table.tokenOf(lock)} ended`;
        engine.tracer.note(this.table.holderOf(lock), { atMs: engine.now, where: station.spec.id, what });
      }
      this.free(lock);
    }
    this.setAlarm();
  }

  private wordLock(lock: number): string {
    return this.bySku ? `lock on SKU ${lock}` : "lock";
  }
}

export const lock: Role = {
  name: "lock",
  operations,
  external: false,
  create: (context) => new Lock(context),
};
