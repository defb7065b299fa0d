import type { z } from "zod";
import { CallFlag, CallState } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import { isFailure, Outcome, Reply } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import type { TimerLane } from "../sim/timer-lane.js";
import { Backoff, type Jitter } from "./backoff.js";
import { conflictSpread, conflictWaitMs, maxConflicts } from "./conflict.js";
import { byDefault, mode } from "./mode.js";
import { Passthrough } from "./passthrough.js";
import type { retryParameters } from "./retry.schema.js";

/** Unused budget is kept for so many calls' worth at most. */
const budgetReserve = 10;

export interface RetryParameters {
  /** The first attempt included. */
  readonly maxAttempts: number;
  readonly backoffMs: number;
  readonly backoffFactor: number;
  readonly maxBackoffMs: number;
  readonly jitter: Jitter;
  readonly timeoutMs: number;
  readonly onUnknown: "same-key" | "query" | "assume-failed";
  /** Retries per call; Infinity for no budget. */
  readonly budgetRatio: number;
}

/**
 * A frame that forwards the same item again. It retries full, rejected, unavailable, error and timeout; passes `open`
 * and business answers up at once; after a conflict it asks again without using an attempt.
 */
class Retry extends Passthrough {
  private readonly uniform: Draws;
  private readonly backoff: Backoff;
  private lane!: TimerLane;
  private budget = budgetReserve;

  constructor(
    engine: Engine,
    station: Station,
    private readonly parameters: RetryParameters,
  ) {
    super(engine, station);
    const { backoffMs, backoffFactor, maxBackoffMs, jitter, maxAttempts } = parameters;
    this.uniform = station.spec.stream("retry");
    this.backoff = new Backoff(backoffMs, backoffFactor, maxBackoffMs, jitter, maxAttempts - 1);
  }

  override start(): void {
    this.lane = this.engine.lane(this.parameters.timeoutMs);
  }

  override forward(call: number): void {
    const { calls } = this.engine;
    calls.mark[call] = 1;
    calls.sinceMs[call] = 0;
    this.budget = Math.min(budgetReserve, this.budget + this.parameters.budgetRatio);
    this.attempt(call);
  }

  private attempt(frame: number): void {
    this.engine.calls.step[frame] = 0;
    this.goOn(frame);
  }

  private goOn(frame: number): void {
    const { engine } = this;
    if (engine.tracer !== null && engine.calls.mark[frame]! > 1) {
      engine.traceRoutine(frame, `attempt ${engine.calls.mark[frame]} of ${this.parameters.maxAttempts}`);
    }
    engine.calls.state[frame] = CallState.waiting;
    engine.setTimer(frame, this.lane);
    engine.routes.resume(frame, this.station);
  }

  override reply(frame: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { routes } = engine;
    if (routes.advance(frame, outcome, reply)) return;
    engine.clearTimer(frame);
    if ((routes.reply & Reply.absent) !== 0) this.chargeAfterQuery(frame, routes.reply);
    else this.ended(frame, routes.outcome, routes.reply);
  }

  /** The query found nothing: the same attempt goes on with the effect itself, at the step that is missing. */
  private chargeAfterQuery(frame: number, reply: number): void {
    const { calls, intents } = this.engine;
    calls.flags[frame]! &= ~CallFlag.query;
    // An error stored under the key would be replayed for ever; the query has shown that it had no effect.
    if ((reply & Reply.replayed) !== 0) intents.itemKey[calls.item[frame]!] = intents.mintKey();
    this.goOn(frame);
  }

  override timeout(frame: number): void {
    const { engine } = this;
    if (engine.tracer !== null) engine.trace(frame, `timeout: no answer within ${this.parameters.timeoutMs / 1000} s`);
    engine.clearTimer(frame);
    engine.frames.giveUp(frame);
    engine.knowledge.unsure(frame);
    if (this.parameters.onUnknown === "assume-failed") {
      if (engine.tracer !== null) engine.trace(frame, "assumes that it failed");
      engine.frames.pass(frame, Outcome.toldFailed, Reply.none);
    } else this.ended(frame, Outcome.timeout, Reply.none);
  }

  /** An attempt has ended: the outcome goes up, or another attempt follows. */
  private ended(frame: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { calls } = engine;
    if (outcome === Outcome.conflict && calls.conflicts[frame]! < maxConflicts) {
      calls.conflicts[frame]!++;
      engine.sleep(frame, conflictWaitMs * (1 + conflictSpread * (this.uniform.next() - 0.5)));
      return;
    }
    if (outcome === Outcome.error) engine.knowledge.unsure(frame);
    const retries = isFailure(outcome) && outcome !== Outcome.open && outcome !== Outcome.conflict;
    if (!retries || calls.mark[frame]! >= this.parameters.maxAttempts || !this.spendBudget()) {
      this.endWith(frame, outcome, reply);
      return;
    }
    const retry = calls.mark[frame]!++;
    const waitMs = this.backoff.waitMs(retry, calls.sinceMs[frame]!, this.uniform);
    calls.sinceMs[frame] = waitMs;
    if (this.parameters.onUnknown === "query" && engine.knowledge.isUnsure(frame))
      calls.flags[frame]! |= CallFlag.query;
    engine.sleep(frame, waitMs);
  }

  private endWith(frame: number, outcome: Outcome, reply: number): void {
    if (outcome === Outcome.timeout) this.engine.frames.fail(frame, outcome, reply);
    else this.engine.frames.pass(frame, outcome, reply);
  }

  override wake(frame: number): void {
    this.attempt(frame);
  }

  /** Each call earns `budgetRatio` of a retry. */
  private spendBudget(): boolean {
    if (this.budget < 1) return false;
    if (this.parameters.budgetRatio !== Number.POSITIVE_INFINITY) this.budget -= 1;
    return true;
  }
}

export const retry = mode<RetryParameters>({
  name: "retry",
  asynchronous: false,
  resolve(written, context) {
    const own = written as z.infer<typeof retryParameters>;
    return {
      maxAttempts: context.given(own.maxAttempts, "maxAttempts", 4, byDefault),
      backoffMs: context.given(own.backoffMs, "backoffMs", 200, byDefault),
      backoffFactor: context.given(own.backoffFactor, "backoffFactor", 2, byDefault),
      maxBackoffMs: context.given(own.maxBackoffMs, "maxBackoffMs", 30_000, byDefault),
      jitter: context.given<Jitter>(own.jitter, "jitter", "full", byDefault),
      timeoutMs: context.given(own.timeoutMs, "timeoutMs", 5_000, byDefault),
      onUnknown: context.given<RetryParameters["onUnknown"]>(own.onUnknown, "onUnknown", "same-key", byDefault),
      budgetRatio: own.budgetRatio ?? Number.POSITIVE_INFINITY,
    };
  },
  create: (parameters) => (engine, station) => new Retry(engine, station, parameters),
});
