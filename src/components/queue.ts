import type { z } from "zod";
import { scaledCount } from "../canvas/scale.js";
import type { Draws } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import { isFailure, Outcome, outcomeNames, Reply } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import type { TimerLane } from "../sim/timer-lane.js";
import { Mailbox } from "./mailbox.js";
import { byDefault, mode } from "./mode.js";
import type { queueParameters } from "./queue.schema.js";

/** Consumers of a plain queue, in multiples of λ. */
const consumersFactor = 6;
/** A plain queue releases this share of what the nearest external role can take. */
const releaseShare = 0.75;
/** After an open breaker or a conflict the message comes back after this time, and the delivery does not count. */
const refusedWaitMs = 1000;

interface QueueParameters {
  readonly capacity: number;
  readonly overflow: "reject" | "drop-oldest";
  readonly concurrency: number;
  /** Deliveries per second at most, evenly spaced; Infinity for no limit. */
  readonly releaseRps: number;
  readonly visibilityMs: number;
  readonly maxDeliveries: number;
  readonly redeliverMs: number;
  readonly pauseWhenOpen: boolean;
  /**
   * It leads to an external role: its messages are for an effect there, and one whose end is known need not be
   * delivered. What another queue holds (an event for a read model, a refund) is for what comes after the end.
   */
  readonly forEffect: boolean;
}

/**
 * A durable queue: consumers deliver its messages, ok acknowledges, a failure brings the message back later at the
 * tail, and after `maxDeliveries` it goes to the dead-letter edge or is lost.
 */
class Queue extends Mailbox {
  private readonly uniform: Draws;
  private readonly spacingMs: number;
  private lane!: TimerLane;
  private breakers: readonly Station[] = [];
  private idle: number;
  private nextReleaseMs = 0;
  private tickPlanned = false;
  private pumping = false;
  /** Messages that wait for their redelivery; they count against the capacity. */
  private delayed = 0;

  constructor(
    engine: Engine,
    station: Station,
    private readonly parameters: QueueParameters,
  ) {
    super(engine, station, parameters.concurrency, parameters.capacity);
    this.uniform = station.spec.stream("redelivery");
    this.spacingMs = 1000 / parameters.releaseRps;
    this.idle = parameters.concurrency;
  }

  override start(): void {
    this.lane = this.engine.lane(this.parameters.visibilityMs);
    if (this.parameters.pauseWhenOpen) {
      this.breakers = firstRefusersAhead(this.engine, this.station);
      for (const breaker of this.breakers) breaker.listeners.push(this);
    }
  }

  protected override hasRoom(): boolean {
    const { capacity, overflow } = this.parameters;
    if (this.ready + this.delayed < capacity) return true;
    if (overflow === "reject" || this.ready === 0) return false;
    const { engine } = this;
    const oldest = this.takeOut();
    if (engine.tracer !== null) engine.trace(oldest, "dropped: the queue is full");
    this.station.failedAfterAll(Outcome.full, engine.calls.arrivedMs[oldest]!);
    this.mail.full();
    this.discard(oldest, Outcome.full, Reply.none);
    return true;
  }

  protected override arrived(): void {
    this.pump();
  }

  override resume(): void {
    this.pump();
  }

  override tick(): void {
    this.tickPlanned = false;
    this.pump();
  }

  /** Delivers as long as there are messages, consumers and leave to release. */
  private pump(): void {
    const { engine } = this;
    // A delivery that fails at once comes back here: the loop below sees to the next, not a deeper call.
    if (this.pumping) return;
    this.pumping = true;
    while (this.ready > 0 && this.idle > 0 && !this.paused()) {
      if (this.parameters.forEffect && this.headIsSettled()) {
        this.acknowledgeUndelivered();
        continue;
      }
      if (engine.now < this.nextReleaseMs) {
        this.wakeAtRelease();
        break;
      }
      this.nextReleaseMs = engine.now + this.spacingMs;
      this.idle--;
      this.deliver();
    }
    this.pumping = false;
  }

  /** Whether it is known otherwise how the message at the head ends. */
  private headIsSettled(): boolean {
    const { calls, intents } = this.engine;
    return intents.itemSettled[calls.item[this.head]!] === 1;
  }

  /** A message whose end is known leaves without a delivery; it needs no consumer and no leave to be released. */
  private acknowledgeUndelivered(): void {
    const message = this.takeOut();
    if (this.engine.tracer !== null) this.engine.trace(message, "acknowledged without a delivery: its end is recorded");
    this.discard(message, Outcome.ok, Reply.none);
  }

  private wakeAtRelease(): void {
    if (this.tickPlanned) return;
    this.tickPlanned = true;
    this.station.tickMs = this.nextReleaseMs;
    this.engine.setStationTimer(this.station);
  }

  private deliver(): void {
    const { engine } = this;
    const message = this.takeOut();
    engine.setTimer(message, this.lane);
    const delivery = engine.calls.mark[message]!;
    if (engine.tracer !== null) engine.traceRoutine(message, `delivery ${delivery}`);
    engine.observers.delivered(engine.calls.item[message]!, delivery);
    engine.routes.begin(message, this.station);
  }

  private paused(): boolean {
    for (let i = 0; i < this.breakers.length; i++) if (this.breakers[i]!.behaviour.refuses()) return true;
    return false;
  }

  override reply(message: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    if (engine.routes.advance(message, outcome, reply)) return;
    engine.clearTimer(message);
    this.ended(message, engine.routes.outcome, engine.routes.reply);
  }

  /** The message becomes visible again: its delivery has failed, whatever becomes of the calls it made. */
  override timeout(message: number): void {
    const { engine } = this;
    if (engine.tracer !== null) {
      engine.trace(message, `no acknowledgement within ${this.parameters.visibilityMs / 1000} s: visible again`);
    }
    engine.clearTimer(message);
    engine.frames.giveUp(message);
    engine.knowledge.unsure(message);
    this.ended(message, Outcome.timeout, Reply.none);
  }

  private ended(message: number, outcome: Outcome, reply: number): void {
    const { engine } = this;
    const { calls } = engine;
    this.idle++;
    if (!isFailure(outcome)) {
      if (engine.tracer !== null) engine.trace(message, "acknowledged");
      this.discard(message, outcome, reply);
    } else if (outcome === Outcome.open || outcome === Outcome.conflict) {
      calls.mark[message]!--;
      this.comeBack(message, refusedWaitMs);
    } else if (calls.mark[message]! < this.parameters.maxDeliveries) {
      this.comeBack(message, this.parameters.redeliverMs * (0.5 + this.uniform.next()));
    } else this.giveUpOn(message, outcome);
    this.pump();
  }

  private comeBack(message: number, waitMs: number): void {
    this.mail.returned();
    this.delayed++;
    this.engine.sleep(message, waitMs);
  }

  override wake(message: number): void {
    this.delayed--;
    this.putLast(message);
    this.pump();
  }

  private giveUpOn(message: number, outcome: Outcome): void {
    const { engine } = this;
    const { deadLetter } = this.station.spec;
    const { maxDeliveries } = this.parameters;
    this.station.failedAfterAll(outcome, engine.calls.arrivedMs[message]!);
    if (deadLetter.length > 0) {
      // Where letters only pile up, no ok of theirs serves the buyer; where they are redriven, one may.
      if (engine.stations[deadLetter[0]!.to]!.spec.success.length === 0)
        engine.intents.itemDead[engine.calls.item[message]!] = 1;
      if (engine.tracer !== null) engine.trace(message, `dead letter after ${maxDeliveries} deliveries`);
      engine.routes.sendAside(message, deadLetter[0]!);
    } else if (engine.tracer !== null) {
      engine.trace(message, `lost after ${maxDeliveries} deliveries, the last one: ${outcomeNames[outcome]}`);
    }
    this.discard(message, outcome, Reply.none);
  }
}

/** The first stations ahead on each synchronous path that may refuse for a while (breakers). */
function firstRefusersAhead(engine: Engine, from: Station): readonly Station[] {
  const found: Station[] = [];
  const seen = new Set<Station>();
  const look = (station: Station): void => {
    for (const edge of station.spec.success) {
      const next = engine.stations[edge.to]!;
      if (edge.async || next.spec.asynchronous || seen.has(next)) continue;
      seen.add(next);
      if (next.behaviour.opens === undefined) look(next);
      // A breaker with a fallback or another way has an answer while it is open: its messages go on.
      else if (next.spec.failure.length === 0 && next.spec.open.length === 0) found.push(next);
    }
  };
  look(from);
  return found;
}

export const queue = mode<QueueParameters>({
  name: "queue",
  asynchronous: true,
  resolve(written, context) {
    const own = written as z.infer<typeof queueParameters>;
    const external = context.externalRatePerS;
    const consumers = Math.max(1, Math.ceil(consumersFactor * context.ratePerS));
    const released = own.releaseRps ?? own.serviceRate;
    return {
      capacity: context.given(own.capacity, "capacity", scaledCount(20_000, context.loadFactor), byDefault),
      overflow: context.given<QueueParameters["overflow"]>(own.overflow, "overflow", "reject", byDefault),
      concurrency: context.given(own.concurrency, "concurrency", consumers, `⌈${consumersFactor} × λ⌉ consumers`),
      releaseRps:
        external === null
          ? (released ?? Number.POSITIVE_INFINITY)
          : context.given(
              released,
              "releaseRps",
              releaseShare * external,
              `${releaseShare} × the ${external}/s of the provider ahead`,
            ),
      visibilityMs: context.given(own.visibilityMs, "visibilityMs", 60_000, byDefault),
      maxDeliveries: context.given(own.maxDeliveries, "maxDeliveries", 10, byDefault),
      redeliverMs: context.given(own.redeliverMs, "redeliverMs", 5_000, `${byDefault}, ± 50 %`),
      pauseWhenOpen: context.given(own.pauseWhenOpen, "pauseWhenOpen", true, byDefault),
      forEffect: external !== null && !context.carriesEvents,
    };
  },
  create: (parameters) => (engine, station) => new Queue(engine, station, parameters),
});
