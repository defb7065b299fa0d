import type { FigureDifference } from "../../scoring/comparison/comparison.js";
import { formatMetric } from "../../scoring/metric.js";

/** `flash-sale dropRate +1.2 % [0.8 %, 1.6 %] worse`: how a figure differs, with its 95 % interval. */
export function figureText({ scenario, figure, difference, interval, word }: FigureDifference): string {
  const name = scenario === null ? figure : `${scenario} ${figure}`;
  const ends = interval === null ? "" : ` [${interval.map((end) => signed(figure, end)).join(", ")}]`;
  return `${name} ${difference === null ? "none" : signed(figure, difference)}${ends} ${word}`;
}

/** A figure's wording knows only sizes; a difference has a direction. */
function signed(figure: string, value: number): string {
  const sign = value < 0 ? "−" : value > 0 ? "+" : "";
  return `${sign}${formatMetric(figure, Math.abs(value))}`;
}
