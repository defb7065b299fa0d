import { formatCount } from "../../scoring/quantity.js";

const fontSize = 11;

/** Colour of a chart's text; colours are names that style.ts gives values. */
export const chartText = "var(--quiet)";

const gridLines = { show: true, lineStyle: { color: "var(--grid)", width: 1 } } as const;
const axisLine = { show: true, lineStyle: { color: "var(--axis)" } } as const;
const labels = { color: chartText, fontSize, hideOverlap: true } as const;

/** Up to here a time axis counts seconds, from there on minutes. */
const longestInSecondsMs = 600_000;

/** A horizontal axis of virtual time from 0, in seconds or minutes, that ends with the run. */
export function timeAxis(endMs: number, options: { readonly ticks?: number; readonly labels?: boolean } = {}) {
  const minutes = endMs > longestInSecondsMs;
  const unitMs = minutes ? 60_000 : 1000;
  const step = niceStep(endMs / unitMs, options.ticks ?? 6) * unitMs;
  return {
    type: "value",
    min: 0,
    max: endMs,
    interval: step,
    axisLine,
    axisTick: { show: true, lineStyle: { color: "var(--axis)" } },
    splitLine: { show: false },
    axisLabel: {
      ...labels,
      show: options.labels ?? true,
      showMaxLabel: endMs % step === 0,
      formatter: (atMs: number) => `${formatCount(atMs / unitMs)} ${minutes ? "min" : "s"}`,
    },
  } as const;
}

export interface ValueScale {
  readonly max?: number;
  readonly ticks?: number;
  format(value: number): string;
}

/** A vertical axis from 0 with few lines. */
export function valueAxis({ max, ticks = 4, format }: ValueScale) {
  return {
    type: "value",
    min: 0,
    ...(max === undefined ? {} : { max, interval: max / ticks }),
    splitNumber: ticks,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: gridLines,
    axisLabel: { ...labels, formatter: format },
  } as const;
}

/** Widest label of a bound, pixels with the space beside it. */
const boundPx = 48;

/** A horizontal axis of classes between bounds: class i lies from i to i + 1, and as many bounds are named as find room. */
export function boundaryAxis(bounds: readonly string[], widthPx = 312) {
  const classes = Math.max(1, bounds.length - 1);
  const interval = Math.max(1, Math.ceil((classes * boundPx) / widthPx));
  return {
    type: "value",
    min: 0,
    max: classes,
    // Bars reach to their bounds: no room is added at the ends.
    containShape: false,
    interval,
    axisLine,
    axisTick: { show: true, lineStyle: { color: "var(--axis)" } },
    splitLine: { show: false },
    axisLabel: { ...labels, showMaxLabel: classes % interval === 0, formatter: (index: number) => bounds[index] ?? "" },
  } as const;
}

/** An axis around the amounts that are to be shown, not from 0. */
export function amountAxis(format: (value: number) => string) {
  return {
    type: "value",
    scale: true,
    boundaryGap: ["10%", "10%"],
    splitNumber: 5,
    axisLine,
    axisTick: { show: false },
    splitLine: gridLines,
    axisLabel: { ...labels, formatter: format },
  } as const;
}

/** A round upper end of an axis: the least of 1, 2, 4, 5, 8 × 10ⁿ that is not below the value. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 4, 5, 8, 10].find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function niceStep(length: number, ticks: number): number {
  const least = length / ticks;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 3, 5, 10].find((factor) => factor * power >= least) ?? 10) * power;
}

/** The window of a fault as a shaded band, cut to the run. */
export function shaded(disturbance: { readonly startMs: number; readonly endMs: number } | undefined, endMs: number) {
  if (disturbance === undefined) return {};
  const { startMs } = disturbance;
  const band = [{ xAxis: startMs }, { xAxis: Math.min(disturbance.endMs, endMs) }];
  return { markArea: { silent: true, itemStyle: { color: "var(--shade)" }, label: { show: false }, data: [band] } };
}
