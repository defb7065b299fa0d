import { CallFlag, none } from "../sim/calls.js";
import type { Engine } from "../sim/engine.js";
import { Outcome } from "../sim/outcome.js";
import type { Edge, Station } from "../sim/station.js";

/** By which way of a breaker an item went first; `free` when it has been sent by none, or refused wherever it was. */
const Way = { free: 0, usual: 1, diverted: 2 } as const;

/**
 * A breaker's other way, for what it refuses. An item that was sent one way may have had its effect there, whatever its
 * caller has learned: it goes no other way any more, also when the breaker has closed meanwhile, unless all that was
 * sent of it has been refused. An edge that diverts any call keeps no such memory.
 */
export class Failover {
  constructor(
    private readonly engine: Engine,
    private readonly station: Station,
    private readonly edge: Edge,
  ) {}

  /** Whether a call goes the other way, given whether the breaker refuses now. A status poll never does. */
  diverts(call: number, refuses: boolean): boolean {
    const { calls, records } = this.engine;
    if (calls.has(call, CallFlag.poll)) return false;
    if (this.edge.divertsAny) return refuses;
    const record = this.recordOf(call);
    const way = record === none ? Way.free : records.state[record]!;
    // What is undone without having been sent has nothing to be undone anywhere.
    if (way === Way.free) return refuses && !calls.has(call, CallFlag.undo);
    return way === Way.diverted;
  }

  /**
   * Before a call is sent the way that {@link diverts} said. False: while it waited, another call sent the item the
   * other way, and this one may not follow its own.
   */
  claim(call: number, diverted: boolean): boolean {
    const { calls, records } = this.engine;
    if (this.edge.divertsAny || calls.has(call, CallFlag.poll)) return true;
    const way = diverted ? Way.diverted : Way.usual;
    let record = this.recordOf(call);
    if (record !== none && records.state[record] !== Way.free && records.state[record] !== way) return false;
    if (leavesNothing(calls.flags[call]!)) return true;
    if (record === none) record = records.add(calls.intent[call]!, this.station.spec.index, this.keyOf(call));
    records.state[record] = way;
    records.sent[record]!++;
    return true;
  }

  /** Sends a call the other way; false when nobody waits for its answer. */
  send(call: number): boolean {
    const { engine, edge } = this;
    if (engine.tracer !== null) engine.trace(call, `goes the other way, to ${engine.stations[edge.to]!.spec.id}`);
    if (edge.async) {
      engine.routes.sendAside(call, edge);
      return false;
    }
    engine.routes.forwardAlong(call, edge);
    return true;
  }

  /** How a call's way ended; `first` when nothing on it came before what failed. */
  ended(call: number, outcome: Outcome, first: boolean): void {
    const { calls, records, intents } = this.engine;
    if (!first || !isRefusal(outcome) || this.edge.divertsAny || leavesNothing(calls.flags[call]!)) return;
    const record = this.recordOf(call);
    if (record === none || records.sent[record] === 0) return;
    records.sent[record]!--;
    // A refusal from behind a retry says nothing of its attempts before, which left the item unsure.
    const hadNoEffect = records.sent[record] === 0 && intents.itemUnsure[calls.item[call]!] === 0;
    if (hadNoEffect) records.state[record] = Way.free;
  }

  private recordOf(call: number): number {
    const { calls, records } = this.engine;
    return records.find(calls.intent[call]!, this.station.spec.index, this.keyOf(call));
  }

  private keyOf(call: number): number {
    return this.engine.intents.itemKey[this.engine.calls.item[call]!]!;
  }
}

/** What asks or undoes makes no effect that a later call would have to come back to. */
function leavesNothing(flags: number): boolean {
  return (flags & (CallFlag.query | CallFlag.undo | CallFlag.poll)) !== 0;
}

/** Whether an outcome says for certain that there was no effect. */
function isRefusal(outcome: Outcome): boolean {
  switch (outcome) {
    case Outcome.full:
    case Outcome.rejected:
    case Outcome.open:
    case Outcome.unavailable:
      return true;
    default:
      return false;
  }
}
