import { printable } from "../../../document/printable.js";
import type { JudgedDesign } from "../../../evaluation/design.js";
import type { Comparison } from "../../../scoring/comparison/comparison.js";
import { meanFigure } from "../../../scoring/comparison/figures.js";
import { formatUsd } from "../../../scoring/quantity.js";
import { heading, type Style } from "../style.js";
import { paragraph } from "../text.js";
import { oneDecimal } from "./ranking.js";

/** The Pareto front of score against cost, the cheapest design first. */
export function frontLines(designs: readonly JudgedDesign[], { ranking }: Comparison, style: Style): readonly string[] {
  const rows = ranking
    .filter(({ onFront }) => onFront)
    .map(({ design, label }) => {
      const { samples } = designs[design]!;
      return {
        label: printable(label),
        composite: meanFigure(samples, "composite") ?? 0,
        monthlyUsd: meanFigure(samples, "effectiveMonthlyUsd") ?? 0,
      };
    })
    .sort((left, right) => left.monthlyUsd - right.monthlyUsd);
  if (rows.length === 0) return [];
  const money = rows.map(({ monthlyUsd }) => formatUsd(monthlyUsd));
  const moneyColumns = Math.max(...money.map((text) => text.length));
  return [
    ...heading("Score against cost: none scores as high for as little", style),
    ...rows.flatMap(({ label, composite }, index) => {
      const cost = `${money[index]!.padStart(moneyColumns)} a month`;
      return paragraph(`  ${cost}  ${oneDecimal(composite).padStart(5)}  `, label, style.width);
    }),
  ];
}
