import type { Assumption, Finding } from "./assumption.js";

/** The codes of what binding finds; each has its entry in the catalogue (src/explain/findings.ts). */
export type BindingCode = "unknown-role" | "without-effect" | "no-poll-connection";

/**
 * Collects what binding assumes. An inference reads a meaning into the drawing (`--strict` forbids these);
 * a default fills in a number.
 */
export class Notebook {
  readonly inferences: Assumption[] = [];
  readonly defaults: Assumption[] = [];
  readonly findings: Finding[] = [];

  infer(component: string, field: string, value: Assumption["value"], because: string): void {
    this.inferences.push({ component, field, value, because });
  }

  /** Notes a default that was filled in. */
  assume(component: string, field: string, value: Assumption["value"], because: string): void {
    this.defaults.push({ component, field, value, because });
  }

  find(finding: Finding & { readonly code: BindingCode }): void {
    this.findings.push(finding);
  }
}
