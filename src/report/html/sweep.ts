import type { BaselineComparison } from "../../scoring/baseline/compare.js";
import type { Sweep } from "../../scoring/sweep/sweep.js";
import { baselineWord } from "../baseline-text.js";
import { runText } from "../run-text.js";
import {
  figureHeads,
  fixedText,
  passingText,
  pathHead,
  rowFigures,
  rowValues,
  steadyGates,
  triedText,
  turningGates,
  turnsNowhere,
  turnsTitle,
} from "../sweep-text.js";
import { verdictBadge } from "./figure.js";
import { grid } from "./grid.js";
import { html, type Markup, nothing, when } from "./markup.js";
import type { DesignView } from "./view.js";

/** Variants of one canvas beside each other: a row each with a link to its report, and where each gate turns. */
function sweepSection(
  sweep: Sweep,
  index: number,
  views: readonly DesignView[],
  baselines: readonly BaselineComparison[] | undefined,
): Markup {
  const { file, name, rows, repeat } = sweep;
  const fixed = fixedText(sweep);
  const passing = passingText(sweep);
  const id = `sweep${index + 1}`;
  return html`<section id="${id}" aria-labelledby="${id}-name"><h2 id="${id}-name">${name ?? file}</h2>
<p class="quiet">${file} · ${runText(views[rows[0]!.design]!.result)}</p><p>${triedText(sweep)}${when(fixed !== "", () => html`, ${fixed}`)}</p>
${variantTable(sweep, views, baselines)}
<h3>${turnsTitle(sweep)}</h3>\n${turningList(sweep)}${steadyLists(sweep)}${when(passing !== "", () => html`<p>${passing}</p>`)}
<h3>Repeat</h3>\n<pre><code>${repeat}</code></pre></section>\n`;
}

function variantTable(
  sweep: Sweep,
  views: readonly DesignView[],
  baselines: readonly BaselineComparison[] | undefined,
): Markup {
  const { paths, rows } = sweep;
  const columns = [
    ...paths.map(({ path }) => ({ head: pathHead(path) })),
    { head: "verdict" },
    ...figureHeads.map((head) => ({ head, numeric: true })),
    ...(baselines === undefined ? [] : [{ head: "baseline" }]),
    { head: "report" },
  ];
  const cells = rows.map((row) => {
    const { id, name } = views[row.design]!;
    return [
      ...rowValues(row),
      verdictBadge(row.verdict),
      ...rowFigures(row),
      ...(baselines === undefined ? [] : [baselineWord(baselines[row.design]!)]),
      html`<a href="#${id}" aria-label="in full: ${name}">in full</a>`,
    ];
  });
  return grid("Variants", columns, cells);
}

function turningList(sweep: Sweep): Markup {
  const items = turningGates(sweep).map(({ name, courses }) => {
    const [only] = courses;
    if (sweep.paths.length === 1) return html`<li><strong>${name}</strong>: ${only}</li>\n`;
    return html`<li><strong>${name}</strong><ul>${courses.map((course) => html`<li>${course}</li>`)}</ul></li>\n`;
  });
  return items.length === 0 ? html`<p>${turnsNowhere}</p>` : html`<ul>${items}</ul>\n`;
}

function steadyLists(sweep: Sweep): readonly Markup[] {
  return steadyGates(sweep).map(
    ({ verdict, title, gates }) =>
      html`<div class="reasons ${verdict}"><h4>${title} (${gates.length})</h4><ul class="plain">${gates.map((gate) => html`<li>${gate}</li>`)}</ul></div>\n`,
  );
}

/** Nothing where there are no sweeps. */
export function sweepSections(
  sweeps: readonly Sweep[] | undefined,
  views: readonly DesignView[],
  baselines: readonly BaselineComparison[] | undefined,
): Markup {
  if (sweeps === undefined) return nothing;
  return html`${sweeps.map((sweep, index) => sweepSection(sweep, index, views, baselines))}`;
}
