import { printable } from "../../document/printable.js";
import { formatCount } from "../../scoring/quantity.js";
import type { Result } from "../../scoring/result.js";
import { settingsText } from "../../scoring/settings-text.js";
import { type Style, verdictWord } from "./style.js";
import { wrap } from "./text.js";

/** Decimals of a sub-score. */
const scoreDigits = 1;

/** The verdict and the score, then the canvas it is about. */
export function verdictLines(result: Result, style: Style): readonly string[] {
  const { canvas, score, verdict } = result;
  const word = verdictWord(verdict, style);
  const margin = verdict.length + 2;
  const name = `${formatCount(score.composite)} of 100  ${printable(canvas.name ?? canvas.file)}`;
  const [first = "", ...others] = wrap(name, style.width - margin);
  const where = `${printable(canvas.file)} · ${describeRun(result)}`;
  const set = canvas.set === undefined ? [] : wrap(`with ${settingsText(canvas.set)}`, style.width);
  return [
    `${word}  ${style.chalk.bold(first)}`,
    ...others.map((line) => " ".repeat(margin) + style.chalk.bold(line)),
    ...wrap(where, style.width).map((line) => style.chalk.dim(line)),
    ...set.map((line) => style.chalk.yellow(line)),
  ];
}

/** The five sub-scores in one line. */
export function scoreLines({ score }: Result, style: Style): readonly string[] {
  const { stability, delivery, design, constraints, cost } = score;
  const parts = Object.entries({ stability, delivery, design, constraints, cost }).map(
    ([name, value]) => `${name} ${Number(value.toFixed(scoreDigits))}`,
  );
  return ["", ...wrap(parts.join(" · "), style.width)];
}

/** The problem and how it was run: `chini-002-checkout · seed 42`. */
export function describeRun({ problem, seeds, scale }: Result): string {
  return `${printable(problem)} · ${describeSeeds(seeds)}${describeScale(scale)}`;
}

/** The share of the full load, where one was asked for. */
function describeScale(scale: number | undefined): string {
  return scale === undefined ? "" : ` · scale ${scale}`;
}

/** `seed 42`, or `seeds 42 to 61`: replications take numbers that follow one another. */
export function describeSeeds(seeds: readonly number[]): string {
  return seeds.length > 1 ? `seeds ${seeds[0]} to ${seeds.at(-1)}` : `seed ${seeds[0]}`;
}
