import type { Comparison, FigureDifference, RankedDesign } from "../../scoring/comparison/comparison.js";
import { signedMetric } from "../../scoring/metric.js";
import { formatCount, formatUsd } from "../../scoring/quantity.js";
import { type PassWord, passWord } from "../pass-word.js";
import { seedsText } from "../run-text.js";
import { differenceWord, verdictBadge } from "./figure.js";
import { grid } from "./grid.js";
import { html, type Markup, nothing, when } from "./markup.js";
import { paretoChart } from "./pareto-chart.js";
import type { DesignView } from "./view.js";

/** Designs beside each other: who is ahead, where each passes, how they differ, and what a point of score costs. */
export function comparisonSection(comparison: Comparison, views: readonly DesignView[]): Markup {
  const { ranking, seeds } = comparison;
  if (ranking.length === 0) return nothing;
  const range = seeds.length > 1 ? `${seeds.length} common ${seedsText(seeds)}` : seedsText(seeds);
  return html`<section id="comparison"><h2>Comparison</h2><p class="quiet">On ${range}: the same arrivals and the same luck for each design.</p>
<h3>Ranking</h3>\n${rankingTable(comparison, views)}
<h3>Scenarios</h3>\n${matrix(ranking, views)}
<h3>Score against cost</h3>\n${paretoChart(ranking, views)}
<h3>Differences</h3>\n${differences(comparison, views)}</section>\n`;
}

function link(view: DesignView | undefined, label: string): Markup {
  return view === undefined ? html`${label}` : html`<a href="#${view.id}">${label}</a>`;
}

function rankingTable({ ranking, reference }: Comparison, views: readonly DesignView[]): Markup {
  const rows = ranking.map(({ design, rank, label, passes, outOf, onFront }) => {
    const view = views[design]!;
    const { verdict, score, cost } = view.result;
    const place = rank === null ? "–" : `${rank}.`;
    // A design may be called "reference".
    const role = when(design === reference, () => html` <span class="quiet">the others are compared with it</span>`);
    return [
      html`${place} ${link(view, label)}${role}`,
      verdictBadge(verdict),
      ...(rank === null
        ? ["–", "–", "–", "–"]
        : [
            String(score.composite),
            formatUsd(cost.effectiveMonthlyUsd),
            `${passes} of ${outOf}`,
            onFront ? "yes" : "no",
          ]),
    ];
  });
  const heads = ["score", "a month", "passed", "best for its cost"].map((head) => ({ head, numeric: true }));
  return grid("Ranking", [{ head: "design" }, { head: "verdict" }, ...heads], rows);
}

const words: Readonly<Record<PassWord, readonly [verdict: "pass" | "fail" | "inconclusive", word: string]>> = {
  yes: ["pass", "pass"],
  no: ["fail", "fail"],
  cut: ["inconclusive", "cut"],
  "?": ["inconclusive", "?"],
};

/** Designs down, scenarios across: whether each passed, and its stability. */
function matrix(ranking: readonly RankedDesign[], views: readonly DesignView[]): Markup {
  const scenarios = [...new Set(views.flatMap(({ result }) => result.scenarios.map(({ id }) => id)))];
  const rows = ranking.map(({ design, label }) => {
    const view = views[design];
    const cells = scenarios.map((id) => {
      const run = view?.result.scenarios.find((scenario) => scenario.id === id);
      if (view === undefined || run === undefined) return "–";
      const [verdict, word] = words[passWord(view.result, run)];
      return html`${verdictBadge(verdict, word)} ${formatCount(Number(run.stability.toFixed(1)))}`;
    });
    return [link(view, label), ...cells];
  });
  return html`${grid("Stability of each design in each scenario", [{ head: "design" }, ...scenarios.map((id) => ({ head: id, numeric: true }))], rows)}<p class="quiet">Figures are the stability, from 0 to 100.</p>`;
}

function differenceRow({
  scenario,
  figure,
  difference,
  interval,
  word,
}: FigureDifference): readonly (string | Markup)[] {
  const ends = interval === null ? "–" : interval.map((end) => signedMetric(figure, end)).join(" to ");
  return [
    html`${scenario ?? "whole design"} <code>${figure}</code>`,
    difference === null ? "none" : signedMetric(figure, difference),
    ends,
    differenceWord(word),
  ];
}

function differences({ differences: all, ranking, reference }: Comparison, views: readonly DesignView[]): Markup {
  const labelOf = (design: number) =>
    ranking.find((ranked) => ranked.design === design)?.label ?? views[design]?.name ?? "";
  if (reference === null || all.length === 0) return html`<p>There is no other design to compare with.</p>`;
  const columns = [
    { head: "figure" },
    { head: "difference", numeric: true },
    { head: "95 % interval", numeric: true },
    { head: "" },
  ];
  const parts = all.map(({ design, figures }) => {
    const told = figures.filter(({ word }) => word !== "no difference shown");
    const silent = figures.length - told.length;
    const counts = (["better", "worse", "different", "unknown"] as const)
      .map((word) => ({ word, count: told.filter((row) => row.word === word).length }))
      .filter(({ count }) => count > 0)
      .map(({ word, count }) => `${count} ${word}`);
    const label = labelOf(design);
    const title = html`${label} <span class="quiet">${counts.length === 0 ? "no difference shown" : counts.join(", ")}</span>`;
    const table = grid(`${label} less ${labelOf(reference)}`, columns, told.map(differenceRow));
    return html`<details open><summary>${title}</summary>${table}${silent === 0 ? nothing : html`<p class="quiet">No difference shown in ${silent} more.</p>`}</details>\n`;
  });
  return html`<p>Each less the reference, ${link(views[reference], labelOf(reference))}.</p>${parts}`;
}
