import { Outcome } from "../sim/outcome.js";
import { allEntries, Books, Entry } from "./books.js";
import { Hazard } from "./ground-truth.js";
import type { Role, RoleContext } from "./role.js";
import { SeenEvents } from "./seen-events.js";
import { ServedEffect } from "./served-effect.js";

const operations = ["post", "debit", "payout", "fee"] as const;
/** What each operation writes. */
const entriesOf: readonly number[] = [allEntries, Entry.debit, Entry.payouts, Entry.fee];

/**
 * An append-only ledger: each event that says paid writes its entries, unless its key is known for that operation. To
 * the invariants of consumers it is one, which applies an intent by its debit.
 */
class Ledger extends ServedEffect {
  private readonly consumer: number;
  private readonly books: Books;
  private readonly seen: SeenEvents;

  constructor(private readonly context: RoleContext) {
    super();
    const { engine, truth } = context;
    this.consumer = truth.addConsumer();
    this.books = new Books(engine.intents);
    engine.intents.attach(this.books);
    truth.ledgers.push(this.books);
    this.seen = new SeenEvents(context);
  }

  perform(call: number): boolean {
    const { engine, truth } = this.context;
    const intent = engine.calls.intent[call]!;
    if (engine.intents.isDeclined(intent)) return true;
    const operation = engine.calls.operation[call]!;
    const entries = entriesOf[operation]!;
    if (this.books.has(intent, entries)) truth.meet(intent, Hazard.eventRepeated);
    if (this.seen.isKnown(call, operation)) {
      if (engine.tracer !== null) engine.trace(call, `${operations[operation]} known: not written again`);
      engine.frames.pass(call, Outcome.ok, engine.calls.carried[call]!);
      return false;
    }
    this.books.write(intent, entries);
    if ((entries & Entry.debit) !== 0) truth.apply(intent, this.consumer);
    if (engine.tracer !== null) {
      engine.trace(call, `${operations[operation]} written: entries sum to ${this.books.wordSums(intent)}`);
    }
    return true;
  }
}

export const ledger: Role = {
  name: "ledger",
  operations,
  external: false,
  create: (context) => new Ledger(context),
};
