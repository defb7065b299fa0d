import type { DurableWork } from "./durable-work.js";
import type { Engine } from "./engine.js";
import type { Outcome } from "./outcome.js";
import type { Station } from "./station.js";

/**
 * What a component does with a call: the hooks of a behaviour mode. The kernel calls them and knows no mode.
 * A hook must leave its own state ready before it sends a call, for the answer may come before `send` returns.
 */
export interface Behaviour {
  /** How often it opened, where it can. */
  readonly opens?: number;
  /** The records of a durable sequence, which others may take over. */
  readonly durable?: DurableWork;
  /** Once, when every station stands. */
  start(): void;
  /** Admits a call (`ok`) or refuses it, before it waits for a slot. */
  admit(call: number): Outcome;
  /** The call was admitted and ended before it was forwarded: full, an error in service, lost. */
  unused(call: number): void;
  /** The call has been served: decide where it goes. */
  forward(call: number): void;
  /** The call has been served, and its caller gave up in the meantime: do what service itself means, and no more. */
  forwardOrphan(call: number): void;
  /** A call that the frame made has ended. */
  reply(frame: number, outcome: Outcome, reply: number): void;
  /** The frame's timer ran out. */
  timeout(frame: number): void;
  /** The time for which the call slept is over. */
  wake(call: number): void;
  /** A frame above gave up on this one, which was waiting or sleeping. */
  expired(frame: number): void;
  /** The station's own timer, set by {@link Engine.setStationTimer}. */
  tick(): void;
  /** Whether it would refuse a call now; a queue before it pauses then. */
  refuses(): boolean;
  /** A station among whose listeners this one is may admit again. */
  resume(): void;
}

/** What passing a component does to the world: the hooks of a role. */
export interface Effect {
  /** The role draws its errors itself, in {@link perform}. */
  readonly ownsErrors: boolean;
  /** Before the waiting room. False: the role has answered, or will, and the call goes no further. */
  admit(call: number): boolean;
  /** After service. False: the role has ended the call. */
  perform(call: number): boolean;
  /** The call was admitted and will not be performed. */
  turnedAway(call: number): void;
  /** Its service begins; told only to {@link Station.starting}, and not of status polls. */
  begin?(call: number): void;
  /** A status poll has been served here; what it may say stands in its reply bits. */
  asked?(call: number): void;
  /** Nobody waits for the call any more, which the role kept waiting ({@link Service.block}): it leaves its line. */
  withdraw?(call: number): void;
  /** The station goes down: gives up all calls that the role kept waiting. */
  loseBlocked?(): void;
}

/** Follows what becomes of intents and items. */
export interface Observer {
  /** The client got its first ok. */
  accepted?(intent: number): void;
  /** The system learned the goal's success. */
  confirmed?(intent: number): void;
  /** The client stopped trying, or was told that it failed. */
  refused?(intent: number): void;
  /** The provider declined: a business answer. */
  declined?(intent: number): void;
  /** The buyer left before paying. */
  abandoned?(intent: number): void;
  /** A durable sequence opened a record for the intent. */
  sequenceOpened?(intent: number): void;
  /** A durable sequence's record is final, or never will be; it was open from `openedMs` to `endedMs`. */
  sequenceEnded?(intent: number, openedMs: number, endedMs: number): void;
  /** A durable sequence turns back after a finished step. */
  sequenceUndoes?(intent: number): void;
  /** A durable sequence gave up undoing a finished step. */
  stepLeft?(intent: number): void;
  /** The system has recorded that a request of the intent's came to nothing. */
  recordedFailed?(intent: number): void;
  /** Nothing refers to the intent any more: it closes unless a listener holds it ({@link Engine.hold}). */
  resting?(intent: number): void;
  /** Nothing refers to the intent any more, or (`atEnd`) the run is over. */
  closing?(intent: number, atEnd: boolean): void;
  /** A queue took a message with the item. */
  itemAccepted?(item: number): void;
  /** A queue delivers the item, for the first time or again. */
  delivered?(item: number, delivery: number): void;
  /** The item's way ended at the client's frame or at a queue's. */
  itemSettled?(item: number, outcome: Outcome, reply: number): void;
  /** A caller gave up on the item's call, or got an error: an effect is possible and unknown. */
  itemUnsure?(item: number): void;
  /** The item's call has ended without anybody who will hear how: lost, or answered after its caller had gone. */
  itemLost?(item: number): void;
  /** One of the intent's calls was refused, failed or lost. */
  disturbed?(intent: number): void;
  /** The goal's ok was lost on its way up in a crash. */
  crashed?(intent: number): void;
  /** A message that belongs to the intent was never sent, and nobody knows. */
  skipped?(intent: number): void;
  /** What buyers are shown of the intent agrees with what is recorded of it, since now. */
  shown?(intent: number): void;
  /** Another second of virtual time is over. */
  secondOver?(atMs: number): void;
}

/** Builds a station's behaviour. */
export type BehaviourFactory = (engine: Engine, station: Station) => Behaviour;
