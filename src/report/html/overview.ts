import { formatUsd } from "../../scoring/quantity.js";
import { figure, verdictBadge } from "./figure.js";
import { grid } from "./grid.js";
import { html, type Markup } from "./markup.js";
import type { DesignView } from "./view.js";

/** A row per design, each with a link to what is told of it. */
export function overview(views: readonly DesignView[]): Markup {
  const counts = (["pass", "fail", "inconclusive", "invalid"] as const)
    .map((verdict) => ({ verdict, count: views.filter(({ result }) => result.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`);
  const rows = views.map(({ id, name, result }) => {
    const invalid = result.verdict === "invalid";
    const missed = result.criteria.filter(({ verdict }) => verdict === "fail").length;
    const broken = new Set(result.invariants.filter(({ verdict }) => verdict === "fail").map((row) => row.id)).size;
    return [
      html`<a href="#${id}">${name}</a>`,
      verdictBadge(result.verdict),
      invalid
        ? "–"
        : figure(result.score.composite, result.score.intervals?.composite, (value) =>
            String(Number(value.toFixed(1))),
          ),
      invalid ? "–" : formatUsd(result.cost.effectiveMonthlyUsd),
      invalid ? "–" : String(missed),
      invalid ? "–" : String(broken),
      result.canvas.file,
    ];
  });
  const columns = [
    { head: "design" },
    { head: "verdict" },
    { head: "score", numeric: true },
    { head: "a month", numeric: true },
    { head: "criteria missed", numeric: true },
    { head: "invariants broken", numeric: true },
    { head: "file" },
  ];
  return html`<section id="overview"><h2>${views.length} designs: ${counts.join(", ")}</h2>\n${grid("Designs", columns, rows)}</section>\n`;
}
