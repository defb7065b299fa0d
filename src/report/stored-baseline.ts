import { Chalk } from "chalk";
import { printable } from "../document/printable.js";
import type { Baseline, BaselineDesign } from "../scoring/baseline/baseline.js";
import { comparedDesignFigures, invariantOf } from "../scoring/baseline/figures.js";
import { seedWords } from "../scoring/baseline/notes.js";
import { formatMetric } from "../scoring/metric.js";
import { endsOf, meanOf } from "../scoring/replications/mean.js";
import type { ReportOptions } from "./reporter.js";
import { withMargin } from "./table/figure.js";
import { gridLines, type Row } from "./table/grid.js";
import { type Style, verdictWord } from "./table/style.js";
import { paragraph, wrap } from "./table/text.js";

/** The columns of a run: their heads and figures. */
const columns: readonly (readonly [head: string, figure: string])[] = [
  ["stability", "stability"],
  ["drop", "dropRate"],
  ["errors", "errors"],
  ["accept\np95", "acceptMs.p95"],
  ["confirm\np95", "confirmMs.p95"],
  ["recovery", "recoveryMs"],
];

const heads: readonly string[] = ["scenario", ...columns.map(([head]) => head), "violations"];

/** What a baseline holds, for a reader at a terminal: its options, and each design's verdict and figures. */
export function storedBaseline(file: string, baseline: Baseline, { color, width }: ReportOptions): string {
  const style: Style = { chalk: new Chalk({ level: color ? 1 : 0 }), width };
  const { tool, options, designs } = baseline;
  const { seeds, decide, scale, strict, fromModelOutput } = options;
  const facts = [
    `${tool.name} ${tool.version}`,
    `seed${seeds === 1 ? "" : "s"} ${seedWords(options)}`,
    ...(decide === "interval" ? [] : [`decided by the ${decide}`]),
    ...(scale === undefined ? [] : [`scale ${scale}`]),
    ...(strict ? ["strict"] : []),
    ...(fromModelOutput === true ? ["from a model's output"] : []),
  ];
  const head = [
    ...wrap(printable(file), width).map((line) => style.chalk.bold(line)),
    ...wrap(printable(facts.join(" · ")), width).map((line) => style.chalk.dim(line)),
  ];
  const blocks = [head, ...designs.map((design) => designLines(design, seeds, style))];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function designLines(design: BaselineDesign, seeds: number, style: Style): readonly string[] {
  const { problem, canvas, verdict, options = {}, figures, scenarios } = design;
  const { scenarios: only = [], gates = [] } = options;
  const facts = [
    ...(only.length === 0 ? [] : [`only ${only.join(", ")}`]),
    ...(gates.length === 0 ? [] : [`gates ${gates.map((gate) => `\`${gate}\``).join(", ")}`]),
  ];
  const lead = `${verdictWord(verdict, style)}  `;
  const margin = verdict.length + 2;
  const [first = "", ...others] = wrap(printable(`${canvas} · ${problem}`), style.width - margin);
  const scores = comparedDesignFigures(true).flatMap((name) => {
    const column = figures[name];
    return column === undefined ? [] : [`${name} ${formatMetric(name, meanOf(column))}`];
  });
  const rows = scenarios.map(
    ({ id, figures: own }): Row => [
      printable(id),
      ...columns.map(([, name]) => cell(name, own[name] ?? [])),
      formatMetric("violations", violationsIn(own)),
    ],
  );
  return [
    `${lead}${first}`,
    ...others.map((line) => " ".repeat(margin) + line),
    ...(facts.length === 0 ? [] : paragraph("", printable(facts.join(" · ")), style.width)),
    ...paragraph("", scores.join(" · "), style.width),
    ...gridLines(heads, rows, style.width),
    ...(seeds === 1 ? [] : paragraph("", `Means over ${seeds} seeds; ± half a 95 % interval.`, style.width)),
  ];
}

function cell(name: string, column: readonly (number | null)[]): string {
  const values = column.filter((value) => value !== null);
  const ends = values.length < 2 ? null : endsOf(values);
  return withMargin(meanOf(column), ends ?? undefined, (value) => formatMetric(name, value));
}

/** Of all invariants and seeds together. */
function violationsIn(figures: BaselineDesign["figures"]): number {
  return Object.entries(figures)
    .filter(([name]) => invariantOf(name) !== null)
    .flatMap(([, column]) => column)
    .reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
