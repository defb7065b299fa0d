import { CallFlag, none } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import { IntentFlag } from "../sim/intents.js";
import { isFailure, Outcome, outcomeNames, Reply } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import type { TimerLane } from "../sim/timer-lane.js";
import { Backoff } from "./backoff.js";
import { conflictSpread, conflictWaitMs, maxConflicts } from "./conflict.js";
import { Passthrough } from "./passthrough.js";
import type { RetryParameters } from "./retry.js";
import { SagaFrame, SagaLog, SagaState, stepBit } from "./saga-log.js";
import type { SagaParameters, SagaPlan, SagaStep } from "./saga-plan.js";
import { SagaUndo } from "./saga-undo.js";

/** Past the pivot a failed step is tried again after this time, as often as it takes. */
const forwardEveryMs = 2_000;

/**
 * How a durable sequence takes its steps: one after another, each repeated as its retry says, its position persisted
 * after each. What cannot be done is turned back. `step` is what the owner itself remembers of its position.
 */
export abstract class SagaSteps extends Passthrough {
  readonly durable: SagaLog;
  private readonly steps: readonly SagaStep[];
  protected readonly parameters: SagaParameters;
  private readonly retry: RetryParameters;
  protected readonly undo: SagaUndo;
  private readonly uniform: Draws;
  private readonly backoff: Backoff;
  /** Position after which there is no way back. */
  protected readonly pivot: number;
  private readonly firstPaying: number;
  private lane!: TimerLane;

  constructor(engine: Engine, station: Station, plan: SagaPlan) {
    super(engine, station);
    this.steps = plan.steps;
    this.parameters = plan.parameters;
    this.retry = plan.retry;
    this.durable = new SagaLog(engine, station, plan.keyOf);
    this.undo = new SagaUndo(engine, this.steps, this.parameters, this.durable);
    this.uniform = station.spec.stream("saga");
    const { backoffMs, backoffFactor, maxBackoffMs, jitter, maxAttempts } = plan.retry;
    this.backoff = new Backoff(backoffMs, backoffFactor, maxBackoffMs, jitter, maxAttempts - 1);
    const pivot = this.steps.findIndex((step) => step.pivot);
    this.pivot = pivot < 0 ? Number.POSITIVE_INFINITY : pivot;
    this.firstPaying = this.steps.findIndex((step) => step.pays);
  }

  override start(): void {
    this.lane = this.engine.lane(this.retry.timeoutMs);
    this.undo.start();
  }

  /** An owner stops for a while after its step. */
  protected abstract pause(frame: number): void;

  /** A request: the record answers it, or is opened by it. */
  protected enter(call: number): void {
    const { engine, durable } = this;
    const { calls, frames } = engine;
    const known = durable.find(call);
    const state = known === none ? SagaState.failed : durable.stateOf(known);
    if (state === SagaState.done) {
      frames.pass(call, Outcome.ok, Reply.known | durable.carried[known]! | calls.carried[call]!);
    } else if (state === SagaState.declined) frames.fail(call, Outcome.declined, Reply.known);
    else if (state !== SagaState.failed) frames.fail(call, Outcome.conflict, Reply.none);
    else {
      const record = durable.open(call, known);
      if (engine.tracer !== null) engine.trace(call, known === none ? "record opened" : "failed record opened anew");
      this.own(call, record, 0);
      this.takeStep(call);
    }
  }

  protected own(frame: number, record: number, step: number): void {
    const { calls } = this.engine;
    this.durable.appoint(frame, record, SagaFrame.owner);
    this.durable.owner[record] = frame;
    calls.step[frame] = step;
    calls.conflicts[frame] = 0;
    calls.sinceMs[frame] = 0;
  }

  /** Whether the frame may go on. One that has lost its record ends silently under a fence; without one it goes on. */
  protected mayGoOn(frame: number): boolean {
    const { engine, durable } = this;
    if (durable.owner[durable.recordOf(frame)] === frame) return true;
    if (!this.parameters.fence) {
      engine.calls.flags[frame]! |= CallFlag.unfenced;
      return true;
    }
    if (engine.tracer !== null) engine.trace(frame, "the record has another owner: ends");
    if (this.isDurable(frame)) engine.releaseCall(frame);
    else engine.frames.lose(frame);
    return false;
  }

  /** Whether the frame works without a caller: it arrived nowhere, so that nobody counts its end. */
  private isDurable(frame: number): boolean {
    return this.engine.calls.has(frame, CallFlag.counted);
  }

  protected takeStep(frame: number): void {
    const { engine } = this;
    const { calls, intents } = engine;
    const step = calls.step[frame]!;
    if (step === this.steps.length) {
      this.finish(frame);
      return;
    }
    if (step === this.firstPaying && intents.is(calls.intent[frame]!, IntentFlag.leaves)) {
      this.park(frame);
      return;
    }
    const { edge } = this.steps[step]!;
    if (engine.tracer !== null) {
      engine.traceRoutine(frame, `step ${step + 1}, attempt ${this.durable.tries[this.durable.recordOf(frame)]}`);
    }
    if (edge.async) {
      engine.routes.sendAside(frame, edge);
      this.stepDone(frame, Reply.none);
      return;
    }
    engine.setTimer(frame, this.lane);
    engine.routes.forwardAlong(frame, edge);
  }

  override reply(frame: number, outcome: Outcome, reply: number): void {
    const { engine, durable } = this;
    if (engine.calls.has(frame, CallFlag.poll)) super.reply(frame, outcome, reply);
    else if (durable.kindOf(frame) >= SagaFrame.undo) this.undo.reply(frame, outcome);
    else {
      engine.clearTimer(frame);
      if (!this.mayGoOn(frame)) return;
      if (outcome !== Outcome.ok) this.stepFailed(frame, outcome);
      else if ((reply & Reply.known) !== 0 && !this.isPastPivot(frame)) this.endKnown(frame, reply);
      else this.stepDone(frame, reply);
    }
  }

  private isPastPivot(frame: number): boolean {
    return this.engine.calls.step[frame]! > this.pivot;
  }

  private stepDone(frame: number, reply: number): void {
    const { engine } = this;
    const { calls, frames } = engine;
    const { pays } = this.steps[calls.step[frame]!]!;
    calls.carried[frame]! |= reply & Reply.goal;
    if (frames.crashStrikes()) {
      if (engine.tracer !== null) engine.trace(frame, "crashed after the step, before it was persisted");
      if (pays) engine.observers.crashed(calls.intent[frame]!);
      this.expired(frame);
      frames.lose(frame);
    } else if (pays && frames.pauseStrikes()) this.pause(frame);
    else this.persist(frame);
  }

  protected persist(frame: number): void {
    const { durable } = this;
    const { calls } = this.engine;
    const record = durable.recordOf(frame);
    durable.unknown[record]! &= ~stepBit(calls.step[frame]!);
    durable.position[record] = ++calls.step[frame]!;
    durable.carried[record] = calls.carried[frame]!;
    durable.tries[record] = 1;
    calls.conflicts[frame] = 0;
    calls.sinceMs[frame] = 0;
    this.takeStep(frame);
  }

  override timeout(frame: number): void {
    const { engine, durable } = this;
    if (durable.kindOf(frame) >= SagaFrame.undo) {
      this.undo.timeout(frame);
      return;
    }
    if (engine.tracer !== null) engine.trace(frame, `timeout: no answer within ${this.retry.timeoutMs / 1000} s`);
    engine.clearTimer(frame);
    engine.frames.giveUp(frame);
    if (this.mayGoOn(frame)) this.stepFailed(frame, Outcome.timeout);
  }

  private stepFailed(frame: number, outcome: Outcome): void {
    const { engine, durable } = this;
    const { calls } = engine;
    const record = durable.recordOf(frame);
    if (outcome === Outcome.timeout || outcome === Outcome.error) {
      durable.unknown[record]! |= stepBit(calls.step[frame]!);
      engine.knowledge.unsure(frame);
    }
    if (outcome === Outcome.conflict && calls.conflicts[frame]! < maxConflicts) {
      calls.conflicts[frame]!++;
      engine.sleep(frame, conflictWaitMs * (1 + conflictSpread * (this.uniform.next() - 0.5)));
    } else if (this.isPastPivot(frame)) engine.sleep(frame, forwardEveryMs);
    else if (this.retries(outcome) && durable.tries[record]! < this.retry.maxAttempts) {
      const waitMs = this.backoff.waitMs(durable.tries[record]!++, calls.sinceMs[frame]!, this.uniform);
      calls.sinceMs[frame] = waitMs;
      engine.sleep(frame, waitMs);
    } else
      this.turnBack(frame, outcome, Reply.none, outcome === Outcome.declined ? SagaState.declined : SagaState.failed);
  }

  private retries(outcome: Outcome): boolean {
    return isFailure(outcome) && outcome !== Outcome.open && outcome !== Outcome.conflict;
  }

  /** What the sequence is for has been done under another key: the steps taken for it in vain are undone. */
  private endKnown(frame: number, reply: number): void {
    this.turnBack(frame, Outcome.ok, Reply.known | (reply & Reply.goal), SagaState.done);
  }

  /** The sequence goes back. That is recorded now and done by and by; the caller is told at once. */
  private turnBack(frame: number, outcome: Outcome, reply: number, ends: SagaState): void {
    const { engine, durable } = this;
    const record = durable.recordOf(frame);
    if (engine.tracer !== null) {
      engine.trace(frame, `turns back at step ${engine.calls.step[frame]! + 1}: ${outcomeNames[outcome]}`);
    }
    durable.position[record] = engine.calls.step[frame]!;
    durable.carried[record] = reply & Reply.goal;
    this.undo.begin(record, ends);
    this.answer(frame, outcome, reply);
  }

  private finish(frame: number): void {
    const { engine, durable } = this;
    const record = durable.recordOf(frame);
    const { carried } = engine.calls;
    if (engine.tracer !== null) engine.trace(frame, "every step is done");
    durable.carried[record] = carried[frame]! & Reply.goal;
    durable.owner[record] = none;
    durable.lapse[record]!++;
    durable.enter(record, SagaState.done);
    this.answer(frame, Outcome.ok, carried[frame]!);
  }

  /** The buyer has left: only a schedule takes the record up again. */
  private park(frame: number): void {
    const { engine, durable } = this;
    const record = durable.recordOf(frame);
    if (engine.tracer !== null) engine.trace(frame, "the buyer leaves: the record is parked");
    engine.intents.mark(engine.calls.intent[frame]!, IntentFlag.disturbed);
    durable.owner[record] = none;
    durable.lapse[record]!++;
    durable.enter(record, SagaState.parked);
    this.answer(frame, Outcome.abandoned, Reply.none);
  }

  /** The record is the system's memory: it learns the end from it, whether or not a caller is still there. */
  private answer(frame: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    if (engine.calls.parent[frame] === none || !isFailure(outcome)) engine.knowledge.settle(frame, outcome, reply);
    if (this.isDurable(frame)) engine.releaseCall(frame);
    else if (outcome === Outcome.timeout) engine.frames.fail(frame, outcome, reply);
    else engine.frames.pass(frame, outcome, reply);
  }
}
