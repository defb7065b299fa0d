import type { JsonDocument } from "../document/document.js";
import type { Fault } from "../document/fault.js";
import { isJsonObject } from "../document/json-schema.js";
import type { JsonObject } from "../document/parse.js";
import { roleFaults, scenarioFaults } from "./scenario-faults.js";
import { workloadFaults } from "./workload-faults.js";

function weightFaults(document: JsonDocument, { weights }: JsonObject): readonly Fault[] {
  if (!isJsonObject(weights)) return [];
  const values = Object.values(weights);
  // All weights at 0 would make the composite a division by 0.
  const silent = values.length > 0 && values.every((weight) => weight === 0);
  return silent ? [document.fault("/weights", { code: "weights-zero" })] : [];
}

/**
 * What the schema cannot say of a problem. Looks only at parts of the right shape, so that it also serves a problem
 * that the schema refuses. Metric expressions and names of invariants are checked where they are known: in scoring.
 */
export function problemFaults(document: JsonDocument): readonly Fault[] {
  const problem = document.value;
  if (!isJsonObject(problem)) return [];
  const roles = isJsonObject(problem.roles) ? Object.keys(problem.roles) : [];
  const goalRole = isJsonObject(problem.goal) ? problem.goal.role : undefined;
  return [
    ...workloadFaults(document, problem.workload, null, "/workload"),
    ...roleFaults(document, goalRole, roles, "/goal/role"),
    ...scenarioFaults(document, problem, roles),
    ...weightFaults(document, problem),
  ];
}
