import type { Finding } from "../../compile/assumption.js";
import type { Model } from "../../compile/model.js";

/** One place where a structural check fails. */
export interface Observation {
  readonly component?: string;
  readonly connection?: string;
  /** What stands there, with its numbers. */
  readonly message: string;
}

/** The codes of the structural checks; each has its entry in the catalogue (src/explain/findings.ts). */
export type DesignCode =
  | "no-entry"
  | "no-reachable-sink"
  | "no-queue-before-slow-external"
  | "retry-without-idempotent-target"
  | "unbound-role"
  | "external-call-without-breaker"
  | "external-call-without-retry"
  | "nested-retries"
  | "cycle-without-queue"
  | "component-off-every-path"
  | "inner-timeout-too-long";

/** A structural check of the graph; nothing is simulated for it. */
export interface DesignCheck {
  readonly code: DesignCode;
  /** Points off the design score. */
  readonly weight: number;
  /** Whether the weight counts once, or for each finding. */
  readonly counts: "once" | "each";
  readonly severity: Finding["severity"];
  check(model: Model): readonly Observation[];
}
