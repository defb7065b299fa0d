import type { Behaviour, Effect } from "./behaviour.js";
import { none } from "./calls.js";
import type { Draws } from "./draws.js";
import { type Clock, Line } from "./line.js";
import { type Outcome, outcomeNames } from "./outcome.js";

/** In place of a connection's operation: the call keeps the one it came with. */
export const inherited = -1;

/** A connection as the kernel sees it. */
export interface Edge {
  readonly id: string;
  /** Index of the target station. */
  readonly to: number;
  readonly latencyMs: number;
  readonly weight: number;
  /** Code of the target role's operation, or {@link inherited} where what sends the call plays no role. */
  readonly operation: number;
  /** Forwards without waiting. */
  readonly async: boolean;
  /** A connection of the canvas, on which calls can get lost; not the client's way in, nor a wrapper's own. */
  readonly lossy: boolean;
  /** Share of calls that are never sent, although their caller goes on as after an ok: a dual write. */
  readonly skipRate: number;
  /** Share of calls that are delivered twice: a relay that delivers at least once. */
  readonly repeatRate: number;
  /** Taken when a breaker refuses, it also takes what went another way before, and might have had its effect there. */
  readonly divertsAny: boolean;
}

export type Availability = "up" | "blackhole" | "failfast";

/** What a station is, before it runs. */
export interface StationSpec {
  readonly index: number;
  readonly id: string;
  /** Keeps its slot while it waits for what it called, and takes its success edges one after another. */
  readonly active: boolean;
  /** Slots; Infinity for none, and then no service time either. */
  readonly slots: number;
  /** Accepting acknowledges the caller: what follows is not part of the call. */
  readonly asynchronous: boolean;
  readonly queueLimit: number;
  /** Service times, milliseconds. */
  readonly times: Draws;
  readonly errorRate: number;
  /** Decides which services fail. */
  readonly errors: Draws;
  /** Gives the stream of its own for what else it draws: a behaviour's waits and ways, a role's outcomes. */
  readonly stream: (purpose: string) => Draws;
  readonly success: readonly Edge[];
  readonly failure: readonly Edge[];
  readonly compensate: readonly Edge[];
  readonly deadLetter: readonly Edge[];
  /** Ways for what a breaker here refuses; it takes the first. */
  readonly open: readonly Edge[];
  /** Ways that status polls take instead of the success edges; without any they take those. */
  readonly poll: readonly Edge[];
  /** Whether a success connection states a weight. */
  readonly weighted: boolean;
  /** How long a refusal for want of room takes, milliseconds. */
  readonly fullAfterMs: number;
}

/** Calls by how they left. */
export interface StationTotals {
  arrivals: number;
  completed: number;
  failedDownstream: number;
  lost: number;
  /** By outcome code. */
  failures: number[];
}

/** Time constant of the offered load's moving average, milliseconds. */
const loadWindowMs = 1000;

/**
 * A component at run time: slots, a waiting room served first in, first out, counters, and the faults of the moment.
 */
export class Station {
  private owner!: Behaviour;
  private onAdmit!: Behaviour["admit"];
  private onUnused!: Behaviour["unused"];
  private onForward!: Behaviour["forward"];
  private onReply!: Behaviour["reply"];
  effect: Effect | null = null;
  /** The effect, where it wants to know when a service begins. */
  starting: (Effect & Required<Pick<Effect, "begin">>) | null = null;
  /** Behaviours to wake when this station admits again after it refused, or is up again after it was down. */
  readonly listeners: Behaviour[] = [];
  /** The statistics to report: the slots' own, unless the behaviour keeps a line of its own (a queue). */
  reported: Line;
  readonly line: Line;
  /** Servers of the reported line. */
  servers: number;
  /** Room of the reported line. */
  room: number;

  availability: Availability = "up";
  slots: number;
  timeFactor = 1;
  timeAddMs = 0;
  addedErrorRate = 0;
  /** A crash may strike here when the goal's ok arrives. */
  crashes = false;
  /** What faults leave of {@link curveCapacity}. */
  curveFactor = 1;
  /** Slots over mean service time, calls per millisecond, when errors follow the offered load; else 0. */
  curveCapacity = 0;

  /** When its behaviour wants to be woken, milliseconds. */
  tickMs = 0;

  firstWaiting = none;
  lastWaiting = none;

  arrivals = 0;
  completed = 0;
  failedDownstream = 0;
  lost = 0;
  /** Failures that began here, by outcome code. */
  readonly failures = new Float64Array(outcomeNames.length);
  peakArrivalsPerS = 0;
  private measuredFromMs = 0;
  private before: StationTotals = { arrivals: 0, completed: 0, failedDownstream: 0, lost: 0, failures: [] };
  private lent = 0;
  private lentUntilMs = 0;
  private arrivalsBefore = 0;
  private loadPerMs = 0;
  private loadMs = 0;

  constructor(
    readonly spec: StationSpec,
    private readonly clock: Clock,
  ) {
    this.line = new Line(clock);
    this.slots = spec.slots;
    this.servers = spec.slots;
    this.room = spec.queueLimit;
    this.reported = this.line;
    this.line.setServers(spec.slots);
  }

  get behaviour(): Behaviour {
    return this.owner;
  }

  /**
   * Its frequent hooks are looked up here, once: to find a method of an object that may be of a dozen classes takes
   * longer than to call it.
   */
  set behaviour(behaviour: Behaviour) {
    this.owner = behaviour;
    this.onAdmit = behaviour.admit;
    this.onUnused = behaviour.unused;
    this.onForward = behaviour.forward;
    this.onReply = behaviour.reply;
  }

  /** {@link Behaviour.admit} */
  admit(call: number): Outcome {
    return this.onAdmit.call(this.owner, call);
  }

  /** {@link Behaviour.unused} */
  unused(call: number): void {
    this.onUnused.call(this.owner, call);
  }

  /** {@link Behaviour.forward} */
  forward(call: number): void {
    this.onForward.call(this.owner, call);
  }

  /** {@link Behaviour.reply} */
  reply(frame: number, outcome: Outcome, reply: number): void {
    this.onReply.call(this.owner, frame, outcome, reply);
  }

  /** Changes the number of slots; what is in service stays. */
  setSlots(slots: number): void {
    this.slots = slots;
    this.lent = 0;
    this.line.setServers(slots);
    if (this.reported === this.line) this.servers = slots;
  }

  /** Adds slots that go with the calls that have arrived until now. */
  lendSlots(slots: number): void {
    this.setSlots(this.slots + slots);
    this.lent = slots;
    this.lentUntilMs = this.clock.now;
  }

  /** A call leaves; with it goes its slot, if that was lent. */
  returnSlot(arrivedMs: Float64Array, call: number): void {
    if (this.lent === 0 || arrivedMs[call]! > this.lentUntilMs) return;
    const left = this.lent - 1;
    this.setSlots(this.slots - 1);
    this.lent = left;
  }

  /** Adds an arrival to the offered load that errors follow. */
  noteLoad(): void {
    const { now } = this.clock;
    this.loadPerMs = this.loadPerMs * Math.exp((this.loadMs - now) / loadWindowMs) + 1 / loadWindowMs;
    this.loadMs = now;
  }

  /** Another second of virtual time is over. */
  secondOver(): void {
    this.peakArrivalsPerS = Math.max(this.peakArrivalsPerS, this.arrivals - this.arrivalsBefore);
    this.arrivalsBefore = this.arrivals;
  }

  /** Begins the measured part of the run: what came before is left out of {@link report}. */
  startMeasuring(): void {
    this.measuredFromMs = this.clock.now;
    this.before = this.totals();
    this.peakArrivalsPerS = 0;
    this.line.startMeasuring();
    if (this.reported !== this.line) this.reported.startMeasuring();
  }

  /** Ends the part over which lengths and utilisation are averaged. */
  stopMeasuring(atMs: number): void {
    this.line.stopMeasuring(atMs);
    if (this.reported !== this.line) this.reported.stopMeasuring(atMs);
  }

  private totals(): StationTotals {
    const { arrivals, completed, failedDownstream, lost } = this;
    return { arrivals, completed, failedDownstream, lost, failures: [...this.failures] };
  }

  /** Counts of the measured part. */
  report(): Readonly<StationTotals> {
    const now = this.totals();
    const { before } = this;
    return {
      arrivals: now.arrivals - before.arrivals,
      completed: now.completed - before.completed,
      failedDownstream: now.failedDownstream - before.failedDownstream,
      lost: now.lost - before.lost,
      failures: now.failures.map((count, outcome) => count - (before.failures[outcome] ?? 0)),
    };
  }

  /** What was counted as completed has failed after all: a message taken in and not delivered. */
  failedAfterAll(outcome: Outcome, arrivedMs: number): void {
    this.completed--;
    this.failures[outcome]!++;
    if (arrivedMs >= this.measuredFromMs) return;
    // It came before the measured part: the correction belongs there, too.
    this.before.completed--;
    this.before.failures[outcome] = (this.before.failures[outcome] ?? 0) + 1;
  }

  /** Probability that a service fails now. */
  errorRate(): number {
    return this.ownErrorRate() + this.overloadErrorRate();
  }

  /** Whether {@link errorRate} may be above 0 now. */
  errs(): boolean {
    return this.spec.errorRate > 0 || this.addedErrorRate > 0 || this.curveCapacity > 0;
  }

  /** What the component and its faults add to {@link errorRate}, whatever its load. */
  ownErrorRate(): number {
    return this.spec.errorRate + this.addedErrorRate;
  }

  /** What the offered load adds to {@link errorRate}. */
  overloadErrorRate(): number {
    return this.curveCapacity > 0 ? errorCurve(this.loadPerMs / (this.curveCapacity * this.curveFactor)) : 0;
  }
}

/**
 * Share of errors at the offered utilisation ρ: none up to 0.8, 10 % at 1, and what cannot be served above.
 */
export function errorCurve(utilization: number): number {
  if (utilization <= 0.8) return 0;
  if (utilization <= 1) {
    const x = (utilization - 0.8) / 0.2;
    return 0.1 * x * Math.sqrt(x);
  }
  return 0.1 + 0.9 * (1 - 1 / utilization);
}
