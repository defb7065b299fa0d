import { formatUsd } from "../../scoring/quantity.js";
import { baselineWord } from "../baseline-text.js";
import { verdictCounts } from "../verdict-counts.js";
import { figure, verdictBadge } from "./figure.js";
import { grid } from "./grid.js";
import { html, type Markup, when } from "./markup.js";
import type { DesignView } from "./view.js";

/** A row per design, each with a link to what is told of it. */
export function overview(views: readonly DesignView[]): Markup {
  const counts = verdictCounts(views.map(({ result }) => result));
  const withBaseline = views.some(({ baseline }) => baseline !== undefined);
  const rows = views.map(({ id, name, listed, result, baseline }) => {
    const invalid = result.verdict === "invalid";
    const missed = result.criteria.filter(({ verdict }) => verdict === "fail").length;
    const broken = new Set(result.invariants.filter(({ verdict }) => verdict === "fail").map((row) => row.id)).size;
    return [
      html`<a href="#${id}">${name}</a>${when(listed !== name, () => html` <span class="quiet line">${listed}</span>`)}`,
      verdictBadge(result.verdict),
      invalid
        ? "–"
        : figure(result.score.composite, result.score.intervals?.composite, (value) =>
            String(Number(value.toFixed(1))),
          ),
      invalid ? "–" : formatUsd(result.cost.effectiveMonthlyUsd),
      invalid ? "–" : String(missed),
      invalid ? "–" : String(broken),
      ...(withBaseline ? [baseline === undefined ? "–" : baselineWord(baseline)] : []),
    ];
  });
  const columns = [
    { head: "design" },
    { head: "verdict" },
    { head: "score", numeric: true },
    { head: "a month", numeric: true },
    { head: "criteria missed", numeric: true },
    { head: "invariants broken", numeric: true },
    ...(withBaseline ? [{ head: "baseline" }] : []),
  ];
  return html`<section id="overview"><h2>${views.length} designs: ${counts}</h2>\n${grid("Designs", columns, rows)}</section>\n`;
}
