import { nearestName } from "../document/nearest.js";
import type { CriteriaSpec, InvariantSpec, Problem } from "../problem/problem.js";
import { roles } from "../roles/index.js";
import { isCostMetric } from "./cost-metric.js";
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
 * Checks, before anything is simulated, what the problem's schema cannot: that the goal is an
 * operation, that every metric expression reads and that every invariant is known. Lists every fault, in the file's order of fields.
 * @param knownInvariants ids that the engine measures
 */
export function checkGates(problem: Problem, knownInvariants: readonly string[]): readonly GateFault[] {
  return [
    ...checkGoal(problem.goal),
    ...problem.scenarios.flatMap((scenario, index) =>
      checkMetrics(scenario.criteria, `/scenarios/${index}/criteria`, true),
    ),
    ...checkMetrics(problem.criteria, "/criteria", false),
    ...(problem.invariants ?? []).flatMap((invariant, index) => checkInvariant(invariant, index, knownInvariants)),
  ];
}

/** The operation must be one of its role's; the loader has seen that the problem has the role. */
function checkGoal(goal: Problem["goal"]): readonly GateFault[] {
  const operations = roles.get(goal?.role ?? "")?.operations;
  if (goal === undefined || operations === undefined || operations.includes(goal.operation)) return [];
  const nearest = nearestName(goal.operation, operations);
  const suggestion = nearest === null ? "" : `did you mean "${nearest}"? `;
  const message = `a ${goal.role} has no operation "${goal.operation}"; ${suggestion}allowed: ${operations.join(", ")}`;
  return [{ pointer: "/goal/operation", message, ...(nearest === null ? {} : { nearest }) }];
}

/** An invariant of a problem, which is written as its id or as an object with its id and limits. */
export function invariantId(invariant: string | InvariantSpec): string {
  return typeof invariant === "string" ? invariant : invariant.id;
}

function checkMetrics(criteria: CriteriaSpec | undefined, pointer: string, ofScenario: boolean): readonly GateFault[] {
  return (criteria?.metrics ?? []).flatMap((text, index) => {
    const parsed = parseMetricExpression(text);
    if (parsed.ok) {
      if (!ofScenario || !isCostMetric(parsed.expression.metric)) return [];
      const message = `\`${text}\`: the cost is the design's and not a scenario's; write the gate into the problem's criteria.metrics`;
      return [{ pointer: `${pointer}/metrics/${index}`, message }];
    }
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
