import { formatDuration } from "../../scoring/quantity.js";
import type { ScenarioResult } from "../../scoring/result.js";
import type { Point } from "./series.js";

/** How a line is drawn: never told from others by its colour alone. */
export interface Stroke {
  readonly colour: string;
  readonly kind: "area" | "line" | "thick";
}

const widths: Readonly<Record<Stroke["kind"], number>> = { area: 0, line: 1.4, thick: 3.4 };

/** A line, or the area below it, without marks on its points. */
export function lineSeries({ colour, kind }: Stroke, data: readonly Point[]) {
  return {
    type: "line",
    data,
    silent: true,
    clip: false,
    showSymbol: false,
    emphasis: { disabled: true },
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: widths[kind] },
    ...(kind === "area" ? { areaStyle: { color: colour, opacity: 1 } } : {}),
  } as const;
}

/** What the shading of a chart over time says; nothing where there is none. */
export function shadingText({ disturbance }: ScenarioResult): string {
  if (disturbance === undefined) return "";
  return ` Disturbed from ${formatDuration(disturbance.startMs)} to ${formatDuration(disturbance.endMs)} (shaded).`;
}
