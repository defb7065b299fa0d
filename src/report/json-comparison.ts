import type { z } from "zod";
import type { Comparison } from "../scoring/comparison/comparison.js";
import type { comparisonSchema } from "../scoring/comparison/comparison.schema.js";
import { intervalOfFigure, meanFigure } from "../scoring/comparison/figures.js";
import type { Report } from "./report.js";

type ComparisonJson = z.infer<typeof comparisonSchema>["comparison"];

/** A comparison as JSON tells it: every design by its file, so that nobody has to count. */
export function comparisonJson({ designs }: Report, comparison: Comparison): ComparisonJson {
  const { problem, seeds, ranking, reference, differences, repeat } = comparison;
  const fileOf = (design: number) => designs[design]!.result.canvas.file;
  const labels = new Map(ranking.map(({ design, label }) => [design, label]));
  return {
    problem,
    seeds: [...seeds],
    reference: reference === null ? null : fileOf(reference),
    ranking: ranking.map(({ design, rank, label, passes, outOf, onFront }) => {
      const { result, samples } = designs[design]!;
      return {
        rank,
        label,
        file: fileOf(design),
        verdict: result.verdict,
        passes,
        outOf,
        composite: meanFigure(samples, "composite"),
        ...intervalMember(intervalOfFigure(samples, "composite")),
        effectiveMonthlyUsd: meanFigure(samples, "effectiveMonthlyUsd"),
        onFront,
      };
    }),
    differences: differences.map(({ design, figures }) => ({
      label: labels.get(design)!,
      file: fileOf(design),
      figures: figures.map(({ scenario, figure, difference, interval, word }) => ({
        scenario,
        figure,
        difference,
        ...intervalMember(interval),
        word,
      })),
    })),
    repeat,
  };
}

function intervalMember(ends: readonly [low: number, high: number] | null): { readonly interval?: [number, number] } {
  return ends === null ? {} : { interval: [ends[0], ends[1]] };
}
