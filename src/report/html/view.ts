import type { JudgedDesign } from "../../evaluation/design.js";
import type { Result } from "../../scoring/result.js";

/** A design as the document shows it. */
export interface DesignView {
  readonly design: JudgedDesign;
  readonly result: Result;
  /** Begins every id of the design's part of the document: `d1` of the first. Made of its place, not of its names. */
  readonly id: string;
  /** What it is called: the canvas's name, else its file. */
  readonly name: string;
  /** The document has no other design. */
  readonly alone: boolean;
}

export function viewOf(design: JudgedDesign, index: number, all: readonly JudgedDesign[]): DesignView {
  const { result } = design;
  return {
    design,
    result,
    id: `d${index + 1}`,
    name: result.canvas.name ?? result.canvas.file,
    alone: all.length === 1,
  };
}

/** The id of a scenario's part of the document. */
export function scenarioId({ id, result }: DesignView, scenario: string): string {
  return `${id}-run${result.scenarios.findIndex((run) => run.id === scenario) + 1}`;
}

/** Components that the cause of a missed criterion or a broken invariant names. */
export function failedComponents({ result: { criteria, invariants } }: DesignView): ReadonlySet<string> {
  return new Set(
    [...criteria, ...invariants]
      .filter(({ verdict }) => verdict === "fail")
      .flatMap(({ cause }) => (cause?.component === undefined ? [] : [cause.component])),
  );
}

/** Groups in the order of their first member. */
export function grouped<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
