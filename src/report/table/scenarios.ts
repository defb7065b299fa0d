import { printable } from "../../document/printable.js";
import { formatMetric, readMetric } from "../../scoring/metric.js";
import { formatCount } from "../../scoring/quantity.js";
import type { Result, ScenarioResult } from "../../scoring/result.js";
import { passWord } from "../pass-word.js";
import { withMargin } from "./figure.js";
import { gridLines } from "./grid.js";
import type { Style } from "./style.js";
import { paragraph } from "./text.js";

/** The columns between a scenario's name and whether it passed: their heads and metrics. */
const columns: readonly (readonly [head: string, metric: string])[] = [
  ["offered", "offered"],
  ["delivered", "delivered"],
  ["drop", "dropRate"],
  ["errors", "errors"],
  ["accept\np95", "acceptMs.p95"],
  ["confirm\np95", "confirmMs.p95"],
  ["stability", "stability"],
];

const heads: readonly string[] = ["scenario", ...columns.map(([head]) => head), "pass"];

/** A row per run: counts, drop rate, errors, latencies, stability, and whether it passed. */
export function scenarioLines(result: Result, style: Style): readonly string[] {
  if (result.scenarios.length === 0) return [];
  const words = result.scenarios.map((scenario) => passWord(result, scenario));
  const rows = result.scenarios.map((scenario, index) => [
    printable(scenario.id),
    ...columns.map(([, metric]) => figure(scenario, metric)),
    words[index] ?? "",
  ]);
  const last = heads.length - 1;
  const colour = (cell: string, column: number) => (column === last ? colourWord(cell, style) : cell);
  return ["", ...gridLines(heads, rows, style.width, colour), ...seedsLines(result, style)];
}

function figure({ metrics, stability, impossible, intervals }: ScenarioResult, metric: string): string {
  if (impossible !== undefined) return "–";
  const value = metric === "stability" ? stability : readMetric(metrics, metric);
  return withMargin(value, intervals?.[metric], (number) =>
    metric === "stability" ? formatCount(Number(number.toFixed(1))) : formatMetric(metric, number),
  );
}

/** A word of {@link passWord} in its colour. */
export function colourWord(word: string, { chalk }: Style): string {
  if (word === "yes") return chalk.green(word);
  return word === "no" ? chalk.red(word) : chalk.yellow(word);
}

/** What the figures are, where they are of several seeds. */
function seedsLines({ seeds }: Result, style: Style): readonly string[] {
  if (seeds.length === 1) return [];
  return paragraph("", `Means over ${seeds.length} seeds; ± half a 95 % interval.`, style.width);
}
