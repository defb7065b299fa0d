import type { ScenarioResult } from "../../scoring/result.js";

/** Most points of a line: more than a chart of this width can show. */
export const mostPoints = 300;

/** A point of a line: virtual time in milliseconds, and the value; null leaves a gap. */
export type Point = readonly [atMs: number, value: number | null];

type Values = readonly (number | null)[];

/** Windows of so many values give at most `most` points. */
function windowOf(length: number, most: number): number {
  return Math.max(1, Math.ceil(length / most));
}

/**
 * A series with at most `most` points: of each window of neighbours the extreme stays, so that no peak is lost.
 * @param keep the extreme that tells: the largest, or of a health the smallest
 */
export function thinned(values: Values, most: number, keep: "largest" | "smallest" = "largest"): Values {
  const window = windowOf(values.length, most);
  if (window === 1) return values;
  const kept: (number | null)[] = [];
  for (let start = 0; start < values.length; start += window)
    kept.push(extreme(values.slice(start, start + window), keep));
  return kept;
}

/** The largest or smallest value; null where there is none. */
export function extreme(values: Values, keep: "largest" | "smallest" = "largest"): number | null {
  let found: number | null = null;
  for (const value of values) {
    if (value === null) continue;
    if (found === null || (keep === "largest" ? value > found : value < found)) found = value;
  }
  return found;
}

/** The values as points in the middle of their windows, rounded to four significant digits. */
export function points(values: Values, intervalMs: number, most = mostPoints, keep?: "largest" | "smallest"): Point[] {
  const windowMs = windowOf(values.length, most) * intervalMs;
  return thinned(values, most, keep).map((value, index) => [
    (index + 0.5) * windowMs,
    value === null ? null : Number(value.toPrecision(4)),
  ]);
}

type Timeline = ScenarioResult["timeline"];

/** Where the time axis of a run ends, milliseconds. */
export function endOf({ offered, intervalMs }: Timeline): number {
  return Math.max(1, offered.length) * intervalMs;
}

/** Counts per window as rates per second. */
export function perSecond(counts: readonly number[], intervalMs: number): readonly number[] {
  return counts.map((count) => (count * 1000) / intervalMs);
}
