import type { RankedDesign } from "../../scoring/comparison/comparison.js";
import { formatCount, formatUsd } from "../../scoring/quantity.js";
import { amountAxis, chartText } from "./axes.js";
import { chart } from "./chart.js";
import { html, type Markup, nothing } from "./markup.js";
import type { DesignView } from "./view.js";

interface Mark {
  readonly place: number;
  readonly label: string;
  readonly usd: number;
  readonly score: number;
  readonly onFront: boolean;
}

/** Score against monthly cost: filled is what no other design beats on both, joined by a line; numbers are rows of the key. */
export function paretoChart(ranking: readonly RankedDesign[], views: readonly DesignView[]): Markup {
  const marks = ranking.flatMap(({ design, label, onFront }, index): readonly Mark[] => {
    const result = views[design]?.result;
    if (result === undefined || result.verdict === "invalid") return [];
    const { composite } = result.score;
    return [{ place: index + 1, label, usd: result.cost.effectiveMonthlyUsd, score: composite, onFront }];
  });
  if (marks.length === 0) return nothing;
  const front = marks
    .filter(({ onFront }) => onFront)
    .sort((left, right) => left.usd - right.usd || left.score - right.score);
  const names = front.map(({ label }) => label).join(", ");
  const sentence = `Best for their cost: ${names === "" ? "none" : names}.`;
  const point = ({ usd, score, place }: Mark) => ({
    value: [usd, score],
    // Designs that lie close together have their numbers above and below.
    label: { formatter: String(place), position: place % 2 === 1 ? "top" : "bottom" },
  });
  const scatter = (chosen: readonly Mark[], filled: boolean) => ({
    type: "scatter",
    silent: true,
    clip: false,
    symbolSize: 11,
    emphasis: { disabled: true },
    itemStyle: { color: filled ? "var(--accepted)" : "var(--paper)", borderColor: "var(--accepted)", borderWidth: 2 },
    label: { show: true, color: chartText, fontSize: 12 },
    data: chosen.map(point),
  });
  const picture = chart(
    { id: "pareto", width: 560, height: 300, title: "Score against monthly cost", description: sentence },
    {
      grid: { left: 44, right: 30, top: 14, bottom: 34 },
      xAxis: amountAxis(formatUsd),
      yAxis: amountAxis(formatCount),
      series: [
        {
          type: "line",
          step: "end",
          silent: true,
          clip: false,
          showSymbol: false,
          emphasis: { disabled: true },
          lineStyle: { color: "var(--accepted)", width: 1.5, type: [4, 3] },
          data: front.map(({ usd, score }) => [usd, score]),
        },
        scatter(
          marks.filter(({ onFront }) => !onFront),
          false,
        ),
        scatter(front, true),
      ],
    },
  );
  const key = marks.map(
    ({ label, usd, score, onFront }) =>
      html`<li>${label}: ${formatCount(score)} for ${formatUsd(usd)}${onFront ? "" : ", another is better for its cost"}</li>`,
  );
  return html`<figure class="pareto"><figcaption><span class="sentence">Score from 0 to 100 against US dollars a month. ${sentence}</span></figcaption>${picture}<ol>${key}</ol></figure>`;
}
