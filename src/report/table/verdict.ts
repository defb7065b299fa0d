import { printable } from "../../document/printable.js";
import { formatCount } from "../../scoring/quantity.js";
import type { Result } from "../../scoring/result.js";
import { settingsText } from "../../scoring/settings-text.js";
import { runText, scoresText } from "../run-text.js";
import { type Style, verdictWord } from "./style.js";
import { wrap } from "./text.js";

/** The verdict and the score, then the canvas it is about. */
export function verdictLines(result: Result, style: Style): readonly string[] {
  const { canvas, score, verdict } = result;
  const word = verdictWord(verdict, style);
  const margin = verdict.length + 2;
  const name = `${formatCount(score.composite)} of 100  ${printable(canvas.name ?? canvas.file)}`;
  const [first = "", ...others] = wrap(name, style.width - margin);
  const where = printable(`${canvas.file} · ${runText(result)}`);
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
  return ["", ...wrap(scoresText(score), style.width)];
}
