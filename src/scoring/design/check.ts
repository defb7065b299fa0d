import type { Finding } from "../../compile/assumption.js";
import type { Model } from "../../compile/model.js";

/** One place where a structural check fails. */
export interface Observation {
  readonly component?: string;
  readonly connection?: string;
  /** What stands there, with its numbers. */
  readonly message: string;
}

/** A structural check of the graph; nothing is simulated for it. */
export interface DesignCheck {
  readonly code: string;
  /** Points off the design score. */
  readonly weight: number;
  /** Whether the weight counts once, or for each finding. */
  readonly counts: "once" | "each";
  readonly severity: Finding["severity"];
  check(model: Model): readonly Observation[];
}
