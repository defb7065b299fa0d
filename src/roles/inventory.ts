import type { z } from "zod";
import { CallFlag, none } from "../sim/calls.js";
import { Outcome, Reply } from "../sim/outcome.js";
import { readLagMs } from "./guard.js";
import type { Holdings } from "./holdings.js";
import type { inventoryParameters } from "./inventory.schema.js";
import { keyOf } from "./key.js";
import type { Role, RoleContext } from "./role.js";
import { ServedEffect } from "./served-effect.js";
import { Stock } from "./stock.js";
import type { StockTruth } from "./stock-truth.js";

const operations = ["reserve", "commit", "release"] as const;
const Operation = { reserve: 0, commit: 1, release: 2 } as const;

/** States of a reservation. */
const State = { open: 1, committed: 2, released: 3 } as const;

/**
 * The stock. `reserve` takes the whole cart or nothing; under a key that it knows it takes no more. `commit` makes the
 * reservation final and `release` gives its units back, each once. A call without a fence is compared with nothing: it
 * commits what was released, and releases what was released before.
 */
class Inventory extends ServedEffect {
  private readonly stock: Stock;
  private readonly truth: StockTruth;
  private readonly holdings: Holdings;

  constructor(private readonly context: RoleContext) {
    super();
    const { engine, truth, carts, idempotency } = context;
    const { unitsPerSku, hotUnits } = context.parameters as z.infer<typeof inventoryParameters>;
    const everyUnits = unitsPerSku ?? Number.POSITIVE_INFINITY;
    const levels = { unitsPerSku: everyUnits, hotUnits: hotUnits ?? everyUnits };
    this.stock = new Stock(carts.skus, levels, readLagMs(idempotency), engine);
    this.truth = truth.keepStock(carts);
    this.holdings = truth.keepHoldings();
  }

  perform(call: number): boolean {
    const { engine, goalOperation } = this.context;
    const { calls } = engine;
    const operation = calls.operation[call]!;
    const outcome = this.outcomeOf(call, operation);
    if (outcome !== Outcome.ok) {
      engine.frames.fail(call, outcome, Reply.none);
      return false;
    }
    if (operation === goalOperation) calls.carried[call]! |= Reply.goal;
    return true;
  }

  private outcomeOf(call: number, operation: number): Outcome {
    const reservation = this.find(call);
    if (operation === Operation.reserve) return this.reserve(call, reservation);
    if (operation === Operation.commit) return this.commit(call, reservation);
    this.release(call, reservation);
    return Outcome.ok;
  }

  private keyOf(call: number): number {
    const { engine, idempotency } = this.context;
    return keyOf(engine.intents, engine.calls.item[call]!, idempotency.key, "item");
  }

  /** The reservation under the call's key; without a key a reservation is never known again, and its newest open one meant. */
  private find(call: number): number {
    const { engine, records, station } = this.context;
    const { index } = station.spec;
    const intent = engine.calls.intent[call]!;
    const key = this.keyOf(call);
    if (key !== 0) return records.find(intent, index, key);
    if (engine.calls.operation[call] === Operation.reserve) return none;
    let record = records.firstOf(intent);
    while (record !== none && !(records.owner[record] === index && records.state[record] === State.open)) {
      record = records.after(record);
    }
    return record;
  }

  private reserve(call: number, known: number): Outcome {
    const { engine, records, station, carts } = this.context;
    const intent = engine.calls.intent[call]!;
    if (known !== none && records.state[known] !== State.released) {
      if (engine.tracer !== null) engine.trace(call, "key known: reserved already");
      return Outcome.ok;
    }
    const first = carts.first(intent);
    const second = carts.second(intent);
    if (!this.stock.shows(first) || (second !== none && !this.stock.shows(second))) {
      if (engine.tracer !== null) engine.trace(call, `sold out: ${this.wordCart(intent)}`);
      return Outcome.declined;
    }
    this.noteRivals(intent);
    const record = known === none ? records.add(intent, station.spec.index, this.keyOf(call)) : known;
    records.state[record] = State.open;
    this.open(intent);
    this.take(call);
    if (engine.tracer !== null) engine.trace(call, `reserved: ${this.wordCart(intent)}`);
    return Outcome.ok;
  }

  private commit(call: number, reservation: number): Outcome {
    const { engine, records } = this.context;
    const intent = engine.calls.intent[call]!;
    const state = reservation === none ? State.released : records.state[reservation]!;
    if (state === State.committed) return Outcome.ok;
    if (state === State.released) {
      if (reservation === none || !engine.calls.has(call, CallFlag.unfenced)) {
        if (engine.tracer !== null) engine.trace(call, "commit rejected: nothing is reserved");
        return Outcome.error;
      }
      this.take(call);
    } else this.close(intent);
    records.state[reservation] = State.committed;
    this.takeAway(intent);
    if (engine.tracer !== null) engine.trace(call, `committed: ${this.wordCart(intent)}`);
    return Outcome.ok;
  }

  private release(call: number, reservation: number): void {
    const { engine, records } = this.context;
    const intent = engine.calls.intent[call]!;
    const state = reservation === none ? State.committed : records.state[reservation]!;
    const again = state === State.released && engine.calls.has(call, CallFlag.unfenced);
    if (state !== State.open && !again) {
      if (engine.tracer !== null) engine.trace(call, "nothing to release");
      return;
    }
    if (state === State.open) this.close(intent);
    records.state[reservation] = State.released;
    this.putBack(intent);
    if (engine.tracer !== null) engine.trace(call, `released${again ? " again" : ""}: ${this.wordCart(intent)}`);
  }

  /** An intent that reserves what another has reserved can be the one for whom nothing is left. */
  private noteRivals(intent: number): void {
    const { carts } = this.context;
    const own = this.ownReservations(intent);
    const second = carts.second(intent);
    const { reservations } = this.stock;
    const rivals = reservations[carts.first(intent)]! > own || (second !== none && reservations[second]! > own);
    if (rivals) this.truth.contend(intent);
  }

  /** Open reservations of the intent here; each is of its whole cart. */
  private ownReservations(intent: number): number {
    const { records, station } = this.context;
    let own = 0;
    for (let record = records.firstOf(intent); record !== none; record = records.after(record)) {
      if (records.owner[record] === station.spec.index && records.state[record] === State.open) own++;
    }
    return own;
  }

  private open(intent: number): void {
    this.holdings.reservations[intent]!++;
    this.count(intent, 1);
  }

  private close(intent: number): void {
    this.holdings.reservations[intent]!--;
    this.count(intent, -1);
  }

  private count(intent: number, change: number): void {
    const { carts } = this.context;
    const second = carts.second(intent);
    this.stock.reservations[carts.first(intent)]! += change;
    if (second !== none) this.stock.reservations[second]! += change;
  }

  /** Takes the cart's units, whether they are there or not. */
  private take(call: number): void {
    const { engine, carts } = this.context;
    const intent = engine.calls.intent[call]!;
    const second = carts.second(intent);
    const firstThere = this.stock.take(carts.first(intent));
    const secondThere = second === none || this.stock.take(second);
    if (firstThere && secondThere) return;
    this.truth.oversell(intent);
    if (engine.tracer !== null) engine.trace(call, "took a unit that is not there");
  }

  private putBack(intent: number): void {
    const { carts } = this.context;
    const second = carts.second(intent);
    this.stock.putBack(carts.first(intent));
    if (second !== none) this.stock.putBack(second);
  }

  private takeAway(intent: number): void {
    const { carts } = this.context;
    const second = carts.second(intent);
    this.truth.commit(intent);
    const firstThere = this.stock.commit(carts.first(intent));
    const secondThere = second === none || this.stock.commit(second);
    if (!firstThere || !secondThere) this.truth.oversell(intent);
  }

  /** `SKU 0 (12 free), SKU 7 (3 free)`. */
  private wordCart(intent: number): string {
    const { carts } = this.context;
    const word = (sku: number): string => `SKU ${sku} (${this.stock.free[sku]} free)`;
    const second = carts.second(intent);
    return second === none ? word(carts.first(intent)) : `${word(carts.first(intent))}, ${word(second)}`;
  }
}

export const inventory: Role = {
  name: "inventory",
  operations,
  external: false,
  create: (context) => new Inventory(context),
};
