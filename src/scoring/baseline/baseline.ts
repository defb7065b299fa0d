import type { z } from "zod";
import { jsonText } from "../../document/json-text.js";
import type { Result } from "../result.js";
import type { Samples } from "../samples.js";
import type { baselineSchema } from "./baseline.schema.js";

export type Baseline = z.infer<typeof baselineSchema>;
export type BaselineOptions = Baseline["options"];
export type BaselineDesign = Baseline["designs"][number];

/** A judged design by the names that a baseline knows it by. */
export interface BaselineSubject {
  /** Id of a built-in problem, or a path from the current folder. */
  readonly problem: string;
  readonly problemSha256: string;
  /** Path from the current folder, with slashes. */
  readonly canvas: string;
  readonly result: Result;
  readonly samples: Samples;
}

/**
 * The baseline of designs that were run with the same options, sorted by problem and canvas; one that was run twice is
 * in it once.
 * @throws RangeError for a design that could not be run, which has no figures
 */
export function baselineOf(
  tool: Baseline["tool"],
  options: BaselineOptions,
  subjects: readonly BaselineSubject[],
): Baseline {
  const designs = new Map(subjects.map((subject) => [keyOf(subject), entryOf(subject)]));
  const sorted = [...designs].sort(([left], [right]) => byCodeUnits(left, right)).map(([, entry]) => entry);
  return { schemaVersion: 1, tool, options, designs: sorted };
}

function entryOf({ problem, problemSha256, canvas, result, samples }: BaselineSubject): BaselineDesign {
  const { verdict } = result;
  if (verdict === "invalid") throw new RangeError(`${canvas} was not run: it has no figures`);
  return {
    problem,
    problemSha256,
    canvas,
    canvasSha256: result.canvas.sha256,
    verdict,
    figures: sortedFigures(samples.design),
    scenarios: samples.scenarios.map(({ id, figures }) => ({ id, figures: sortedFigures(figures) })),
  };
}

function sortedFigures(figures: Samples["design"]): BaselineDesign["figures"] {
  const entries = Object.entries(figures).sort(([left], [right]) => byCodeUnits(left, right));
  return Object.fromEntries(entries.map(([name, column]) => [name, [...column]]));
}

/** Not `localeCompare`: the order must not hang on the machine. */
function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** What tells designs of a baseline apart. */
function keyOf({ problem, canvas }: Pick<BaselineDesign, "problem" | "canvas">): string {
  return JSON.stringify([problem, canvas]);
}

/** The file of a baseline: a line per figure, so that a difference between two shows which figures changed. */
export function baselineText(baseline: Baseline): string {
  return `${jsonText(baseline)}\n`;
}

/** What the baseline says of a design; undefined when it does not know it. */
export function entryFor(
  baseline: Baseline,
  subject: Pick<BaselineSubject, "problem" | "canvas">,
): BaselineDesign | undefined {
  return baseline.designs.find((design) => keyOf(design) === keyOf(subject));
}

/** The seeds of the baseline's columns, in their order. */
export function baselineSeeds({ seed, seeds }: Pick<BaselineOptions, "seed" | "seeds">): readonly number[] {
  return Array.from({ length: seeds }, (_, index) => seed + index);
}
