/** Other names under which a canvas may state a role. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["publisher", "outbox"],
  ["sweeper", "reconciler"],
]);

/** The role that a canvas states under this name. */
export function statedRole(name: string): string {
  return otherNames.get(name) ?? name;
}
