import type { Problem, ScenarioSpec } from "../problem/problem.js";
import type { ExternalParameters } from "../roles/external.js";
import { meanOf } from "../sim/service-times.js";
import { externalSize } from "./external-size.js";
import type { Model, ModelComponent } from "./model.js";

/**
 * The model as it runs in a scenario that changes what belongs to the world: the parameters of roles. What the canvas
 * leaves open stays as it was sized for the problem, for nobody builds anew when the world changes.
 */
export function inScenario(model: Model, scenario: ScenarioSpec): Model {
  if (scenario.roles === undefined) return model;
  const problem = withRoles(model.problem, scenario);
  return { ...model, problem, components: model.components.map((component) => resized(component, problem)) };
}

function withRoles(problem: Problem, scenario: ScenarioSpec): Problem {
  const changed = Object.entries(scenario.roles ?? {}).map(([role, parameters]) => [
    role,
    { ...problem.roles?.[role], ...parameters },
  ]);
  return { ...problem, roles: { ...problem.roles, ...Object.fromEntries(changed) } };
}

function resized(component: ModelComponent, problem: Problem): ModelComponent {
  if (!component.external) return component;
  const external = problem.roles?.[component.role ?? ""] as unknown as ExternalParameters;
  const { ratePerS, timeMs: time } = external;
  return { ...component, ratePerS, time, meanServiceMs: meanOf(time), ...externalSize(external) };
}
