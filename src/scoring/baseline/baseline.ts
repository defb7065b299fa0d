import type { z } from "zod";
import { jsonText } from "../../document/json-text.js";
import type { Result } from "../result.js";
import type { Samples } from "../samples.js";
import type { baselineSchema } from "./baseline.schema.js";

export type Baseline = z.infer<typeof baselineSchema>;
export type BaselineOptions = Baseline["options"];
export type BaselineDesign = Baseline["designs"][number];
export type BaselineDesignOptions = NonNullable<BaselineDesign["options"]>;

/** A judged design by the names that a baseline knows it by. */
export interface BaselineSubject {
  /** Id of a built-in problem, or a path from the baseline's folder. */
  readonly problem: string;
  readonly problemSha256: string;
  /** Path from the baseline's folder, with slashes. */
  readonly canvas: string;
  /** What it was run with beside the options of the whole run. */
  readonly options: BaselineDesignOptions;
  readonly result: Result;
  readonly samples: Samples;
}

/**
 * The baseline of designs that were run with the same seeds and load, sorted by problem and canvas; one that was run twice
 * in the same scenarios under the same gates is in it once.
 * @throws RangeError for a design that could not be run, which has no figures
 */
export function baselineOf(
  tool: Baseline["tool"],
  options: BaselineOptions,
  subjects: readonly BaselineSubject[],
): Baseline {
  const designs = new Map(subjects.map(entryOf).map((entry) => [keyOf(entry), entry]));
  const sorted = [...designs].sort(([left], [right]) => byCodeUnits(left, right)).map(([, entry]) => entry);
  return { schemaVersion: 1, tool, options, designs: sorted };
}

function entryOf(subject: BaselineSubject): BaselineDesign {
  const { problem, problemSha256, canvas, options, result, samples } = subject;
  const { verdict } = result;
  if (verdict === "invalid") throw new RangeError(`${canvas} was not run: it has no figures`);
  return {
    problem,
    problemSha256,
    canvas,
    canvasSha256: result.canvas.sha256,
    ...(Object.keys(options).length === 0 ? {} : { options }),
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

/**
 * What tells designs of a baseline apart. A configuration may have a canvas judged by one problem several times, in other
 * scenarios or under other gates.
 */
export function keyOf({ problem, canvas, options, scenarios }: Omit<BaselineDesign, "figures">): string {
  return JSON.stringify([problem, canvas, idsIn(scenarios), gatesIn(options)]);
}

/** Whether the same gates were given beside the problem's own, in whatever order. */
export function sameGates(left: BaselineDesignOptions = {}, right: BaselineDesignOptions = {}): boolean {
  return gatesIn(left).join("\n") === gatesIn(right).join("\n");
}

function gatesIn({ gates = [] }: BaselineDesignOptions = {}): readonly string[] {
  return [...new Set(gates.map((gate) => gate.trim()))].sort();
}

type Runs = readonly { readonly id: string }[];

function idsIn(runs: Runs): readonly string[] {
  return runs.map(({ id }) => id).sort();
}

/** Whether the same scenarios were run, so that scores and cost are of the same. */
export function sameScenarios(before: Runs, now: Runs): boolean {
  return idsIn(before).join("\n") === idsIn(now).join("\n");
}

/** The file of a baseline: a line per figure, so that a difference between two shows which figures changed. */
export function baselineText(baseline: Baseline): string {
  return `${jsonText(baseline)}\n`;
}

/**
 * What the baseline says of a design; undefined when it does not know it. Of several entries of one canvas the one with
 * the same scenarios and gates counts, else one with the same scenarios, on which all figures but the verdict hang, else the first.
 */
export function entryFor(
  baseline: Baseline,
  { problem, canvas, options, samples }: Pick<BaselineSubject, "problem" | "canvas" | "options" | "samples">,
): BaselineDesign | undefined {
  const own = baseline.designs.filter((design) => design.problem === problem && design.canvas === canvas);
  const alike = own.filter(({ scenarios }) => sameScenarios(scenarios, samples.scenarios));
  return alike.find((design) => sameGates(design.options, options)) ?? alike[0] ?? own[0];
}

/** The seeds of the baseline's columns, in their order. */
export function baselineSeeds({ seed, seeds }: Pick<BaselineOptions, "seed" | "seeds">): readonly number[] {
  return Array.from({ length: seeds }, (_, index) => seed + index);
}
