import type { Problem, RoleParameters, ScenarioSpec } from "../problem/problem.js";
import type { ExternalParameters } from "../roles/external.js";
import { meanOf } from "../sim/service-times.js";
import { externalSize } from "./external-size.js";
import type { Model, ModelComponent } from "./model.js";
import { withProviders } from "./reachable-providers.js";
import { roleParameters } from "./role-parameters.js";

/**
 * The model as it runs in a scenario that changes what belongs to the world: the parameters of roles, and how many
 * providers there are. What the canvas leaves open stays as it was sized for the problem, for nobody builds anew when
 * the world changes.
 */
export function inScenario(model: Model, scenario: ScenarioSpec): Model {
  const { roles, providers } = scenario;
  const changed = roles === undefined ? model : withRoles(model, roles);
  return providers === undefined ? changed : withProviders(changed, providers);
}

function withRoles(model: Model, changed: RoleParameters): Model {
  const { roles } = model.problem;
  const merged = Object.entries(changed).map(([role, parameters]) => {
    const { second: usualSecond, ...usual } = roles?.[role] ?? {};
    const { second: changedSecond, ...own } = parameters ?? {};
    const second =
      usualSecond === undefined && changedSecond === undefined
        ? {}
        : { second: { ...asObject(usualSecond), ...asObject(changedSecond) } };
    return [role, { ...usual, ...own, ...second }];
  });
  const problem: Problem = { ...model.problem, roles: { ...roles, ...Object.fromEntries(merged) } };
  const world = { problem, bindings: model.bindings };
  return { ...model, problem, components: model.components.map((component) => resized(component, world)) };
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

function resized(component: ModelComponent, world: Pick<Model, "problem" | "bindings">): ModelComponent {
  if (!component.external) return component;
  const external = roleParameters(world, component) as unknown as ExternalParameters;
  const { ratePerS, timeMs: time } = external;
  return { ...component, ratePerS, time, meanServiceMs: meanOf(time), ...externalSize(external) };
}
