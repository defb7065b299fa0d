import type { Result } from "../scoring/result.js";

/** The problem and how it was run: `chini-002-checkout · seeds 42 to 61 · scale 0.5`; the scale where one was asked for. */
export function runText({ problem, seeds, scale }: Pick<Result, "problem" | "seeds" | "scale">): string {
  return `${problem} · ${seedsText(seeds)}${scale === undefined ? "" : ` · scale ${scale}`}`;
}

/** `seed 42`, or `seeds 42 to 61`: replications take numbers that follow one another. */
export function seedsText(seeds: readonly number[]): string {
  return seeds.length > 1 ? `seeds ${seeds[0]} to ${seeds.at(-1)}` : `seed ${seeds[0]}`;
}

/** The five sub-scores in one line: `stability 71.3 · delivery 100 · …`. */
export function scoresText({ stability, delivery, design, constraints, cost }: Result["score"]): string {
  return Object.entries({ stability, delivery, design, constraints, cost })
    .map(([name, value]) => `${name} ${Number(value.toFixed(1))}`)
    .join(" · ");
}
