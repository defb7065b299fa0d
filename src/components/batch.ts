import type { z } from "zod";
import { scaledCount } from "../canvas/scale.js";
import { CallFlag } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { isFailure, Outcome, outcomeNames, Reply } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import type { batchParameters } from "./batch.schema.js";
import { Mailbox } from "./mailbox.js";
import { byDefault, mode } from "./mode.js";

interface BatchParameters {
  readonly size: number;
  readonly maxWaitMs: number;
}

/**
 * Gathers items and releases `size` of them at once, or what it has `maxWaitMs` after the oldest came.
 * Each is delivered once: a failure after the release loses it.
 */
class Batch extends Mailbox {
  private deadlineMs = Number.POSITIVE_INFINITY;

  constructor(
    engine: Engine,
    station: Station,
    private readonly parameters: BatchParameters,
  ) {
    super(engine, station, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  }

  protected override hasRoom(): boolean {
    return true;
  }

  protected override arrived(): void {
    while (this.ready >= this.parameters.size) this.release(this.parameters.size);
    if (this.ready === 0 || this.deadlineMs !== Number.POSITIVE_INFINITY) return;
    this.deadlineMs = this.engine.now + this.parameters.maxWaitMs;
    this.station.tickMs = this.deadlineMs;
    this.engine.setStationTimer(this.station);
  }

  override tick(): void {
    if (this.engine.now >= this.deadlineMs) this.release(this.ready);
  }

  private release(items: number): void {
    this.deadlineMs = Number.POSITIVE_INFINITY;
    const { engine } = this;
    // What a delivery brings back here at once may fill a batch and take the rest of this one with it.
    for (let left = items; left > 0 && this.ready > 0; left--) {
      const message = this.takeOut();
      if (engine.tracer !== null) engine.trace(message, "released");
      engine.routes.begin(message, this.station);
    }
  }

  override reply(message: number, outcome: Outcome, reply: number): void {
    const { routes, tracer } = this.engine;
    if (routes.advance(message, outcome, reply)) return;
    if (isFailure(routes.outcome)) {
      this.station.failedAfterAll(routes.outcome, this.engine.calls.arrivedMs[message]!);
      if (tracer !== null)
        this.engine.trace(message, `lost: ${outcomeNames[routes.outcome]}, and a batch delivers once`);
    }
    this.discard(message, routes.outcome, routes.reply);
  }

  /** What the delivery waited for is lost, and nothing above waits for it. */
  override expired(message: number): void {
    if (!this.engine.calls.has(message, CallFlag.message)) return;
    this.station.failedAfterAll(Outcome.timeout, this.engine.calls.arrivedMs[message]!);
    this.engine.knowledge.unsure(message);
    this.settle(message, Outcome.timeout, Reply.none);
  }
}

export const batch = mode<BatchParameters>({
  name: "batch",
  asynchronous: true,
  resolve(written, context) {
    const own = written as z.infer<typeof batchParameters>;
    return {
      size: context.given(own.size, "size", scaledCount(10, context.loadFactor), byDefault),
      maxWaitMs: context.given(own.maxWaitMs, "maxWaitMs", 200, byDefault),
    };
  },
  create: (parameters) => (engine, station) => new Batch(engine, station, parameters),
});
