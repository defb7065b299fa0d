import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Canvas, Component, Connection } from "../../src/canvas/canvas.js";
import type { Problem } from "../../src/problem/problem.js";
import { problems } from "../fuzz/problem.js";
import { runDesign } from "../fuzz/run-design.js";
import { canvases } from "../fuzz/topology.js";
import { figuresOf } from "./figures.js";

/**
 * The order of a file has a meaning for some components: entries receive the workload in turn, of two queues before one
 * breaker the first goes on first, two providers are told apart by their numbers, and where a drawing leaves open which
 * component plays a role, the first of equal ones does. These keep their order here, as does what no entry leads to: the
 * search for response arrows has to begin somewhere. All others may stand anywhere.
 */
function isOrdered(canvas: Canvas, problem: Problem): (component: Component) => boolean {
  const stated = new Set(canvas.components.map(({ role }) => role));
  const inferred = Object.keys(problem.roles ?? {}).some((role) => !stated.has(role));
  const reached = reachedIn(canvas);
  return ({ id, type, role, behavior }) =>
    behavior?.mode === "queue" ||
    (role !== undefined && role !== "stock") ||
    (inferred && (type === "tool" || type === "storage")) ||
    !reached.has(id);
}

/** Where the connection's calls come from: two components with the direction `both`. */
function sourcesOf({ from, to, direction }: Connection): readonly string[] {
  if (direction === "none") return [];
  if (direction === "both") return [from, to];
  return [direction === "backward" ? to : from];
}

/** What persons, and components that nothing leads to, lead to; not these themselves. */
function reachedIn(canvas: Canvas): ReadonlySet<string> {
  const arrows = canvas.connections.flatMap((connection) =>
    sourcesOf(connection).map((from) => ({ from, to: from === connection.from ? connection.to : connection.from })),
  );
  const led = new Set(arrows.map(({ to }) => to));
  const roots = canvas.components.filter(({ id, type }) => type === "person" || !led.has(id)).map(({ id }) => id);
  const reached = new Set(roots);
  for (const id of reached) for (const { from, to } of arrows) if (from === id) reached.add(to);
  for (const id of roots) reached.delete(id);
  return reached;
}

/** The components by their ranks, but those whose order has a meaning in that order. */
function reorder(components: readonly Component[], ranks: readonly number[], keeps: (component: Component) => boolean) {
  const kept = components.filter(keeps).values();
  return components
    .map((component, index) => ({ component, rank: ranks[index % ranks.length]! }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ component }) => (keeps(component) ? kept.next().value! : component));
}

/** Neighbouring connections of different components swap places: each component's own stay in their order. */
function interleave(connections: readonly Connection[], places: readonly number[]): readonly Connection[] {
  const moved = [...connections];
  for (const place of places) {
    const at = place % Math.max(1, moved.length - 1);
    const [first, second] = moved.slice(at, at + 2);
    if (second === undefined || sourcesOf(first!).some((id) => sourcesOf(second).includes(id))) continue;
    moved.splice(at, 2, second, first!);
  }
  return moved;
}

/** A dead letter that is drawn from elsewhere becomes the nearest queue's: of several the file's first is taken. */
function hasStrayLetters(canvas: Canvas): boolean {
  const byId = new Map(canvas.components.map((component) => [component.id, component]));
  const words = /dlq|dead.letter/i;
  return canvas.connections.some((connection) => {
    const { from, to, on, label = "" } = connection;
    if (![from, to].some((id) => words.test(byId.get(id)!.label ?? "")) && !words.test(label) && on !== "dead-letter")
      return false;
    return sourcesOf(connection).some((id) => byId.get(id)!.behavior?.mode !== "queue");
  });
}

const ranks = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });
const places = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });

describe("the order of the file", () => {
  it("of components and of the connections of different components changes no figure", () => {
    let moved = 0;
    fc.assert(
      fc.property(canvases, problems, ranks, places, (canvas, problem, ranked, placed) => {
        const other: Canvas = {
          ...canvas,
          components: reorder(canvas.components, ranked, isOrdered(canvas, problem)),
          connections: hasStrayLetters(canvas) ? canvas.connections : interleave(canvas.connections, placed),
        };
        if (!isDeepStrictEqual(other, canvas)) moved++;
        expect(figuresOf(runDesign(other, problem).measurements)).toBe(
          figuresOf(runDesign(canvas, problem).measurements),
        );
      }),
      { numRuns: 200, seed: 21 },
    );
    expect(moved).toBeGreaterThan(140);
  });
});
