import type { Result, SetField } from "../result.js";

/** A field that was tried at several values. */
export interface SweptPath {
  readonly path: string;
  /** In the order in which they were tried; numbers ascend. */
  readonly values: readonly SetField["value"][];
}

/** One variant of the canvas. */
export interface SweepRow {
  /** Index of the design in the report. */
  readonly design: number;
  /** One per swept path, in their order. */
  readonly values: readonly SetField["value"][];
  readonly verdict: Result["verdict"];
  /** Null when the variant could not be run; so are the figures that follow. */
  readonly composite: number | null;
  /** US dollars a month. */
  readonly effectiveMonthlyUsd: number | null;
  /** Criteria that failed. */
  readonly missed: number | null;
  /** Invariants that were broken, counted once in each scenario. */
  readonly broken: number | null;
}

export type GateVerdict = "pass" | "fail" | "inconclusive";

/** What one criterion or invariant said of one variant. */
export interface Reading {
  readonly verdict: GateVerdict;
  /** The metric in its own unit, null for none; of an invariant its violations. */
  readonly actual: number | null;
}

/** Neighbouring values of a path, the others held, at which a gate said the same. */
export interface Run {
  readonly verdict: GateVerdict;
  /** At least one. */
  readonly values: readonly SetField["value"][];
  /** One per value. */
  readonly actuals: readonly (number | null)[];
}

/** A gate along one path, from its first value to its last; it turns where one run ends and the next begins. */
export interface Course {
  readonly path: string;
  /** The values of the other swept paths. */
  readonly held: readonly SetField[];
  /** Empty when no variant on the way could be run. */
  readonly runs: readonly Run[];
}

/** A criterion or an invariant over all variants. */
export interface SweptGate {
  readonly kind: "criterion" | "invariant";
  readonly id: string;
  /** Null for a gate of the whole canvas. */
  readonly scenario: string | null;
  /** Of an invariant, `violations.<id>`. */
  readonly metric: string;
  /** Such as `<= 500`. */
  readonly expected: string;
  /** One per row; null where the variant could not be run, or has no such gate. */
  readonly readings: readonly (Reading | null)[];
  readonly courses: readonly Course[];
}

/** One canvas at every combination of values that were tried. */
export interface Sweep {
  readonly file: string;
  readonly name: string | null;
  readonly paths: readonly SweptPath[];
  /** What was set to one value for all variants. */
  readonly fixed: readonly SetField[];
  readonly rows: readonly SweepRow[];
  readonly gates: readonly SweptGate[];
  /** The command that makes the whole sweep again. */
  readonly repeat: string;
}
