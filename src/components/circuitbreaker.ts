import type { z } from "zod";
import { CallFlag, CallState, none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { Outcome, Reply } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import type { circuitbreakerParameters } from "./circuitbreaker.schema.js";
import { Failover } from "./failover.js";
import { byDefault, mode } from "./mode.js";
import { Passthrough } from "./passthrough.js";

interface CircuitBreakerParameters {
  readonly window: number;
  readonly minCalls: number;
  readonly failureThreshold: number;
  /** Answers that take longer count as failures; Infinity for none. */
  readonly slowCallMs: number;
  readonly openMs: number;
  readonly halfOpenCalls: number;
  readonly halfOpenLeaseMs: number;
}

type State = "closed" | "open" | "half-open";

/** In place of the epoch at which a call was admitted: it goes by the `open` edge, and its outcome is not recorded. */
const diverted = -1;

/**
 * A breaker with a count window. States and thresholds follow resilience4j: at the threshold or above it opens; after
 * `openMs` it lets `halfOpenCalls` probes through and decides by their failure rate.
 * An outcome counts only in the state in which its call was admitted: `mark` holds the epoch, which each change of
 * state raises. With an `open` edge it diverts what it refuses; such a call takes a slot and service here as any other.
 */
class CircuitBreaker extends Passthrough {
  opens = 0;
  private state: State = "closed";
  private epoch = 1;
  private readonly results: Uint8Array;
  private recorded = 0;
  private failed = 0;
  private next = 0;
  /** Probes that are out: their calls, and when their lease ends. */
  private readonly probes: Int32Array;
  private readonly leases: Float64Array;
  private openUntilMs = 0;
  /** Null without an `open` edge. */
  private readonly failover: Failover | null;

  constructor(
    engine: Engine,
    station: Station,
    private readonly parameters: CircuitBreakerParameters,
  ) {
    super(engine, station);
    this.results = new Uint8Array(parameters.window);
    this.probes = new Int32Array(parameters.halfOpenCalls).fill(none);
    this.leases = new Float64Array(parameters.halfOpenCalls);
    const [open] = station.spec.open;
    this.failover = open === undefined ? null : new Failover(engine, station, open);
  }

  override refuses(): boolean {
    if (this.state === "half-open") return this.recorded + this.probesOut() >= this.parameters.halfOpenCalls;
    return this.state === "open";
  }

  override admit(call: number): Outcome {
    const { calls, now } = this.engine;
    const undoes = calls.has(call, CallFlag.undo);
    if (this.failover?.diverts(call, !undoes && this.refuses()) === true) {
      calls.mark[call] = diverted;
      return Outcome.ok;
    }
    // What is to be undone cannot wait for better times; epoch 0 was never, so that it counts neither way.
    if (undoes) {
      calls.mark[call] = 0;
      return Outcome.ok;
    }
    if (this.refuses()) return Outcome.open;
    calls.mark[call] = this.epoch;
    if (this.state === "half-open") {
      const probe = this.probes.indexOf(none);
      this.probes[probe] = call;
      this.leases[probe] = now + this.parameters.halfOpenLeaseMs;
      this.station.tickMs = this.leases[probe]!;
      this.engine.setStationTimer(this.station);
    }
    return Outcome.ok;
  }

  override unused(call: number): void {
    this.withdraw(call);
  }

  override forward(call: number): void {
    const { calls, now, routes } = this.engine;
    if (this.failover !== null && !this.mayFollow(this.failover, call)) return;
    calls.sinceMs[call] = now;
    calls.state[call] = CallState.waiting;
    routes.begin(call, this.station);
  }

  /** Whether the call takes the usual way; else it has been sent the other, or refused. */
  private mayFollow(failover: Failover, call: number): boolean {
    const { calls, frames } = this.engine;
    const aside = calls.mark[call] === diverted;
    if (!failover.claim(call, aside)) {
      if (aside) {
        frames.fail(call, Outcome.open, Reply.none);
        return false;
      }
      this.withdraw(call);
      calls.mark[call] = diverted;
      failover.claim(call, true);
    } else if (!aside) return true;
    if (!failover.send(call)) frames.pass(call, Outcome.ok, calls.carried[call]!);
    return false;
  }

  override forwardOrphan(call: number): void {
    this.withdraw(call);
  }

  override reply(frame: number, outcome: Outcome, reply: number): void {
    const { routes, frames, calls } = this.engine;
    if (calls.mark[frame] === diverted) {
      this.failover!.ended(frame, outcome, true);
      frames.pass(frame, outcome, reply | calls.carried[frame]!);
      return;
    }
    if (routes.advance(frame, outcome, reply)) return;
    // Recording may wake a queue whose deliveries use the routes before this answer has gone up.
    const { outcome: ended, reply: bits } = routes;
    this.failover?.ended(frame, ended, this.failedFirst(frame));
    this.record(frame, ended, bits);
    frames.pass(frame, ended, bits);
  }

  /** Whether nothing that the frame called before what ended it may have had an effect. */
  private failedFirst(frame: number): boolean {
    const { success, active } = this.station.spec;
    return success.length <= 1 || (active && this.engine.calls.step[frame] === 0);
  }

  override expired(frame: number): void {
    this.record(frame, Outcome.timeout, Reply.none);
  }

  /** After `openMs` the breaker is half-open; in half-open a lease may have ended. */
  override tick(): void {
    const { now } = this.engine;
    if (this.state === "open") {
      if (now >= this.openUntilMs) this.enter("half-open");
    } else if (this.state === "half-open") {
      for (let probe = 0; probe < this.probes.length; probe++) {
        if (this.probes[probe] !== none && this.leases[probe]! <= now) this.probes[probe] = none;
      }
      this.tell();
    }
  }

  private record(frame: number, outcome: Outcome, reply: number): void {
    const { calls, now } = this.engine;
    const epoch = calls.mark[frame]!;
    calls.mark[frame] = 0;
    if (epoch !== this.epoch || (this.state === "half-open" && !this.returnProbe(frame))) return;
    const slow = now - calls.sinceMs[frame]! >= this.parameters.slowCallMs;
    if (!counts(outcome, reply)) {
      if (this.state === "half-open") this.tell();
      return;
    }
    this.note(slow || outcome !== Outcome.ok);
  }

  private note(failure: boolean): void {
    const { window, minCalls, failureThreshold, halfOpenCalls } = this.parameters;
    if (this.state === "half-open") {
      this.recorded++;
      if (failure) this.failed++;
      if (this.recorded < halfOpenCalls) return;
      this.enter(this.failed / this.recorded >= failureThreshold ? "open" : "closed");
      return;
    }
    if (this.recorded === window) this.failed -= this.results[this.next]!;
    else this.recorded++;
    this.results[this.next] = failure ? 1 : 0;
    this.next = (this.next + 1) % window;
    if (failure) this.failed++;
    if (this.recorded >= Math.min(minCalls, window) && this.failed / this.recorded >= failureThreshold) {
      this.enter("open");
    }
  }

  private enter(state: State): void {
    this.state = state;
    this.epoch++;
    this.recorded = 0;
    this.failed = 0;
    this.next = 0;
    this.probes.fill(none);
    if (state === "open") {
      this.opens++;
      this.openUntilMs = this.engine.now + this.parameters.openMs;
      this.station.tickMs = this.openUntilMs;
      this.engine.setStationTimer(this.station);
    } else this.tell();
  }

  private tell(): void {
    for (const listener of this.station.listeners) listener.resume();
  }

  private probesOut(): number {
    let out = 0;
    for (let probe = 0; probe < this.probes.length; probe++) if (this.probes[probe] !== none) out++;
    return out;
  }

  /** Takes a probe back; false when its lease had ended. */
  private returnProbe(call: number): boolean {
    const probe = this.probes.indexOf(call);
    if (probe < 0) return false;
    this.probes[probe] = none;
    return true;
  }

  /** The call was admitted and will not be sent: as if it had never asked. */
  private withdraw(call: number): void {
    const { calls } = this.engine;
    const current = calls.mark[call] === this.epoch;
    calls.mark[call] = 0;
    if (current && this.state === "half-open" && this.returnProbe(call)) this.tell();
  }
}

/** Rejected, open, conflict, business answers and replayed errors say nothing about the health of what lies behind. */
function counts(outcome: Outcome, reply: number): boolean {
  switch (outcome) {
    case Outcome.ok:
    case Outcome.full:
    case Outcome.unavailable:
    case Outcome.timeout:
      return true;
    case Outcome.error:
      return (reply & Reply.replayed) === 0;
    default:
      return false;
  }
}

export const circuitbreaker = mode<CircuitBreakerParameters>({
  name: "circuitbreaker",
  asynchronous: false,
  resolve(written, context) {
    const own = written as z.infer<typeof circuitbreakerParameters>;
    return {
      window: context.given(own.window, "window", 20, byDefault),
      minCalls: context.given(own.minCalls, "minCalls", 10, byDefault),
      failureThreshold: context.given(own.failureThreshold, "failureThreshold", 0.5, byDefault),
      slowCallMs: own.slowCallMs ?? Number.POSITIVE_INFINITY,
      openMs: context.given(own.openMs, "openMs", 5_000, byDefault),
      halfOpenCalls: context.given(own.halfOpenCalls, "halfOpenCalls", 3, byDefault),
      halfOpenLeaseMs: context.given(own.halfOpenLeaseMs, "halfOpenLeaseMs", 15_000, byDefault),
    };
  },
  create: (parameters) => (engine, station) => new CircuitBreaker(engine, station, parameters),
});
