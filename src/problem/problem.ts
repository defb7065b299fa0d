import type { z } from "zod";
import type { clientSchema, criteriaSchema, errorsSchema, weightsSchema, workloadSchema } from "./problem.schema.js";

export type ClientSpec = z.infer<typeof clientSchema>;
export type WorkloadSpec = z.infer<typeof workloadSchema>;
export type CriteriaSpec = z.infer<typeof criteriaSchema>;
type ErrorsSpec = z.infer<typeof errorsSchema>;
export type Weights = z.infer<typeof weightsSchema>;

/** A scenario as written: common fields, and the parameters that its kind's own file gives a type. */
export interface ScenarioSpec {
  readonly id: string;
  readonly kind: string;
  readonly label?: string | undefined;
  readonly criteria?: CriteriaSpec | undefined;
  readonly recoveryAllowanceMs?: number | undefined;
  readonly workload?: Partial<WorkloadSpec> | undefined;
  /** What it changes of the problem's roles; only roles that the problem has. */
  readonly roles?: RoleParameters | undefined;
  /** How many payment providers can be reached in it; all of the canvas's when left out. */
  readonly providers?: number | undefined;
  readonly [parameter: string]: unknown;
}

/** Role name → the role's parameters, given a type by the role's own file. */
export type RoleParameters = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

export interface InvariantSpec {
  readonly id: string;
  readonly limitMs?: number | undefined;
}

/** A validated problem file. */
export interface Problem {
  readonly id: string;
  readonly title: string;
  readonly brief?: string | undefined;
  readonly source?: string | undefined;
  /** Share of the full load that the file's numbers are, above 0; 1 when left out. */
  readonly scale?: number | undefined;
  readonly constraints?:
    | {
        readonly maxComponents?: number | undefined;
        readonly requiredBehaviors?: readonly string[] | undefined;
        readonly monthlyBudgetUsd?: number | undefined;
      }
    | undefined;
  readonly roles?: RoleParameters | undefined;
  /** What counts as delivered; without it, an ok at the client. */
  readonly goal?: { readonly role: string; readonly operation: string } | undefined;
  readonly workload: WorkloadSpec;
  /** Errors of the components themselves; none when left out. */
  readonly errors?: ErrorsSpec | undefined;
  readonly scenarios: readonly ScenarioSpec[];
  readonly criteria?: CriteriaSpec | undefined;
  readonly invariants?: readonly (string | InvariantSpec)[] | undefined;
  readonly weights?: Weights | undefined;
}
