import type { z } from "zod";
import type { Model, ModelComponent } from "../compile/model.js";
import { Passthrough } from "../components/passthrough.js";
import type { ChargeReports } from "../roles/role.js";
import { noteAnswered } from "../roles/webhook.js";
import type { webhookParameters } from "../roles/webhook.schema.js";
import { CallFlag, CallState, none } from "../sim/calls.js";
import type { Draws } from "../sim/draws.js";
import type { Engine } from "../sim/engine.js";
import { isFailure, type Outcome } from "../sim/outcome.js";
import { serviceTimes } from "../sim/service-times.js";
import type { Edge, Station } from "../sim/station.js";
import type { TimerLane } from "../sim/timer-lane.js";
import { bareStation } from "./bare-station.js";

/** An event that is not answered within this time counts as not received. */
const answeredWithinMs = 10_000;
const defaultMissedRetryMs = 30_000;
const defaultDownRetryMs = 60_000;

/**
 * A provider's events to its webhooks. Each has an item of its own that reports a charge's state, and is sent after a
 * delay of its own, so that they come in any order; again and again until its receiver answers ok. Events that wait keep
 * their intent open and let it rest, for nobody knows whether they will come.
 */
class ProviderEvents extends Passthrough implements ChargeReports {
  private readonly delays: Draws;
  private readonly repeats: Draws;
  private readonly repeatDelays: Draws;
  private readonly misses: Draws;
  private readonly duplicateRate: number;
  private readonly missedRate: number;
  private readonly missedRetryMs: number;
  private readonly downRetryMs: number;
  private lane!: TimerLane;
  /** Events that were due while the provider was down, first in, first out. */
  private firstHeld = none;
  private lastHeld = none;

  constructor(
    engine: Engine,
    station: Station,
    private readonly provider: Station,
    parameters: z.infer<typeof webhookParameters>,
  ) {
    super(engine, station);
    const { stream } = provider.spec;
    this.delays = serviceTimes(parameters.delayMs, stream("event-delay"));
    this.repeats = stream("event-repeat");
    this.repeatDelays = serviceTimes(parameters.delayMs, stream("event-repeat-delay"));
    this.misses = stream("event-missed");
    this.duplicateRate = parameters.duplicateRate ?? 0;
    this.missedRate = parameters.missedRate ?? 0;
    this.missedRetryMs = parameters.missedRetryMs ?? defaultMissedRetryMs;
    this.downRetryMs = parameters.downRetryMs ?? defaultDownRetryMs;
    provider.listeners.push(this);
  }

  override start(): void {
    this.lane = this.engine.lane(answeredWithinMs);
  }

  report(call: number, state: number): void {
    const { calls, intents } = this.engine;
    const intent = calls.intent[call]!;
    for (let edge = 0; edge < this.station.spec.success.length; edge++) {
      // All draws are made for each event, so that shares change no others.
      const delayMs = this.delays.next();
      const againMs = this.repeatDelays.next();
      const misses = this.misses.next() < this.missedRate;
      const repeats = this.repeats.next() < this.duplicateRate;
      const item = intents.openReport(intent, intents.itemKey[calls.item[call]!]!, state);
      this.plan(item, edge, misses ? delayMs + this.missedRetryMs : delayMs);
      if (repeats) this.plan(item, edge, againMs);
    }
  }

  private plan(item: number, edge: number, delayMs: number): void {
    const { engine } = this;
    const event = engine.takeCall(this.station.spec.index, none, engine.intents.itemIntent[item]!, item, 0);
    engine.calls.flags[event] = CallFlag.counted;
    engine.calls.mark[event] = edge;
    engine.intents.awaited[engine.calls.intent[event]!]!++;
    engine.sleep(event, delayMs);
  }

  override wake(event: number): void {
    if (this.provider.availability !== "up") this.holdBack(event);
    else this.deliver(event);
  }

  private holdBack(event: number): void {
    const { calls } = this.engine;
    calls.state[event] = CallState.sleeping;
    calls.nextWaiting[event] = none;
    if (this.lastHeld === none) this.firstHeld = event;
    else calls.nextWaiting[this.lastHeld] = event;
    this.lastHeld = event;
  }

  /** The provider is up again: what was due meanwhile goes out. */
  override resume(): void {
    const { calls } = this.engine;
    let event = this.firstHeld;
    this.firstHeld = none;
    this.lastHeld = none;
    while (event !== none) {
      const next = calls.nextWaiting[event]!;
      calls.nextWaiting[event] = none;
      this.wake(event);
      event = next;
    }
  }

  private deliver(event: number): void {
    const { engine } = this;
    engine.setTimer(event, this.lane);
    if (engine.tracer !== null) engine.traceRoutine(event, "provider event sent");
    engine.routes.forwardAlong(event, this.station.spec.success[engine.calls.mark[event]!]!);
  }

  override reply(event: number, outcome: Outcome, _reply: number): void {
    const { engine } = this;
    engine.clearTimer(event);
    if (isFailure(outcome)) {
      engine.sleep(event, this.downRetryMs);
      return;
    }
    noteAnswered(engine, this.station.spec.success[engine.calls.mark[event]!]!.to, engine.calls.item[event]!);
    engine.intents.awaited[engine.calls.intent[event]!]!--;
    engine.releaseCall(event);
  }

  override timeout(event: number): void {
    const { engine } = this;
    if (engine.tracer !== null) engine.trace(event, `provider event not answered within ${answeredWithinMs / 1000} s`);
    engine.clearTimer(event);
    engine.frames.giveUp(event);
    engine.sleep(event, this.downRetryMs);
  }
}

/**
 * The events of one provider to the components that receive them, at a station of their own.
 * @returns null where the problem's provider sends none, or nobody receives them
 */
export function installProviderEvents(engine: Engine, model: Model, provider: ModelComponent): ChargeReports | null {
  const parameters = model.problem.roles?.webhook;
  const receivers = model.bindings.get("webhook") ?? [];
  if (parameters === undefined || receivers.length === 0) return null;
  const edges = receivers.map((to): Edge => wayTo(provider, model.components[to]!));
  const station = bareStation(engine, `${provider.id} (events)`, edges);
  const source = engine.stations[provider.index]!;
  const events = new ProviderEvents(engine, station, source, parameters as z.infer<typeof webhookParameters>);
  station.behaviour = events;
  return events;
}

function wayTo(provider: ModelComponent, receiver: ModelComponent): Edge {
  return {
    id: `${provider.id}→${receiver.id} (events)`,
    to: receiver.index,
    latencyMs: 0,
    weight: 1,
    operation: 0,
    async: false,
    lossy: true,
    skipRate: 0,
    repeatRate: 0,
    divertsAny: false,
  };
}
