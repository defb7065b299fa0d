import type { z } from "zod";
import type { Effect } from "../sim/behaviour.js";
import { CallFlag, none } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import { Outcome, Reply } from "../sim/outcome.js";
import { Charge } from "./charge-record.js";
import { Hazard } from "./ground-truth.js";
import { keyOf } from "./key.js";
import type { paymentProviderParameters } from "./payment-provider.schema.js";
import type { ChargeReports, Role, RoleContext } from "./role.js";

/** A stored result, a query or a conflict is answered after this time, without a slot. */
const storedAnswerMs = 30;
const defaultKeyTtlMs = 86_400_000;

const operations = ["charge", "query", "void"] as const;
const Operation = { charge: 0, query: 1, void: 2 } as const;
const Stored = { inFlight: 1, charged: 2, error: 3, declined: 4, forgotten: 5 } as const;

/**
 * The external provider: it first appends the charge to its ledger, then tries to answer, and the answer can be lost.
 * A known key gets the stored result, a key in flight a conflict. Calls without a key, or with a new one, charge again.
 */
class PaymentProvider implements Effect {
  readonly ownsErrors = true;
  private readonly parameters: z.infer<typeof paymentProviderParameters>;
  private readonly outcomes: Draws;
  private readonly replies: Draws;
  /** What an ok to a charge carries. */
  private readonly charged: number;
  private readonly reports: ChargeReports | null;

  constructor(private readonly context: RoleContext) {
    const { station } = context;
    this.parameters = context.parameters as z.infer<typeof paymentProviderParameters>;
    this.outcomes = station.spec.stream("outcome");
    this.replies = station.spec.stream("reply");
    this.charged = context.goalOperation === Operation.charge ? Reply.goal : Reply.none;
    this.reports = context.reports();
    if (this.reports !== null) station.starting = this;
  }

  admit(call: number): boolean {
    const { calls } = this.context.engine;
    const query = calls.has(call, CallFlag.query) || calls.operation[call] === Operation.query;
    calls.mark[call] = none;
    const key = this.keyOf(call);
    const record = key === 0 ? none : this.known(call, key);
    if (query) this.answerQuery(call, record);
    else if (calls.operation[call] === Operation.void) this.void(call);
    else if (record !== none) this.replay(call, record);
    else {
      if (key !== 0) this.open(call, key);
      return true;
    }
    return false;
  }

  /** The key the call carries; 0 for none. */
  private keyOf(call: number): number {
    const { engine, idempotency } = this.context;
    return keyOf(engine.intents, engine.calls.item[call]!, idempotency.key, "item");
  }

  private known(call: number, key: number): number {
    const { engine, records, station } = this.context;
    const record = records.find(engine.calls.intent[call]!, station.spec.index, key);
    if (record === none || records.state[record] === Stored.forgotten) return none;
    const ttlMs = this.parameters.keyTtlMs ?? this.context.idempotency.ttlMs ?? defaultKeyTtlMs;
    return engine.now - records.writtenMs[record]! > ttlMs ? none : record;
  }

  private open(call: number, key: number): void {
    const { engine, records, station } = this.context;
    const record = records.add(engine.calls.intent[call]!, station.spec.index, key);
    records.state[record] = Stored.inFlight;
    engine.calls.mark[call] = record;
  }

  private store(call: number, state: number): void {
    const record = this.context.engine.calls.mark[call]!;
    if (record !== none) this.context.records.state[record] = state;
  }

  /** Answers from what is stored under the key: nothing happens a second time. */
  private replay(call: number, record: number): void {
    const state = this.context.records.state[record]!;
    if (state === Stored.inFlight) this.answer(call, Outcome.conflict, Reply.none, "the key is in flight");
    else if (state === Stored.charged) this.answer(call, Outcome.ok, this.charged, "key known: the charge stands");
    else if (state === Stored.declined) this.answer(call, Outcome.declined, Reply.none, "key known: declined");
    else this.answer(call, Outcome.error, Reply.replayed, "key known: the stored error again");
  }

  /** A query sees the ledger only: what is in service is invisible to it. */
  private answerQuery(call: number, record: number): void {
    const { engine, truth, records } = this.context;
    if (truth.liveCharges[engine.calls.intent[call]!]! > 0) {
      this.answer(call, Outcome.ok, this.charged, "query: charged");
      return;
    }
    const burnt = record !== none && records.state[record] === Stored.error;
    this.answer(call, Outcome.ok, burnt ? Reply.absent | Reply.replayed : Reply.absent, "query: no charge");
  }

  private void(call: number): void {
    const { engine, truth } = this.context;
    const found = truth.void(engine.calls.intent[call]!);
    this.answer(call, Outcome.ok, Reply.none, found ? "charge voided" : "nothing to void");
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
    const { engine, station, truth } = this.context;
    const { unavailableRate = 0, errorEffectShare = 0, declineRate = 0 } = this.parameters;
    const intent = engine.calls.intent[call]!;
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
    } else if (draw < unavailableRate + errorRate) {
      if (draw < unavailableRate + errorRate * errorEffectShare) {
        this.charge(call, Stored.error);
        truth.meet(intent, Hazard.unlearnedAnswer | Hazard.chargedWithoutReply);
        if (engine.tracer !== null) engine.trace(call, "an error is the answer, although the charge stands");
        this.refuse(call, Outcome.error);
      } else this.endWithout(call, Outcome.error, Stored.error);
    } else if (draw < unavailableRate + errorRate + declineRate) {
      this.reports?.report(call, Charge.declined);
      this.endWithout(call, Outcome.declined, Stored.declined);
    } else {
      this.charge(call, Stored.charged);
      return this.reply(call);
    }
    return false;
  }

  private endWithout(call: number, outcome: Outcome, stored: number): void {
    const { engine, truth } = this.context;
    this.store(call, stored);
    truth.meet(engine.calls.intent[call]!, Hazard.endedWithoutCharge);
    this.refuse(call, outcome);
  }

  /** Answers with anything but ok; a blackhole swallows that too. */
  private refuse(call: number, outcome: Outcome): void {
    const { engine, station } = this.context;
    if (station.availability === "blackhole") engine.frames.lose(call);
    else engine.frames.fail(call, outcome, Reply.none);
  }

  private charge(call: number, stored: number): void {
    const { engine, truth, records } = this.context;
    const intent = engine.calls.intent[call]!;
    const record = engine.calls.mark[call]!;
    this.store(call, stored);
    truth.charge(intent);
    this.reports?.report(call, Charge.succeeded);
    if (engine.tracer !== null) {
      const key = record === none ? "without a key" : `under key ${records.key[record]}`;
      engine.trace(call, `charge captured ${key}: ${truth.liveCharges[intent]} live for this intent`);
    }
  }

  /** The charge stands; now the answer. True when it goes out. */
  private reply(call: number): boolean {
    const { engine, station, truth } = this.context;
    const { calls } = engine;
    const intent = calls.intent[call]!;
    const orphan = calls.has(call, CallFlag.orphan);
    if (orphan) truth.meet(intent, Hazard.unlearnedAnswer | Hazard.chargedWithoutReply);
    if (orphan && engine.tracer !== null) engine.trace(call, "the answer is late: its caller has given up");
    if (this.replies.next() < (this.parameters.replyLossRate ?? 0) || station.availability === "blackhole") {
      truth.meet(intent, Hazard.unlearnedAnswer | Hazard.chargedWithoutReply);
      if (engine.tracer !== null) engine.trace(call, "reply lost");
      engine.service.countCompleted(call, station);
      engine.frames.lose(call);
      return false;
    }
    calls.carried[call]! |= this.charged;
    return true;
  }

  turnedAway(call: number): void {
    const { engine, truth } = this.context;
    this.store(call, Stored.forgotten);
    truth.meet(engine.calls.intent[call]!, Hazard.endedWithoutCharge);
  }
}

export const paymentProvider: Role = {
  name: "payment-provider",
  operations,
  external: true,
  create: (context) => new PaymentProvider(context),
};
