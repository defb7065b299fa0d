import type { FigureDifference } from "../../scoring/comparison/comparison.js";
import { signedMetric } from "../../scoring/metric.js";

/** `flash-sale dropRate +1.2 % [0.8 %, 1.6 %] worse`: how a figure differs, with its 95 % interval. */
export function figureText({ scenario, figure, difference, interval, word }: FigureDifference): string {
  const name = scenario === null ? figure : `${scenario} ${figure}`;
  const ends = interval === null ? "" : ` [${interval.map((end) => signedMetric(figure, end)).join(", ")}]`;
  return `${name} ${difference === null ? "none" : signedMetric(figure, difference)}${ends} ${word}`;
}
