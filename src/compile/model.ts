import type { Canvas, ComponentType, ConnectionCondition, IdempotencySpec, TimeSpec } from "../canvas/canvas.js";
import type { SagaParameters } from "../components/saga-plan.js";
import type { Problem } from "../problem/problem.js";
import type { Assumption, Finding } from "./assumption.js";

/** A connection that carries calls, with every default resolved. */
export interface ModelEdge {
  /** Position in {@link Model.edges}. */
  readonly index: number;
  /** The canvas's connection id, or `from→to` when it has none. */
  readonly id: string;
  /** Positions in {@link Model.components}. */
  readonly from: number;
  readonly to: number;
  readonly on: ConnectionCondition;
  readonly latencyMs: number;
  readonly weight: number;
  /** Whether any connection of the source states a weight. */
  readonly weighted: boolean;
  /** The target role's operation; null for the role's first. */
  readonly operation: string | null;
  /** The operation that undoes what was done along it, or "none" where nothing needs undoing; null where it cannot be undone. */
  readonly undo: string | null;
  readonly async: boolean;
  /** The second of two writes: the process may die before it, and nobody notices. */
  readonly dualWrite: boolean;
  /** Carries events from a relay that delivers at least once. */
  readonly relayed: boolean;
  /** Of an `open` connection: it also takes what was sent another way before. */
  readonly divertsAny: boolean;
  /** A connection of the canvas; a wrapper's own way to its component is none. */
  readonly drawn: boolean;
}

/** Slots that follow the measured utilisation. */
export interface Autoscale {
  /** Fewest and most slots. */
  readonly min: number;
  readonly max: number;
  /** Share of the slots that is to be busy, above 0 to 1. */
  readonly targetUtilization: number;
  /** Time between two looks, milliseconds. */
  readonly everyMs: number;
}

/** A component with every default resolved and its role bound. */
export interface ModelComponent {
  /** Position in {@link Model.components}. */
  readonly index: number;
  readonly id: string;
  readonly label: string;
  readonly type: ComponentType;
  readonly mode: string;
  /** The mode's parameters, defaults filled in; the mode's own file gives them a type. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly role: string | null;
  /** Its numbers belong to the problem, not to the canvas. */
  readonly external: boolean;
  /** Keeps its slot while it waits for what it called. */
  readonly active: boolean;
  /** Slots; Infinity for persons and wrappers. */
  readonly slots: number;
  /** What {@link slots} are at the start changes with the load; absent when it does not. */
  readonly autoscale?: Autoscale;
  /** A durable sequence's parameters; absent when it is none. */
  readonly saga?: SagaParameters;
  readonly queueLimit: number;
  readonly time: TimeSpec;
  /** Mean of {@link time}, milliseconds. */
  readonly meanServiceMs: number;
  readonly errorRate: number;
  readonly idempotency: Readonly<IdempotencySpec>;
  /** Calls per second the problem grants an external role; null otherwise. */
  readonly ratePerS: number | null;
  /** Accepting acknowledges the caller: queue and batch. */
  readonly asynchronous: boolean;
  /** Outgoing flow edges, in the order in which they are taken. */
  readonly edges: readonly number[];
  /** The component whose client-side wrapper this is; null when it is none. */
  readonly wraps: string | null;
}

/** What runs: canvas and problem bound together. */
export interface Model {
  readonly canvas: Canvas;
  readonly problem: Problem;
  readonly components: readonly ModelComponent[];
  readonly edges: readonly ModelEdge[];
  /** Components that receive the workload, in equal shares. */
  readonly entries: readonly number[];
  /** Role name → components bound to it, in canvas order. */
  readonly bindings: ReadonlyMap<string, readonly number[]>;
  /** Roles of the problem that no component could take. */
  readonly unbound: readonly string[];
  readonly assumptions: readonly Assumption[];
  /** What binding noticed; the structural checks of the design score are apart. */
  readonly findings: readonly Finding[];
}
