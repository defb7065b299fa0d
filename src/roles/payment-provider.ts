import type { z } from "zod";
import type { Effect } from "../sim/behaviour.js";
import { CallFlag, none } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import { Outcome, Reply } from "../sim/outcome.js";
import { Charge } from "./charge-record.js";
import { Hazard } from "./ground-truth.js";
import { keyOf } from "./key.js";
import type { paymentProviderParameters } from "./payment-provider.schema.js";
import { Account, Operation, operationNames, takesMoney, wordsOf } from "./provider-account.js";
import type { ChargeReports, Role, RoleContext } from "./role.js";
import { replaysError, Stored, StoredResults } from "./stored-results.js";

/** A stored result, a query, a void or a conflict is answered after this time, without a slot. */
const storedAnswerMs = 30;

/**
 * The external provider: it first writes the effect into its ledger, then tries to answer, and the answer can be lost.
 * A known key gets the stored result of its operation, a key in flight a conflict. Calls without a key, or with a new
 * one, take effect again.
 */
class PaymentProvider implements Effect {
  readonly ownsErrors = true;
  private readonly parameters: z.infer<typeof paymentProviderParameters>;
  private readonly outcomes: Draws;
  private readonly replies: Draws;
  private readonly voids: Draws;
  private readonly account: Account;
  private readonly results: StoredResults;
  private readonly reports: ChargeReports | null;

  constructor(private readonly context: RoleContext) {
    const { station, truth } = context;
    this.parameters = context.parameters as z.infer<typeof paymentProviderParameters>;
    this.outcomes = station.spec.stream("outcome");
    this.replies = station.spec.stream("reply");
    this.voids = station.spec.stream("void");
    this.account = new Account(truth);
    this.results = new StoredResults(context, this.parameters.keyTtlMs);
    this.reports = context.reports();
    if (this.reports !== null) station.starting = this;
  }

  admit(call: number): boolean {
    const { engine, truth } = this.context;
    const { calls } = engine;
    const operation = calls.operation[call]!;
    calls.mark[call] = none;
    const key = this.keyOf(call);
    if (operation === Operation.void) {
      this.void(call);
      return false;
    }
    const asks = operation === Operation.query || calls.has(call, CallFlag.query);
    const meant = operation === Operation.query ? this.usual() : operation;
    const record = this.results.find(call, key, meant);
    if (asks) {
      this.answerQuery(call, meant, record);
      return false;
    }
    if (operation === Operation.refund) truth.askRefund(calls.intent[call]!);
    if (record !== none) {
      this.replay(call, record);
      return false;
    }
    this.results.open(call, key);
    return true;
  }

  /** The operation that a plain query asks after: the problem's goal, where that is the provider's. */
  private usual(): number {
    const { goalOperation } = this.context;
    return goalOperation < 0 || goalOperation === Operation.query ? Operation.charge : goalOperation;
  }

  /** What an ok to an operation carries: who asked for a charge has one, too, once an authorisation is captured. */
  private okTo(operation: number): number {
    const { goalOperation, chargeIsGoal } = this.context;
    const met = operation === goalOperation || (chargeIsGoal && operation === Operation.capture);
    return met ? Reply.goal : Reply.none;
  }

  /** The key the call carries; 0 for none. */
  private keyOf(call: number): number {
    const { engine, idempotency } = this.context;
    return keyOf(engine.intents, engine.calls.item[call]!, idempotency.key, "item");
  }

  /** Answers from what is stored under the key: nothing happens a second time. */
  private replay(call: number, record: number): void {
    const operation = this.context.engine.calls.operation[call]!;
    const stored = this.results.of(record);
    if (stored === Stored.inFlight) this.answer(call, Outcome.conflict, Reply.none, "the key is in flight");
    else if (stored === Stored.done || stored === Stored.voided) {
      this.answer(call, Outcome.ok, this.okTo(operation), wordsOf(operation).stands);
    } else if (stored === Stored.declined) this.answer(call, Outcome.declined, Reply.none, "key known: declined");
    else this.answer(call, Outcome.error, Reply.replayed, "key known: the stored error again");
  }

  /** A query sees this provider's ledger only: what is in service is invisible to it, as is what another has. */
  private answerQuery(call: number, meant: number, record: number): void {
    const { calls } = this.context.engine;
    const intent = calls.intent[call]!;
    if (this.account.stands(intent, meant)) {
      this.answer(call, Outcome.ok, this.okTo(meant), wordsOf(meant).found);
    } else if (calls.operation[call] === Operation.query && this.account.stands(intent, Operation.authorise)) {
      this.answer(call, Outcome.ok, Reply.none, "query: authorised only");
    } else {
      const burnt = record !== none && replaysError(this.results.of(record));
      const found = burnt ? Reply.absent | Reply.replayed : Reply.absent;
      this.answer(call, Outcome.ok, found, wordsOf(meant).absent);
    }
  }

  private void(call: number): void {
    const { voidFailRate = 0 } = this.parameters;
    if (voidFailRate > 0 && this.voids.next() < voidFailRate) {
      this.answer(call, Outcome.error, Reply.none, "void failed");
      return;
    }
    const operation = this.results.giveBack(call, this.account);
    this.answer(call, Outcome.ok, Reply.none, this.account.void(this.context.engine.calls.intent[call]!, operation));
  }

  private answer(call: number, outcome: Outcome, reply: number, what: string): void {
    const { engine } = this.context;
    if (engine.tracer !== null) engine.trace(call, what);
    if (this.replies.next() < (this.parameters.replyLossRate ?? 0)) {
      if (engine.tracer !== null) engine.trace(call, "reply lost");
      engine.frames.lose(call);
    } else engine.service.answerLater(call, storedAnswerMs, outcome, reply);
  }

  /** It takes the charge up. */
  begin(call: number): void {
    this.reports?.report(call, Charge.pending);
  }

  perform(call: number): boolean {
    const { engine, station } = this.context;
    const { calls } = engine;
    const { unavailableRate = 0, errorEffectShare = 0, declineRate = 0 } = this.parameters;
    const operation = calls.operation[call]!;
    const asksForMoney = operation !== Operation.capture && operation !== Operation.refund;
    const overloadRate = station.overloadErrorRate();
    const errorRate = (this.parameters.errorRate ?? 0) + station.ownErrorRate();
    let draw = this.outcomes.next();
    // Overload fails a call before any work is done for it: nothing is charged, and nothing to store under its key.
    if (draw < overloadRate) {
      this.endWithout(call, Outcome.error, Stored.forgotten);
      return false;
    }
    draw -= overloadRate;
    if (draw < unavailableRate) {
      this.endWithout(call, Outcome.unavailable, Stored.forgotten);
    } else if (!this.account.allows(calls.intent[call]!, operation)) {
      // What may be possible later is not stored: the authorisation may yet be in service.
      if (engine.tracer !== null) engine.trace(call, `nothing here to ${operationNames[operation]}`);
      // A charge that was declined will never be there to refund.
      const never = operation === Operation.refund && this.results.wasDeclined(call);
      this.endWithout(call, never ? Outcome.declined : Outcome.error, Stored.forgotten);
    } else if (draw < unavailableRate + errorRate) {
      if (draw < unavailableRate + errorRate * errorEffectShare) {
        this.takeEffect(call, operation, Stored.doneInError);
        this.unlearned(call, operation);
        if (engine.tracer !== null)
          engine.trace(call, `an error is the answer, although the ${operationNames[operation]} stands`);
        this.refuse(call, Outcome.error);
      } else this.endWithout(call, Outcome.error, Stored.error);
    } else if (draw < unavailableRate + errorRate + (asksForMoney ? declineRate : 0)) {
      this.reports?.report(call, Charge.declined);
      this.endWithout(call, Outcome.declined, Stored.declined);
    } else {
      this.takeEffect(call, operation, Stored.done);
      return this.reply(call, operation);
    }
    return false;
  }

  private endWithout(call: number, outcome: Outcome, stored: number): void {
    this.results.store(call, stored);
    this.endedWithout(call);
    this.refuse(call, outcome);
  }

  private endedWithout(call: number): void {
    const { engine, truth } = this.context;
    const { calls } = engine;
    if (calls.operation[call] !== Operation.refund) truth.meet(calls.intent[call]!, Hazard.endedWithoutCharge);
  }

  /** Answers with anything but ok; a blackhole swallows that too. */
  private refuse(call: number, outcome: Outcome): void {
    const { engine, station } = this.context;
    if (station.availability === "blackhole") engine.frames.lose(call);
    else engine.frames.fail(call, outcome, Reply.none);
  }

  private takeEffect(call: number, operation: number, stored: number): void {
    const { engine, records } = this.context;
    const record = engine.calls.mark[call]!;
    this.results.store(call, stored);
    const intent = engine.calls.intent[call]!;
    this.account.write(intent, operation);
    const ends = operation === this.usual() || this.okTo(operation) !== Reply.none;
    if (ends) this.reports?.report(call, Charge.succeeded);
    if (engine.tracer === null) return;
    const key = records.key[record] === 0 ? "without a key" : `under key ${records.key[record]}`;
    engine.trace(call, `${wordsOf(operation).effect} ${key}: ${this.account.describe(intent, operation)}`);
  }

  /** The effect stands, and nobody will hear of it from this call. */
  private unlearned(call: number, operation: number): void {
    const { engine, truth } = this.context;
    const lost = takesMoney(operation) ? Hazard.chargedWithoutReply : 0;
    const hazard = operation === Operation.refund ? Hazard.refundUnsure : Hazard.unlearnedAnswer | lost;
    truth.meet(engine.calls.intent[call]!, hazard);
  }

  /** The effect stands; now the answer. True when it goes out. */
  private reply(call: number, operation: number): boolean {
    const { engine, station } = this.context;
    const { calls } = engine;
    const orphan = calls.has(call, CallFlag.orphan);
    if (orphan) this.unlearned(call, operation);
    if (orphan && engine.tracer !== null) engine.trace(call, "the answer is late: its caller has given up");
    if (this.replies.next() < (this.parameters.replyLossRate ?? 0) || station.availability === "blackhole") {
      this.unlearned(call, operation);
      if (engine.tracer !== null) engine.trace(call, "reply lost");
      engine.service.countCompleted(call, station);
      engine.frames.lose(call);
      return false;
    }
    calls.carried[call]! |= this.okTo(operation);
    return true;
  }

  turnedAway(call: number): void {
    this.results.store(call, Stored.forgotten);
    this.endedWithout(call);
  }
}

export const paymentProvider: Role = {
  name: "payment-provider",
  operations: operationNames,
  external: true,
  create: (context) => new PaymentProvider(context),
};
