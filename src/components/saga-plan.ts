import type { Edge } from "../sim/station.js";
import type { RetryParameters } from "./retry.js";

/** How a durable sequence keeps, resumes and undoes its records; times in milliseconds. */
export interface SagaParameters {
  /** Another owner takes a record over so long after its owner's last sign of life; 0 for never. */
  readonly resumeMs: number;
  /** An owner from whom the record was taken may do nothing more. */
  readonly fence: boolean;
  /** Times that a step's undo is sent at most; Infinity for no limit. */
  readonly undoAttempts: number;
  readonly undoEveryMs: number;
  /** The undo of a step with an unknown outcome is repeated after this time; 0 for not at all. */
  readonly settleMs: number;
}

/** One step: a success connection, and how it is taken back. */
export interface SagaStep {
  readonly edge: Edge;
  /** The same connection with the operation that undoes the step; null where nothing does. */
  readonly undo: Edge | null;
  /** Once it is done there is no way back; a step of which nothing needs undoing is none. */
  readonly pivot: boolean;
  /** It leads to a payment provider: before the first of these a buyer may leave, after it an owner may stop. */
  readonly pays: boolean;
}

/** What a durable sequence is built from. */
export interface SagaPlan {
  readonly parameters: SagaParameters;
  /** How a step is repeated before the sequence turns back. */
  readonly retry: RetryParameters;
  readonly steps: readonly SagaStep[];
  /** The key under which an item's record is kept; 0 for none. */
  readonly keyOf: (item: number) => number;
}
