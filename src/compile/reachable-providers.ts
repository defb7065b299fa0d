import type { Model } from "./model.js";

const provider = "payment-provider";

/**
 * The model in a world with so many providers: connections into one beyond them carry no calls, nor do those into what
 * serves only to reach it (its own breaker or retry), which without it would answer for it.
 */
export function withProviders(model: Model, count: number): Model {
  const providers = model.bindings.get(provider) ?? [];
  const missing = providers.slice(count);
  if (missing.length === 0) return model;
  const cut = servingOnly(model, providers, new Set(missing));
  const edges = model.edges.filter(({ to }) => !cut.has(to)).map((edge, index) => ({ ...edge, index }));
  const components = model.components.map((component) => ({
    ...component,
    edges: edges.filter(({ from }) => from === component.index).map(({ index }) => index),
  }));
  return { ...model, edges, components };
}

/** The targets, and what takes success edges towards providers to none but them. */
function servingOnly(model: Model, providers: readonly number[], targets: ReadonlySet<number>): ReadonlySet<number> {
  const towards = callersOf(model, providers, () => true);
  return callersOf(model, [...targets], (index, found) =>
    model.components[index]!.edges.map((edge) => model.edges[edge]!).every(
      ({ on, to }) => on !== "success" || !towards.has(to) || found.has(to),
    ),
  );
}

/** The components that lead to the targets along success edges, the targets included; of them only who `belongs`. */
function callersOf(
  { edges }: Model,
  targets: readonly number[],
  belongs: (index: number, found: ReadonlySet<number>) => boolean,
): ReadonlySet<number> {
  const found = new Set(targets);
  // A set also goes through what is added to it on the way.
  for (const target of found) {
    for (const { from, to, on } of edges)
      if (to === target && on === "success" && belongs(from, found)) found.add(from);
  }
  return found;
}
