import { CallFlag, CallState, none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { Outcome, outcomeNames } from "../sim/outcome.js";
import type { TimerLane } from "../sim/timer-lane.js";
import { SagaFrame, type SagaLog, SagaState, stepBit } from "./saga-log.js";
import type { SagaParameters, SagaStep } from "./saga-plan.js";

/** An undo that is not answered within this time is sent again. */
const undoTimeoutMs = 3_000;

/**
 * Undoes a record's steps in reverse, each until it is answered ok or given up. A step of which the outcome was unknown
 * may take effect after its undo (an authorisation still in the provider's line): its undo is repeated once that had
 * time to land, and only then is the record final.
 * The frames of this work have no caller; `step` is the step whose undo is out.
 */
export class SagaUndo {
  private lane!: TimerLane;

  constructor(
    private readonly engine: Engine,
    private readonly steps: readonly SagaStep[],
    private readonly parameters: SagaParameters,
    private readonly log: SagaLog,
  ) {}

  start(): void {
    this.lane = this.engine.lane(undoTimeoutMs);
  }

  /** Whether the record has anything to undo. */
  private hasWork(record: number): boolean {
    return this.log.position[record]! > 0 || this.log.unknown[record] !== 0;
  }

  /** Turns a record back: from now on it is undone, by and by, to end in a state. */
  begin(record: number, ends: SagaState): void {
    const { engine, log } = this;
    if (log.position[record]! > 0) engine.observers.sequenceUndoes(log.intentOf(record));
    log.ends[record] = ends;
    log.lapse[record]!++;
    log.owner[record] = none;
    if (!this.hasWork(record)) {
      log.enter(record, ends);
      return;
    }
    log.enter(record, SagaState.undoing);
    const frame = log.durableFrame(record, SagaFrame.undo);
    engine.calls.flags[frame]! |= CallFlag.undo;
    engine.calls.step[frame] = log.position[record]!;
    log.owner[record] = frame;
    log.tries[record] = 1;
    // The caller is answered first: what is undone takes as long as it takes.
    engine.sleep(frame, 0);
  }

  wake(frame: number): void {
    const { engine, log } = this;
    const { calls } = engine;
    const record = log.recordOf(frame);
    for (; calls.step[frame]! >= 0; this.next(frame, record)) {
      const step = calls.step[frame]!;
      if (!this.needsUndo(frame, record, step)) continue;
      const undo = this.steps[step]!.undo!;
      if (engine.tracer !== null) engine.traceRoutine(frame, `undoes step ${step + 1}, attempt ${log.tries[record]}`);
      if (!undo.async) {
        engine.setTimer(frame, this.lane);
        engine.routes.forwardAlong(frame, undo);
        return;
      }
      engine.routes.sendAside(frame, undo);
    }
    this.passOver(frame, record);
  }

  private next(frame: number, record: number): void {
    this.engine.calls.step[frame]!--;
    this.log.tries[record] = 1;
  }

  private needsUndo(frame: number, record: number, step: number): boolean {
    const { log } = this;
    if ((this.steps[step]?.undo ?? null) === null) return false;
    const unknown = (log.unknown[record]! & stepBit(step)) !== 0;
    return unknown || (log.kindOf(frame) === SagaFrame.undo && step < log.position[record]!);
  }

  /** Every step has had its turn: settle what was unknown, or be done. */
  private passOver(frame: number, record: number): void {
    const { engine, log } = this;
    if (log.kindOf(frame) === SagaFrame.undo && this.parameters.settleMs > 0 && this.unsettled(record)) {
      if (engine.tracer !== null)
        engine.trace(frame, "undone; an outcome was unknown, so it is undone once more later");
      log.appoint(frame, record, SagaFrame.settle);
      engine.calls.step[frame] = log.position[record]!;
      engine.sleep(frame, this.parameters.settleMs);
      return;
    }
    if (engine.tracer !== null) engine.trace(frame, "undone");
    log.enter(record, log.ends[record]! as SagaState);
    engine.releaseCall(frame);
  }

  private unsettled(record: number): boolean {
    const { log } = this;
    for (let step = log.position[record]!; step >= 0; step--) {
      const undone = (this.steps[step]?.undo ?? null) !== null;
      if (undone && (log.unknown[record]! & stepBit(step)) !== 0) return true;
    }
    return false;
  }

  reply(frame: number, outcome: Outcome): void {
    const { engine, log } = this;
    engine.clearTimer(frame);
    const record = log.recordOf(frame);
    if (outcome !== Outcome.ok && log.tries[record]! < this.parameters.undoAttempts) {
      log.tries[record]!++;
      engine.sleep(frame, this.parameters.undoEveryMs);
      return;
    }
    if (outcome !== Outcome.ok) this.giveUp(frame, record, outcome);
    this.next(frame, record);
    engine.calls.state[frame] = CallState.waiting;
    this.wake(frame);
  }

  /** The step stays as it is, although its sequence has failed. */
  private giveUp(frame: number, record: number, outcome: Outcome): void {
    const { engine, log } = this;
    const step = engine.calls.step[frame]!;
    if (engine.tracer !== null) engine.trace(frame, `gives up undoing step ${step + 1}: ${outcomeNames[outcome]}`);
    if (log.kindOf(frame) === SagaFrame.undo && step < log.position[record]!)
      engine.observers.stepLeft(log.intentOf(record));
  }

  timeout(frame: number): void {
    this.engine.clearTimer(frame);
    this.engine.frames.giveUp(frame);
    this.reply(frame, Outcome.timeout);
  }
}
