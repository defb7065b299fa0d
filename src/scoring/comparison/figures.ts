import { endsOf, meanOf } from "../replications/mean.js";
import type { Samples } from "../samples.js";

/** The values of a figure, one per seed; null where a seed had none. */
type Column = readonly (number | null)[];

/** One figure of a design. */
export interface Figure {
  /** Id of the scenario run; null for a figure of the whole design. */
  readonly scenario: string | null;
  readonly name: string;
  readonly column: Column;
}

/** What stands before the id of an invariant in the names of figures. */
const invariantPrefix = "violations.";

/** Every figure of a design, those of the whole first; in each run `violations`, the sum over its invariants, as well. */
export function figuresOf(samples: Samples): readonly Figure[] {
  const ofDesign = Object.entries(samples.design).map(([name, column]) => ({ scenario: null, name, column }));
  const ofRuns = samples.scenarios.flatMap(({ id, figures }) => {
    const total: Column = samples.seeds.map((_, seed) => violationsOf(figures, seed));
    return Object.entries({ violations: total, ...figures }).map(([name, column]) => ({ scenario: id, name, column }));
  });
  return [...ofDesign, ...ofRuns];
}

function violationsOf(figures: Readonly<Record<string, Column>>, seed: number): number {
  return Object.entries(figures)
    .filter(([name]) => name.startsWith(invariantPrefix))
    .reduce((sum, [, column]) => sum + (column[seed] ?? 0), 0);
}

/** The mean of a figure of the whole design over the seeds, not rounded; null for a design that could not be run. */
export function meanFigure({ design }: Samples, name: string): number | null {
  const column = design[name];
  return column === undefined ? null : meanOf(column);
}

/** Its 95 % interval; null for fewer than two seeds. */
export function intervalOfFigure({ design }: Samples, name: string): readonly [low: number, high: number] | null {
  const values = (design[name] ?? []).filter((value) => value !== null);
  return values.length === 0 ? null : endsOf(values);
}
