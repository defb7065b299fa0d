import { formatMetric, metricUnit } from "../../../scoring/metric.js";

/** Differences of less than a point have a digit more. */
const onePoint = 1;

/** A difference for a reader: `-3.2` and ` [-5.3, -1.1]`. */
interface DifferenceText {
  /** With its sign; `0` has none, and `–` says that there is no value. */
  readonly change: string;
  /** Empty where there is no interval. Its ends above zero have no sign. */
  readonly ends: string;
}

/** A figure of a design: `92.1`, `2.05 s`, `$348`; `none` for the value of nothing. */
export function formatFigure(figure: string, value: number | null): string {
  return value !== null && isPoints(figure) ? String(Number(value.toFixed(1))) : formatMetric(figure, value);
}

/** The difference of a figure, and its interval in the same number of decimals. */
export function describeDifference(
  figure: string,
  difference: number | null,
  interval: readonly [low: number, high: number] | null,
): DifferenceText {
  if (difference === null) return { change: "–", ends: "" };
  // The same with every seed.
  if (difference === 0 && (interval === null || (interval[0] === 0 && interval[1] === 0))) {
    return { change: formatFigure(figure, 0), ends: "" };
  }
  const digits = Math.abs(difference) < onePoint ? 2 : 1;
  const format = (size: number) => (isPoints(figure) ? size.toFixed(digits) : formatMetric(figure, size));
  const change = signed(difference, "+", format);
  if (interval === null) return { change, ends: "" };
  const [low, high] = interval.map((end) => signed(end, "", format));
  return { change, ends: ` [${low}, ${high}]` };
}

/** Whether a figure is points from 0 to 100. */
function isPoints(figure: string): boolean {
  return metricUnit(figure) === "points";
}

/** The value behind its sign; without one where it is too small to show. */
function signed(value: number, plus: string, format: (size: number) => string): string {
  const size = format(Math.abs(value));
  if (size === format(0)) return size;
  return `${value < 0 ? "-" : plus}${size}`;
}
