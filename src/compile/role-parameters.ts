import { parametersAt } from "../roles/external.js";
import type { Model, ModelComponent } from "./model.js";

type Bound = Pick<Model, "problem" | "bindings">;

/** What the problem says of a component's role; the second provider may differ from the first. Empty without a role. */
export function roleParameters({ problem, bindings }: Bound, { role, index }: ModelComponent): Record<string, unknown> {
  const parameters = problem.roles?.[role ?? ""] ?? {};
  return parametersAt(parameters, bindings.get(role ?? "")?.indexOf(index) ?? 0);
}

/** The components that a fault of a role strikes: all of them, or only the first where the problem tells them apart. */
export function struckBy({ problem, bindings }: Bound, role: string): readonly number[] {
  const bound = bindings.get(role) ?? [];
  return problem.roles?.[role]?.second === undefined ? bound : bound.slice(0, 1);
}
