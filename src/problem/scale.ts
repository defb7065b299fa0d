import { scaledCount } from "../canvas/scale.js";
import type { Problem, RoleParameters, ScenarioSpec, WorkloadSpec } from "./problem.js";

type Parameters = Readonly<Record<string, unknown>>;

/** Role parameters that are rates, by name, whatever the role. */
const rates: ReadonlySet<string> = new Set(["ratePerS"]);
/** Role parameters that are whole numbers of things the load uses up. */
const counts: ReadonlySet<string> = new Set(["unitsPerSku", "hotUnits"]);
/** A role parameter that holds parameters of the same names. */
const nested = "second";

/** Share of the full load that the problem's numbers are. */
export function scaleOf(problem: Problem): number {
  return problem.scale ?? 1;
}

/**
 * The problem under `factor` times the load that its file states: arrivals, what external roles take, stock, and the
 * monthly budget. Times, shares, retries and gates stay as they are.
 * @param factor above 0; 1 changes nothing
 */
export function scaledProblem(problem: Problem, factor: number): Problem {
  const { roles, constraints } = problem;
  const budget = constraints?.monthlyBudgetUsd;
  return {
    ...problem,
    scale: scaleOf(problem) * factor,
    ...(roles === undefined ? {} : { roles: scaledRoles(roles, factor) }),
    ...(budget === undefined ? {} : { constraints: { ...constraints, monthlyBudgetUsd: budget * factor } }),
    workload: { ...problem.workload, ...scaledRate(problem.workload, factor) },
    scenarios: problem.scenarios.map((scenario) => scaledScenario(scenario, factor)),
  };
}

function scaledScenario(scenario: ScenarioSpec, factor: number): ScenarioSpec {
  const { roles, workload } = scenario;
  return {
    ...scenario,
    ...(roles === undefined ? {} : { roles: scaledRoles(roles, factor) }),
    ...(workload === undefined ? {} : { workload: { ...workload, ...scaledRate(workload, factor) } }),
  };
}

/** The fields of a workload that say how many arrive. */
function scaledRate({ ratePerS, profile }: Partial<WorkloadSpec>, factor: number): Partial<WorkloadSpec> {
  return {
    ...(ratePerS === undefined ? {} : { ratePerS: ratePerS * factor }),
    ...(profile === undefined
      ? {}
      : { profile: profile.map((point) => ({ ...point, ratePerS: point.ratePerS * factor })) }),
  };
}

function scaledRoles(roles: RoleParameters, factor: number): RoleParameters {
  return Object.fromEntries(
    Object.entries(roles).map(([role, parameters]) => [role, parameters && scaledParameters(parameters, factor)]),
  );
}

function scaledParameters(parameters: Parameters, factor: number): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      if (name === nested && typeof value === "object" && value !== null) {
        return [name, scaledParameters(value as Parameters, factor)];
      }
      if (typeof value !== "number") return [name, value];
      if (rates.has(name)) return [name, value * factor];
      return [name, counts.has(name) ? scaledCount(value, factor) : value];
    }),
  );
}
