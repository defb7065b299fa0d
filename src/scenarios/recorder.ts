import { type GroundTruth, Shown } from "../roles/ground-truth.js";
import type { Observer } from "../sim/behaviour.js";
import type { Engine } from "../sim/engine.js";
import { IntentFlag } from "../sim/intents.js";
import { Tally } from "../sim/tally.js";
import { type InvariantCount, judgeIntent, type MutableEvidence } from "./invariant-counts.js";
import type { Window } from "./plan.js";

/** Seconds are the finest windows; longer runs than this many use coarser ones in the timeline. */
const windowMs = 1000;

/** Counts of intents by how they ended. */
export interface IntentCounts {
  offered: number;
  accepted: number;
  delivered: number;
  dropped: number;
  pending: number;
  declined: number;
  abandoned: number;
  /** Accepted, and neither delivered, declined nor abandoned in the end. */
  undelivered: number;
  broken: number;
  hostile: number;
  blocked: number;
}

/** What happened in each second, from one count that only grows. */
class EventCourse {
  total = 0;
  readonly bySecond: Float64Array;
  private before = 0;

  constructor(seconds: number) {
    this.bySecond = new Float64Array(seconds);
  }

  close(second: number): void {
    this.bySecond[second] = this.total - this.before;
    this.before = this.total;
  }
}

/**
 * Follows every intent of a run and keeps what the measures need: counts, latencies, and one number a second.
 */
export class Recorder implements Observer {
  readonly counts: IntentCounts = {
    offered: 0,
    accepted: 0,
    delivered: 0,
    dropped: 0,
    pending: 0,
    declined: 0,
    abandoned: 0,
    undelivered: 0,
    broken: 0,
    hostile: 0,
    blocked: 0,
  };
  readonly acceptMs = new Tally();
  readonly confirmMs = new Tally();
  /** The same for intents that arrived while the run was disturbed. */
  readonly disturbedConfirmMs = new Tally();
  /** From an intent's becoming final until buyers are shown it. */
  readonly readLagMs = new Tally();
  /** From the opening of a durable sequence's record until it is final. */
  readonly sessionMs = new Tally();
  /** By second of arrival: clean intents, and those of them that were served in time and ended well. */
  readonly arrivals: Float64Array;
  readonly healthy: Float64Array;
  /** By second of happening. */
  readonly offers: EventCourse;
  readonly acceptances: EventCourse;
  readonly deliveries: EventCourse;
  readonly failures: EventCourse;
  /** Intents accepted and not final, sampled at the end of each second. */
  readonly backlog: Float64Array;
  /** Intents final and not shown so, in designs with a read model; sampled likewise. */
  readonly unshown: Float64Array;
  /** Per station: length of its line at the end of each second, and busy share of its servers within it. */
  readonly queueLength: Float64Array[] = [];
  readonly utilization: Float64Array[] = [];
  private readonly busyBefore: Float64Array;
  seconds = 0;
  private waiting = 0;
  private notShown = 0;
  private readonly evidence: MutableEvidence;

  constructor(
    private readonly engine: Engine,
    truth: GroundTruth,
    private readonly invariants: readonly InvariantCount[],
    private readonly patienceMs: number,
    private readonly disturbance: Window | null,
    stations: number,
    endMs: number,
  ) {
    this.evidence = { intents: engine.intents, truth, atEnd: false, nowMs: 0, limitMs: 0 };
    const windows = Math.ceil(endMs / windowMs) + 1;
    this.arrivals = new Float64Array(windows);
    this.healthy = new Float64Array(windows);
    this.offers = new EventCourse(windows);
    this.acceptances = new EventCourse(windows);
    this.deliveries = new EventCourse(windows);
    this.failures = new EventCourse(windows);
    this.backlog = new Float64Array(windows);
    this.unshown = new Float64Array(windows);
    this.busyBefore = new Float64Array(stations);
    for (let station = 0; station < stations; station++) {
      this.queueLength.push(new Float64Array(windows));
      this.utilization.push(new Float64Array(windows));
    }
  }

  private isHostile(intent: number): boolean {
    return this.engine.intents.is(intent, IntentFlag.hostile);
  }

  arrived(hostile: boolean): void {
    if (!hostile) this.offers.total++;
  }

  accepted(intent: number): void {
    if (this.isHostile(intent)) return;
    this.acceptances.total++;
    if (!this.engine.intents.hasEnded(intent)) this.waiting++;
    const { intents } = this.engine;
    if (intents.is(intent, IntentFlag.measured)) this.record(this.acceptMs, intent);
  }

  confirmed(intent: number): void {
    if (this.isHostile(intent)) return;
    this.deliveries.total++;
    this.becameFinal(intent);
    const { intents } = this.engine;
    const ended = IntentFlag.declined | IntentFlag.abandoned;
    if (intents.is(intent, IntentFlag.accepted) && !intents.is(intent, ended)) this.waiting--;
    if (!intents.is(intent, IntentFlag.measured)) return;
    this.record(this.confirmMs, intent);
    if (this.metDisturbance(intent)) this.record(this.disturbedConfirmMs, intent);
  }

  private metDisturbance(intent: number): boolean {
    const { disturbance } = this;
    if (disturbance === null) return false;
    const arrivedMs = this.engine.intents.arrivedMs[intent]!;
    return arrivedMs >= disturbance.startMs && arrivedMs < disturbance.endMs;
  }

  /** It has to be shown now, unless it was final and shown before (declined, and then paid after all). */
  private becameFinal(intent: number): void {
    const { truth } = this.evidence;
    if (truth.hasReadModel && (truth.shownState[intent]! & Shown.final) === 0) this.notShown++;
  }

  shown(intent: number): void {
    if (this.isHostile(intent)) return;
    this.notShown--;
    const { intents } = this.engine;
    if (!intents.is(intent, IntentFlag.measured)) return;
    this.readLagMs.value = this.engine.now - intents.finalMs[intent]!;
    this.readLagMs.record();
  }

  /** Records how long ago the intent arrived. */
  private record(tally: Tally, intent: number): void {
    tally.value = this.engine.now - this.engine.intents.arrivedMs[intent]!;
    tally.record();
  }

  declined(intent: number): void {
    const { intents } = this.engine;
    if (this.isHostile(intent)) return;
    this.becameFinal(intent);
    const ended = IntentFlag.confirmed | IntentFlag.abandoned;
    if (intents.is(intent, IntentFlag.accepted) && !intents.is(intent, ended)) this.waiting--;
  }

  abandoned(intent: number): void {
    if (!this.isHostile(intent) && this.engine.intents.is(intent, IntentFlag.accepted)) this.waiting--;
  }

  sequenceEnded(intent: number, openedMs: number, endedMs: number): void {
    if (this.isHostile(intent) || !this.engine.intents.is(intent, IntentFlag.measured)) return;
    this.sessionMs.value = endedMs - openedMs;
    this.sessionMs.record();
  }

  refused(intent: number): void {
    if (!this.isHostile(intent)) this.failures.total++;
  }

  closing(intent: number, atEnd: boolean): void {
    const { intents } = this.engine;
    if (this.isHostile(intent)) {
      if (!intents.is(intent, IntentFlag.measured)) return;
      this.counts.hostile++;
      if (!intents.is(intent, IntentFlag.confirmed)) this.counts.blocked++;
      return;
    }
    if (intents.is(intent, IntentFlag.accepted) && !intents.hasEnded(intent) && !atEnd) {
      this.waiting--;
      this.failures.total++;
    }
    if (!intents.is(intent, IntentFlag.measured)) return;
    this.evidence.atEnd = atEnd;
    this.evidence.nowMs = this.engine.now;
    const broken = judgeIntent(this.invariants, intent, this.evidence, this.disturbance);
    this.count(intent, atEnd, broken);
    this.noteHealth(intent, broken);
  }

  private count(intent: number, atEnd: boolean, broken: boolean): void {
    const { counts } = this;
    const { intents } = this.engine;
    counts.offered++;
    if (intents.is(intent, IntentFlag.accepted)) {
      counts.accepted++;
      if (!intents.hasEnded(intent)) counts.undelivered++;
    }
    if (broken) counts.broken++;
    if (intents.is(intent, IntentFlag.confirmed)) counts.delivered++;
    else if (intents.is(intent, IntentFlag.declined)) counts.declined++;
    else if (intents.is(intent, IntentFlag.abandoned)) counts.abandoned++;
    else if (atEnd && !intents.is(intent, IntentFlag.gaveUp)) counts.pending++;
    else counts.dropped++;
  }

  /** The buyer has left, and nothing was paid after all. */
  private hasLeft(intent: number): boolean {
    const { intents } = this.engine;
    return intents.is(intent, IntentFlag.abandoned) && !intents.is(intent, IntentFlag.confirmed);
  }

  private noteHealth(intent: number, broken: boolean): void {
    const { intents } = this.engine;
    if (intents.is(intent, IntentFlag.declined) || this.hasLeft(intent)) return;
    const window = Math.floor(intents.arrivedMs[intent]! / windowMs);
    this.arrivals[window]!++;
    const inTime =
      intents.is(intent, IntentFlag.accepted) &&
      intents.acceptedMs[intent]! - intents.arrivedMs[intent]! <= this.patienceMs;
    if (inTime && !broken && intents.is(intent, IntentFlag.confirmed)) this.healthy[window]!++;
  }

  /** Called at the end of each second; at the end of the run for the second that it cuts short. */
  secondOver(atMs: number): void {
    const window = Math.ceil(atMs / windowMs) - 1;
    if (window < this.seconds) return;
    this.seconds = window + 1;
    this.backlog[window] = this.waiting;
    this.unshown[window] = this.notShown;
    this.offers.close(window);
    this.acceptances.close(window);
    this.deliveries.close(window);
    this.failures.close(window);
    const { stations } = this.engine;
    for (let index = 0; index < this.queueLength.length; index++) {
      const station = stations[index]!;
      station.secondOver();
      const busyMs = station.reported.busyMs();
      this.queueLength[index]![window] = station.reported.waiting;
      const capacityMs = station.servers * windowMs;
      this.utilization[index]![window] =
        Number.isFinite(capacityMs) && capacityMs > 0 ? (busyMs - this.busyBefore[index]!) / capacityMs : 0;
      this.busyBefore[index] = busyMs;
    }
  }
}
