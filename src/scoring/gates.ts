import { nearestName } from "../document/nearest.js";
import type { CriteriaSpec, InvariantSpec, Problem } from "../problem/problem.js";
import { parseMetricExpression } from "./metric-expression.js";

/** Something in a problem's gates that cannot be judged. */
export interface GateFault {
  /** JSON pointer into the problem file, such as `/scenarios/2/criteria/metrics/0`. */
  readonly pointer: string;
  readonly message: string;
  /** The nearest valid name; absent when no name was meant. */
  readonly nearest?: string;
}

/**
 * Checks, before anything is simulated, what the problem's schema cannot: that every metric expression reads
 * and that every invariant is known. Lists every fault, in the file's order of fields.
 * @param knownInvariants ids that the engine measures
 */
export function checkGates(problem: Problem, knownInvariants: readonly string[]): readonly GateFault[] {
  return [
    ...problem.scenarios.flatMap((scenario, index) => checkMetrics(scenario.criteria, `/scenarios/${index}/criteria`)),
    ...checkMetrics(problem.criteria, "/criteria"),
    ...(problem.invariants ?? []).flatMap((invariant, index) => checkInvariant(invariant, index, knownInvariants)),
  ];
}

/** An invariant of a problem, which is written as its id or as an object with its id and limits. */
export function invariantId(invariant: string | InvariantSpec): string {
  return typeof invariant === "string" ? invariant : invariant.id;
}

function checkMetrics(criteria: CriteriaSpec | undefined, pointer: string): readonly GateFault[] {
  return (criteria?.metrics ?? []).flatMap((text, index) => {
    const parsed = parseMetricExpression(text);
    if (parsed.ok) return [];
    const { message, offset, nearest } = parsed.fault;
    const fault = {
      pointer: `${pointer}/metrics/${index}`,
      message: `\`${text}\`, character ${offset + 1}: ${message}`,
    };
    return [nearest === undefined ? fault : { ...fault, nearest }];
  });
}

function checkInvariant(
  invariant: string | InvariantSpec,
  index: number,
  knownInvariants: readonly string[],
): readonly GateFault[] {
  const id = invariantId(invariant);
  if (knownInvariants.includes(id)) return [];
  const pointer = typeof invariant === "string" ? `/invariants/${index}` : `/invariants/${index}/id`;
  const nearest = nearestName(id, knownInvariants);
  if (nearest !== null) return [{ pointer, message: `unknown invariant "${id}"; did you mean "${nearest}"?`, nearest }];
  return [{ pointer, message: `unknown invariant "${id}"; allowed: ${knownInvariants.join(", ")}` }];
}
