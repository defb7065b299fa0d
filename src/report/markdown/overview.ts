import type { Comparison, FigureDifference, RankedDesign } from "../../scoring/comparison/comparison.js";
import { formatCount, formatUsd } from "../../scoring/quantity.js";
import type { Result } from "../../scoring/result.js";
import { baselineWord } from "../baseline-text.js";
import { designNames } from "../design-name.js";
import type { Report } from "../report.js";
import { figureText } from "./figure.js";
import { markdownTable, markdownText } from "./text.js";
import { scoreText, verdictMarks, worstFirst } from "./verdict.js";

/** Figures that are shown of a design beside the reference. */
const figuresShown = 6;

/** `2 of 3 designs pass`, and how many of the others have which verdict. */
export function countsText(results: readonly Result[]): string {
  const count = (verdict: Result["verdict"]) => results.filter((result) => result.verdict === verdict).length;
  const others = worstFirst
    .filter((verdict) => verdict !== "pass" && count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${verdict}`);
  return [`${count("pass")} of ${results.length} designs pass`, ...others].join(", ");
}

/**
 * A row per design, in the order of the ranking where there is one, at most so many.
 * @param left indices of designs that are told of elsewhere
 */
export function overviewLines(report: Report, left: ReadonlySet<number>, most: number): readonly string[] {
  const { designs, comparison, baselines } = report;
  const ranks = new Map(comparison?.ranking.map((place) => [place.design, place]));
  const order = [...new Set([...ranks.keys(), ...designs.keys()])].filter((index) => !left.has(index));
  if (order.length === 0) return [];
  const heads = [
    ...(comparison === undefined ? [] : ["rank"]),
    ...["verdict", "score", "$ a month", "missed"],
    ...(baselines === undefined ? [] : ["baseline"]),
    "canvas",
  ];
  const names = designNames(designs.map(({ result }) => result));
  const rows = order.slice(0, most).map((index) => {
    const { result } = designs[index]!;
    return [
      ...(comparison === undefined ? [] : [rankText(ranks.get(index))]),
      ...figuresOf(result),
      ...(baselines === undefined ? [] : [baselineWord(baselines[index]!)]),
      markdownText(names[index]!),
    ];
  });
  const more = order.length - rows.length;
  return [
    "",
    ...markdownTable(heads, rows),
    ...(more > 0 ? ["", `… and ${formatCount(more)} more designs`] : []),
    ...(comparison === undefined ? [] : ["", "★ no other has as high a score at as low a cost"]),
  ];
}

function rankText(place: RankedDesign | undefined): string {
  if (place === undefined || place.rank === null) return "–";
  return `${place.rank}${place.onFront ? " ★" : ""}`;
}

function figuresOf(result: Result): readonly string[] {
  const { cost, criteria, invariants, verdict } = result;
  const cells = [verdictMarks[verdict], scoreText(result)];
  if (verdict === "invalid") return [...cells, "–", "–"];
  const missed = [...criteria, ...invariants].filter((row) => row.verdict === "fail").length;
  return [...cells, markdownText(formatUsd(cost.effectiveMonthlyUsd)), String(missed)];
}

/** What tells each design from the reference: the figures whose intervals leave out 0, the whole design's first. */
export function differenceLines(comparison: Comparison | undefined): readonly string[] {
  const reference = comparison?.ranking.find(({ design }) => design === comparison.reference);
  if (comparison === undefined || reference === undefined || comparison.differences.length === 0) return [];
  const rows = comparison.differences.map(({ design, figures }) => {
    const label = comparison.ranking.find((ranked) => ranked.design === design)?.label ?? String(design);
    return `- ❕ ${markdownText(`${label}: ${differencesText(figures)}`)}`;
  });
  return ["", `**Differences** from ${markdownText(reference.label)}, on the same seeds`, "", ...rows];
}

function differencesText(figures: readonly FigureDifference[]): string {
  const telling = figures.filter(({ word }) => word === "better" || word === "worse" || word === "different");
  const unknown = figures.filter(({ word }) => word === "unknown").length;
  if (telling.length === 0) return unknown > 0 ? "unknown; more --seeds are needed" : "no difference shown";
  const inOrder = [...telling.filter(({ scenario }) => scenario === null), ...telling.filter((one) => one.scenario)];
  const more = inOrder.length - figuresShown;
  const texts = inOrder.slice(0, figuresShown).map(figureText);
  return [...texts, ...(more > 0 ? [`${more} more figures differ`] : [])].join("; ");
}
