import type { Canvas, Component } from "../canvas/canvas.js";
import type { Notebook } from "./notebook.js";

/** What holds something back for an intent. A lock of the stock is a lock. */
const wordsOfRole: readonly (readonly [role: string, words: RegExp])[] = [
  ["lock", /lock|lease|mutex/i],
  ["inventory", /stock|inventor|reserv/i],
];

function nameOf({ id, label }: Component): string {
  return `${id} ${label ?? ""}`;
}

/** The role among these that a text names; null when there is none. */
function roleIn(text: string, wanted: readonly string[]): string | null {
  return wordsOfRole.find(([role, words]) => wanted.includes(role) && words.test(text))?.[0] ?? null;
}

/** Whether a storage without a stated role is, by its name, a lock or an inventory that the problem asks for. */
export function fitsHolding(component: Component, wanted: readonly string[]): boolean {
  return component.type === "storage" && component.role === undefined && roleIn(nameOf(component), wanted) !== null;
}

/**
 * Binds the locks and the inventory that a problem asks for and no component states, by words; each is an assumption.
 * Names come before descriptions, for a description tells of others, too. Every storage named as a lock is one; the
 * inventory is the one nearest to the entry, for the units of a stock are counted in one place.
 */
export function bindHoldings(
  canvas: Canvas,
  wanted: readonly string[],
  depth: ReadonlyMap<number, number>,
  byRole: Map<string, number[]>,
  notebook: Notebook,
): void {
  const open = wanted.filter((role) => !byRole.has(role));
  const candidates = canvas.components.flatMap((component, index) =>
    component.type === "storage" && component.role === undefined ? [index] : [],
  );
  const depthOf = (index: number): number => depth.get(index) ?? Number.POSITIVE_INFINITY;
  for (const [role] of wordsOfRole) {
    if (!open.includes(role)) continue;
    const named = candidates.filter((index) => roleIn(nameOf(canvas.components[index]!), wanted) === role);
    const fitting = named.length > 0 ? named : candidates.filter((index) => isDescribed(canvas, index, role, wanted));
    const [nearest] = [...fitting].sort((a, b) => depthOf(a) - depthOf(b) || a - b);
    if (nearest === undefined) continue;
    const bound = role === "inventory" ? [nearest] : fitting;
    for (const index of bound) notebook.infer(canvas.components[index]!.id, "role", role, "its words name one");
    byRole.set(role, bound);
  }
}

/** Names that say that a storage keeps something else. */
const otherName = /order|payment|charge|idempot|dedup|ledger/i;

/** By its description; not where its name says another role. */
function isDescribed(canvas: Canvas, index: number, role: string, wanted: readonly string[]): boolean {
  const component = canvas.components[index]!;
  const name = nameOf(component);
  if (roleIn(name, wanted) !== null || otherName.test(name)) return false;
  return roleIn(component.description ?? "", wanted) === role;
}
