import type { ChalkInstance } from "chalk";
import type { Result } from "../../scoring/result.js";

/** What every part of the report is drawn with. */
export interface Style {
  readonly chalk: ChalkInstance;
  /** Most columns of a line. */
  readonly width: number;
}

type Verdict = Result["verdict"];

/** A verdict as a word in its colour. */
export function verdictWord(verdict: Verdict, { chalk }: Style): string {
  const colours: Readonly<Record<Verdict, ChalkInstance>> = {
    pass: chalk.green,
    fail: chalk.red,
    inconclusive: chalk.yellow,
    invalid: chalk.red,
  };
  return colours[verdict].bold(verdict.toUpperCase());
}

/** A heading with an empty line before it. */
export function heading(text: string, { chalk }: Style): readonly string[] {
  return ["", chalk.bold(text)];
}
