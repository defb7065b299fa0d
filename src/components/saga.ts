import { CallFlag, CallState, none, TakeOver } from "../sim/calls.js";
import { IntentFlag } from "../sim/intents.js";
import { Outcome, Reply } from "../sim/outcome.js";
import { SagaFrame, SagaState, stepBit } from "./saga-log.js";
import { SagaSteps } from "./saga-steps.js";

/**
 * A durable sequence (saga): takes its success edges one after another and keeps a record of how far it has come, so
 * that somebody can go on, or undo what is done, when its owner is gone. The record is the guard of its key.
 * The owner of a record is a frame: the caller's call at first, with its slot; after a crash or a sweep a frame without
 * either. Being the owner is what a fence compares.
 */
export class Saga extends SagaSteps {
  override forward(call: number): void {
    const { calls } = this.engine;
    if (calls.has(call, CallFlag.poll)) super.forward(call);
    else if (calls.has(call, CallFlag.takeOver)) this.takeOver(call, calls.mark[call]!);
    else if (calls.has(call, CallFlag.undo)) this.undoWhole(call);
    else this.enter(call);
  }

  protected override pause(frame: number): void {
    const { engine, durable } = this;
    const { pauseMs } = engine.frames;
    const record = durable.recordOf(frame);
    if (engine.tracer !== null) engine.trace(frame, `its owner stops for ${Math.round(pauseMs / 1000)} s`);
    engine.intents.mark(engine.calls.intent[frame]!, IntentFlag.disturbed);
    durable.appoint(frame, record, SagaFrame.paused);
    engine.service.leaveSlot(frame, this.station);
    if (durable.owner[record] === frame) this.leaveTo(record);
    engine.calls.sinceMs[frame] = engine.now + pauseMs;
    engine.sleep(frame, pauseMs);
  }

  /** The owner gives no sign of life: after `resumeMs` another one takes the record over. */
  private leaveTo(record: number): void {
    const { durable } = this;
    const lapse = ++durable.lapse[record]!;
    if (this.parameters.resumeMs === 0) return;
    const heir = durable.durableFrame(record, SagaFrame.heir);
    this.engine.calls.step[heir] = lapse;
    this.engine.sleep(heir, this.parameters.resumeMs);
  }

  override wake(frame: number): void {
    const { durable } = this;
    switch (durable.kindOf(frame)) {
      case SagaFrame.owner:
        if (this.mayGoOn(frame)) this.takeStep(frame);
        break;
      case SagaFrame.paused:
        this.goOn(frame);
        break;
      case SagaFrame.heir:
        this.inherit(frame);
        break;
      default:
        this.undo.wake(frame);
    }
  }

  /** The owner wakes from its pause, and knows nothing of what has happened since. */
  private goOn(frame: number): void {
    const { engine, durable } = this;
    if (engine.tracer !== null) engine.trace(frame, "its owner goes on after the pause");
    const record = durable.recordOf(frame);
    durable.appoint(frame, record, SagaFrame.owner);
    if (durable.owner[record] === frame) durable.lapse[record]!++;
    engine.calls.state[frame] = CallState.waiting;
    if (this.mayGoOn(frame)) this.persist(frame);
  }

  private inherit(frame: number): void {
    const { engine, durable } = this;
    const record = durable.recordOf(frame);
    if (durable.lapse[record] !== engine.calls.step[frame]) {
      engine.releaseCall(frame);
      return;
    }
    this.seize(record);
    this.takeUp(frame, record);
  }

  /** The record changes hands. What its owner was at may have been done without having been persisted. */
  private seize(record: number): void {
    const { durable } = this;
    durable.epoch[record]!++;
    durable.lapse[record]!++;
    if (durable.stateOf(record) === SagaState.open) durable.unknown[record]! |= stepBit(durable.position[record]!);
    durable.tries[record] = 1;
  }

  private takeUp(frame: number, record: number): void {
    const { engine, durable } = this;
    if (engine.tracer !== null)
      engine.trace(frame, `taken over at step ${durable.position[record]! + 1}, epoch ${durable.epoch[record]}`);
    engine.calls.carried[frame]! |= durable.carried[record]!;
    this.own(frame, record, durable.position[record]!);
    durable.enter(record, SagaState.open);
    engine.calls.state[frame] = CallState.waiting;
    this.takeStep(frame);
  }

  override expired(frame: number): void {
    const { engine, durable } = this;
    if (engine.calls.has(frame, CallFlag.poll)) return;
    const kind = durable.kindOf(frame);
    const record = durable.recordOf(frame);
    if (kind === SagaFrame.paused) this.keepPaused(frame, record);
    else if (kind === SagaFrame.owner && durable.owner[record] === frame) {
      durable.owner[record] = none;
      this.leaveTo(record);
    }
  }

  /** Who gave up on a call whose owner has stopped does not wake it: it goes on in its own time. */
  private keepPaused(frame: number, record: number): void {
    const { engine, durable } = this;
    const { calls } = engine;
    const zombie = durable.durableFrame(record, SagaFrame.paused);
    calls.step[zombie] = calls.step[frame]!;
    calls.carried[zombie] = calls.carried[frame]!;
    calls.sinceMs[zombie] = calls.sinceMs[frame]!;
    if (durable.owner[record] === frame) durable.owner[record] = zombie;
    engine.sleep(zombie, calls.sinceMs[zombie]! - engine.now);
  }

  // --- what others ask of a record ---

  /** A schedule takes a record over, to have it undone or finished; past the pivot there is only forward. */
  private takeOver(call: number, record: number): void {
    const { engine, durable } = this;
    const { calls, frames, intents } = engine;
    const state = durable.stateOf(record);
    if (state !== SagaState.open && state !== SagaState.parked) {
      frames.fail(call, Outcome.conflict, Reply.none);
      return;
    }
    const resumes = calls.operation[call] === TakeOver.resume;
    if (resumes) intents.unmark(calls.intent[call]!, IntentFlag.leaves);
    this.seize(record);
    if (resumes || durable.position[record]! > this.pivot) {
      this.takeUp(durable.durableFrame(record, SagaFrame.owner), record);
    } else {
      if (engine.tracer !== null)
        engine.trace(call, `the record is taken over, to be undone, epoch ${durable.epoch[record]}`);
      this.undo.begin(record, SagaState.failed);
    }
    frames.pass(call, Outcome.ok, Reply.none);
  }

  /** A sequence further up undoes this one as a step of its own. */
  private undoWhole(call: number): void {
    const { engine, durable } = this;
    const { frames } = engine;
    const record = durable.find(call);
    const state = record === none ? SagaState.failed : durable.stateOf(record);
    if (state === SagaState.open || state === SagaState.parked || state === SagaState.done) {
      if (durable.position[record]! > this.pivot) {
        frames.fail(call, Outcome.rejected, Reply.none);
        return;
      }
      this.seize(record);
      this.undo.begin(record, SagaState.failed);
    }
    frames.pass(call, Outcome.ok, Reply.none);
  }
}
