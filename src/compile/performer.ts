import { roles } from "../roles/index.js";
import type { Role } from "../roles/role.js";

/**
 * The role that performs an operation asked for along a connection: its target's, or the nearest one further down that
 * has it, for a breaker or a queue on the way hands on what it is asked. Null when nobody has it.
 * @param target where the connection leads
 * @param roleOf name of a component's role
 * @param onward where a component's success connections lead
 */
export function performerOf(
  operation: string,
  target: number,
  roleOf: (index: number) => string | null | undefined,
  onward: (index: number) => readonly number[],
): Role | null {
  const reached = new Set([target]);
  // A set also goes through what is added to it on the way.
  for (const index of reached) {
    const role = roles.get(roleOf(index) ?? "");
    if (role?.operations.includes(operation) === true) return role;
    for (const next of onward(index)) reached.add(next);
  }
  return null;
}
