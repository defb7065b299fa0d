import type { IdempotencySpec } from "../canvas/canvas.js";
import type { Behaviour, Effect } from "../sim/behaviour.js";
import type { Engine } from "../sim/engine.js";
import type { Records } from "../sim/records.js";
import type { Edge, Station } from "../sim/station.js";
import type { Carts } from "./carts.js";
import type { GroundTruth } from "./ground-truth.js";
import type { UnknownRows } from "./unknown-rows.js";

/** Hands on what became of an intent; nothing it was given is forgotten. */
export interface Relay {
  publish(intent: number): void;
}

/** Wakes a role at one time to come. */
export interface Alarm {
  /** When it rings, milliseconds; Infinity when it is not set. */
  readonly dueMs: number;
  /** Sets it, in place of an earlier setting. */
  set(dueMs: number): void;
}

/** Tells a provider's customers what becomes of their charges, apart from its answers. */
export interface ChargeReports {
  /** The charge that `call` asked for has come to a state ({@link Charge}). */
  report(call: number, state: number): void;
}

/** What a role is given to act at one station. */
export interface RoleContext {
  readonly engine: Engine;
  readonly station: Station;
  readonly truth: GroundTruth;
  readonly records: Records;
  /** What each intent wants of the stock. */
  readonly carts: Carts;
  /** Rows that a schedule comes for. */
  readonly unknownRows: UnknownRows;
  readonly idempotency: Readonly<IdempotencySpec>;
  /** The role's parameters from the problem; the role's own file gives them a type. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Hands events on along connections, each until it is acknowledged. */
  readonly relay: (edges: readonly Edge[]) => Relay;
  /** An alarm clock of the role's own; it is free to set it again when it rings. */
  readonly alarm: (ring: () => void) => Alarm;
  /** Sends reports of charges to whoever receives them; null where nobody does. */
  readonly reports: () => ChargeReports | null;
  /** The component's behaviour parameters, defaults filled in. */
  readonly behavior: Readonly<Record<string, unknown>>;
  /** Code of the operation whose success is the problem's goal; -1 when the goal is not this role's. */
  readonly goalOperation: number;
  /** Whether a charge at the provider is the problem's goal. */
  readonly chargeIsGoal: boolean;
}

/** What a component is to the problem: its operations and its effect on the world. */
export interface Role {
  readonly name: string;
  /** Operations, the default first; a connection's `operation` names one of them. */
  readonly operations: readonly string[];
  /** Its rate, latency and errors belong to the problem, not to the canvas. */
  readonly external: boolean;
  /** A design may do without it: what it is stated for says how the world would treat it. */
  readonly optional?: boolean;
  /** Builds its effect on what passes; null for a role that has none. */
  create(context: RoleContext): Effect | null;
  /** Builds what takes the place of the mode's behaviour: for a role that starts calls of its own. */
  behave?(context: RoleContext): Behaviour;
}
