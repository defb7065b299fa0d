import { betterWay } from "../metric.js";
import type { Samples } from "../samples.js";
import type { FigureDifference } from "./comparison.js";
import { type Figure, figuresOf } from "./figures.js";
import { pairedDifference } from "./paired.js";

/**
 * Every figure of a design less the same figure of another, paired by seed. A figure that neither has with any seed is
 * left out.
 * @throws RangeError when the two are not of the same problem and seeds
 */
export function figureDifferences(own: Samples, other: Samples): readonly FigureDifference[] {
  const counterparts = new Map(figuresOf(other).map((figure) => [keyOf(figure), figure.column]));
  return figuresOf(own).flatMap((figure) => {
    const { scenario, name, column } = figure;
    const counterpart = counterparts.get(keyOf(figure));
    if (counterpart === undefined) throw new RangeError(`the other design has no figure ${keyOf(figure)}`);
    if ([...column, ...counterpart].every((value) => value === null)) return [];
    return [{ scenario, figure: name, ...pairedDifference(column, counterpart, betterWay(name)) }];
  });
}

/** Ids of runs hold no blank. */
function keyOf({ scenario, name }: Figure): string {
  return `${scenario ?? ""} ${name}`;
}
