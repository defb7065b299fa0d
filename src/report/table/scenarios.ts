import Table from "cli-table3";
import { printable } from "../../document/printable.js";
import { formatMetric } from "../../scoring/metric.js";
import { formatCount } from "../../scoring/quantity.js";
import type { Result, ScenarioResult } from "../../scoring/result.js";
import type { Style } from "./style.js";
import { columnsOf, wrap } from "./text.js";

const heads = [
  "scenario",
  "offered",
  "delivered",
  "drop",
  "errors",
  "accept\np95",
  "confirm\np95",
  "stability",
  "pass",
];

/** Spaces between columns, the widest that fit first. */
const gaps: readonly number[] = [3, 2, 1];

/** A scenario's name that fits with no gap is broken into lines of at least so many columns. */
const leastNameColumns = 16;

/** Rules above, below and under the head; no upright lines, which would cost nine columns. */
const chars = {
  top: "─",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "─",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};

/** A row per run: counts, drop rate, errors, latencies, stability, and whether it passed. */
export function scenarioLines(result: Result, style: Style): readonly string[] {
  if (result.scenarios.length === 0) return [];
  const rows = result.scenarios.map((scenario) => [printable(scenario.id), ...figures(scenario)]);
  const widths = heads.map((head, column) =>
    Math.max(...[...head.split("\n"), ...rows.map((row) => row[column] ?? "")].map(columnsOf)),
  );
  const { gap, nameColumns } = layOut(widths, style.width);
  const table = new Table({
    chars,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
    colWidths: widths.map((width, column) => (column === 0 ? nameColumns : width + gap)),
    colAligns: heads.map((_, column) => (column === 0 ? "left" : "right")),
  });
  table.push(heads.map((head) => ({ content: head, vAlign: "bottom" as const })));
  table.push(heads.map((_, column) => "─".repeat(column === 0 ? nameColumns : (widths[column] ?? 0) + gap)));
  for (const [index, row] of rows.entries()) {
    const [name = "", ...cells] = row;
    const pass = result.scenarios[index]?.pass === true;
    const coloured = cells.map((cell, column) => (column === cells.length - 1 ? colour(cell, pass, style) : cell));
    table.push([wrap(name, nameColumns).join("\n"), ...coloured]);
  }
  return [
    "",
    ...table
      .toString()
      .split("\n")
      .map((line) => line.trimEnd()),
  ];
}

function figures(scenario: ScenarioResult): readonly string[] {
  const { metrics, stability, truncated } = scenario;
  if (scenario.impossible !== undefined) return ["–", "–", "–", "–", "–", "–", "–", "no"];
  return [
    formatCount(metrics.offered),
    formatCount(metrics.delivered),
    formatMetric("dropRate", metrics.dropRate),
    formatCount(metrics.errors),
    formatMetric("acceptMs.p95", metrics.acceptMs.p95),
    formatMetric("confirmMs.p95", metrics.confirmMs.p95),
    formatMetric("stability", Number(stability.toFixed(1))),
    truncated ? "cut" : scenario.pass ? "yes" : "no",
  ];
}

/** The widest gap with which the names fit; with the narrowest the names are wrapped. */
function layOut(widths: readonly number[], width: number): { readonly gap: number; readonly nameColumns: number } {
  const [name = 0, ...others] = widths;
  const figuresWidth = others.reduce((sum, columns) => sum + columns, 0);
  const room = (gap: number) => width - figuresWidth - gap * others.length;
  const whole = gaps.find((gap) => room(gap) >= name);
  if (whole !== undefined) return { gap: whole, nameColumns: name };
  const wrapped = gaps.find((gap) => room(gap) >= leastNameColumns) ?? 1;
  return { gap: wrapped, nameColumns: Math.max(1, room(wrapped)) };
}

function colour(cell: string, pass: boolean, { chalk }: Style): string {
  if (cell === "cut") return chalk.yellow(cell);
  return pass ? chalk.green(cell) : chalk.red(cell);
}
