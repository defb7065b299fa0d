import type { JudgedDesign } from "../../evaluation/design.js";
import type { BaselineComparison } from "../../scoring/baseline/compare.js";
import type { Result } from "../../scoring/result.js";
import { designNames, withSettings } from "../design-name.js";
import type { Report } from "../report.js";

/** A design as the document shows it. */
export interface DesignView {
  readonly design: JudgedDesign;
  readonly result: Result;
  /** Begins every id of the design's part of the document: `d1` of the first. Made of its place, not of its names. */
  readonly id: string;
  /** What it is called: the canvas's name, else its file, and what was set in it. */
  readonly name: string;
  /** What it is called in a list of files. */
  readonly listed: string;
  /** The document has no other design. */
  readonly alone: boolean;
  /** What a baseline says of it; undefined where none was given. */
  readonly baseline: BaselineComparison | undefined;
}

/** The designs of a report, in its order. */
export function viewsOf({ designs, baselines }: Report): readonly DesignView[] {
  const names = designNames(designs.map(({ result }) => result));
  return designs.map((design, index) => {
    const { canvas } = design.result;
    return {
      design,
      result: design.result,
      id: `d${index + 1}`,
      name: withSettings(canvas.name ?? canvas.file, canvas),
      listed: names[index]!,
      alone: designs.length === 1,
      baseline: baselines?.[index],
    };
  });
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
