import type { Canvas } from "../canvas/canvas.js";
import type { Problem } from "../problem/problem.js";
import { roles } from "../roles/index.js";
import { bindDownstream } from "./downstream.js";
import type { Graph } from "./graph.js";
import { bindHoldings, fitsHolding } from "./holding-roles.js";
import type { Notebook } from "./notebook.js";
import { whySchedule } from "./schedule.js";
import { statedRole } from "./stated-role.js";
import type { Receivers } from "./webhook.js";
import { wordsOf } from "./words.js";

/** Which components play which role, and the order store that guards the way to the provider. */
export interface Bindings {
  /** Role name → components, in canvas order. */
  readonly byRole: ReadonlyMap<string, readonly number[]>;
  /** Roles of the problem that no component could take. */
  readonly unbound: readonly string[];
  /** Order stores that were given the default guard: a unique request key. */
  readonly guardedByDefault: ReadonlySet<number>;
}

const providerWords = /pay|psp|stripe|provider/i;
const gatewayWords = /gateway|card|settlement/i;
const storeWords = /idempot|dedup|key|order|payment|charge|checkout|session|transaction|intent/i;

/**
 * Binds roles to components: an explicit `role` first, then structure, then type and words in id, label, description.
 * `entries` are the components that the workload enters by, `receivers` those that the provider's events come to.
 */
export function bindRoles(
  canvas: Canvas,
  problem: Problem,
  graph: Graph,
  entries: readonly number[],
  receivers: Receivers,
  notebook: Notebook,
): Bindings {
  const byRole = explicitRoles(canvas, notebook);
  if (receivers.size > 0) byRole.set("webhook", [...receivers]);
  bindSchedules(canvas, byRole, notebook);
  const wanted = Object.keys(problem.roles ?? {});
  const depth = graph.distances(entries);
  if (wanted.includes("payment-provider") && !byRole.has("payment-provider")) {
    const provider = inferProvider(canvas, depth);
    if (provider !== null) {
      byRole.set("payment-provider", [provider]);
      noteRole(canvas, provider, "payment-provider", "a tool whose words name a provider", notebook);
    }
  }
  if (problem.roles?.["payment-provider"]?.second !== undefined) bindSecondProvider(canvas, graph, byRole, notebook);
  bindHoldings(canvas, wanted, depth, byRole, notebook);
  const guardedByDefault = new Set<number>();
  if (wanted.includes("order-store")) {
    const others = otherStores(canvas, wanted, byRole);
    bindStore(canvas, graph, { depth, byRole, others }, guardedByDefault, notebook);
  }
  bindDownstream(canvas, problem, byRole, notebook);
  return {
    byRole,
    unbound: wanted.filter((role) => !byRole.has(role) && roles.get(role)?.optional !== true),
    guardedByDefault,
  };
}

function explicitRoles(canvas: Canvas, notebook: Notebook): Map<string, number[]> {
  const byRole = new Map<string, number[]>();
  canvas.components.forEach((component, index) => {
    if (component.role === undefined) return;
    const role = statedRole(component.role);
    if (roles.has(role)) byRole.set(role, [...(byRole.get(role) ?? []), index]);
    else {
      notebook.find({
        code: "unknown-role",
        severity: "warning",
        component: component.id,
        message: `role "${component.role}" is none of ${[...roles.keys()].sort().join(", ")}; it has no effect`,
      });
    }
  });
  return byRole;
}

function bindSchedules(canvas: Canvas, byRole: Map<string, number[]>, notebook: Notebook): void {
  const schedules = canvas.components.flatMap((component, index) => {
    const because = whySchedule(component);
    if (because !== null && component.role === undefined) noteRole(canvas, index, "reconciler", because, notebook);
    return because === null ? [] : [index];
  });
  if (schedules.length > 0) byRole.set("reconciler", schedules);
}

function noteRole(canvas: Canvas, index: number, role: string, because: string, notebook: Notebook): void {
  notebook.infer(canvas.components[index]!.id, "role", role, because);
}

/** The tool that names a provider, farthest from the entry. */
function inferProvider(canvas: Canvas, depth: ReadonlyMap<number, number>): number | null {
  for (const pattern of [providerWords, gatewayWords]) {
    let best: number | null = null;
    canvas.components.forEach((component, index) => {
      if (component.type !== "tool" || component.role !== undefined || !pattern.test(wordsOf(component))) return;
      if (best === null || (depth.get(index) ?? -1) > (depth.get(best) ?? -1)) best = index;
    });
    if (best !== null) return best;
  }
  return null;
}

/** Where the problem has a second provider: another tool that names one, to which a breaker fails over. */
function bindSecondProvider(canvas: Canvas, graph: Graph, byRole: Map<string, number[]>, notebook: Notebook): void {
  const bound = byRole.get("payment-provider") ?? [];
  if (bound.length !== 1) return;
  const second = canvas.components.findIndex((component, index) => {
    if (component.type !== "tool" || component.role !== undefined || bound.includes(index)) return false;
    const words = wordsOf(component);
    const named = providerWords.test(words) || gatewayWords.test(words);
    return named && graph.into(index).some((edge) => edge.on === "open");
  });
  if (second < 0) return;
  byRole.set("payment-provider", [...bound, second]);
  noteRole(
    canvas,
    second,
    "payment-provider",
    "a tool whose words name a provider, at the end of an open connection",
    notebook,
  );
}

/** Where an order store is looked for. */
interface StoreSearch {
  readonly depth: ReadonlyMap<number, number>;
  readonly byRole: Map<string, number[]>;
  /** Storages that are a lock or an inventory. */
  readonly others: ReadonlySet<number>;
}

/** Storages that are bound as a lock or an inventory, or have the name of one. */
function otherStores(
  canvas: Canvas,
  wanted: readonly string[],
  byRole: ReadonlyMap<string, readonly number[]>,
): ReadonlySet<number> {
  const named = canvas.components.flatMap((component, index) => (fitsHolding(component, wanted) ? [index] : []));
  return new Set([...named, ...(byRole.get("lock") ?? []), ...(byRole.get("inventory") ?? [])]);
}

function bindStore(
  canvas: Canvas,
  graph: Graph,
  { depth, byRole, others }: StoreSearch,
  guardedByDefault: Set<number>,
  notebook: Notebook,
): void {
  const providers = byRole.get("payment-provider") ?? [];
  const towardsProvider = graph.distances(providers, "up");
  const before = storesBefore(canvas, graph, depth, towardsProvider, providers);
  const explicit = byRole.get("order-store");
  if (explicit !== undefined) {
    for (const index of explicit) if (before.includes(index)) defaultGuard(canvas, index, guardedByDefault, notebook);
    return;
  }
  const candidates = before.filter((index) => !others.has(index));
  const chosen = chooseStore(canvas, candidates, towardsProvider);
  if (chosen !== null) {
    byRole.set("order-store", [chosen]);
    noteRole(canvas, chosen, "order-store", "a storage before the provider", notebook);
    defaultGuard(canvas, chosen, guardedByDefault, notebook);
    return;
  }
  const after = firstStoreAfter(canvas, graph, providers, others);
  if (after === null) return;
  byRole.set("order-store", [after]);
  noteRole(
    canvas,
    after,
    "order-store",
    "no storage before the provider: the first one after it, without a guard",
    notebook,
  );
}

/** Storages on the way to the provider, or called by a component on it; nearest to the entry first. */
function storesBefore(
  canvas: Canvas,
  graph: Graph,
  depth: ReadonlyMap<number, number>,
  towardsProvider: ReadonlyMap<number, number>,
  providers: readonly number[],
): readonly number[] {
  // Where a problem has no provider, every storage that can be reached may be it.
  const onPath = (index: number): boolean =>
    depth.has(index) && (providers.length === 0 || towardsProvider.has(index)) && !providers.includes(index);
  const stores = canvas.components.flatMap((component, index) => {
    if (component.type !== "storage" || (component.role !== undefined && component.role !== "order-store")) return [];
    const beside = graph.into(index).some((edge) => edge.on === "success" && onPath(edge.from));
    return onPath(index) || beside ? [index] : [];
  });
  return stores.sort((a, b) => (depth.get(a) ?? 0) - (depth.get(b) ?? 0) || a - b);
}

/** Among several the one whose words say so, else one on the way, else one beside it; always the nearest to the entry. */
function chooseStore(
  canvas: Canvas,
  before: readonly number[],
  towardsProvider: ReadonlyMap<number, number>,
): number | null {
  const named = before.find((index) => storeWords.test(wordsOf(canvas.components[index]!)));
  return named ?? before.find((index) => towardsProvider.has(index)) ?? before[0] ?? null;
}

function firstStoreAfter(
  canvas: Canvas,
  graph: Graph,
  providers: readonly number[],
  others: ReadonlySet<number>,
): number | null {
  for (const index of graph.distances(providers).keys()) {
    const { type, role } = canvas.components[index]!;
    if (type === "storage" && role === undefined && !others.has(index)) return index;
  }
  return null;
}

function defaultGuard(canvas: Canvas, index: number, guarded: Set<number>, notebook: Notebook): void {
  const component = canvas.components[index]!;
  if (component.idempotency?.key !== undefined) return;
  guarded.add(index);
  notebook.infer(
    component.id,
    "idempotency.key",
    "request",
    "an order store before the provider has a unique request key",
  );
}
