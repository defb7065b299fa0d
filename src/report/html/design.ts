import { formatCount, formatUsd } from "../../scoring/quantity.js";
import type { Result } from "../../scoring/result.js";
import { withSettings } from "../design-name.js";
import { runText } from "../run-text.js";
import { baselinePart } from "./baseline.js";
import { canvasDrawing } from "./canvas-drawing.js";
import { canvasTables } from "./canvas-tables.js";
import { reasons } from "./criteria.js";
import { figure, verdictBadge } from "./figure.js";
import { grid } from "./grid.js";
import { html, type Markup, nothing, trusted, when } from "./markup.js";
import { scenarioDetails, scenarioTable } from "./scenario.js";
import { traces } from "./traces.js";
import { type DesignView, failedComponents } from "./view.js";

/** A part of a design's report; one that has nothing to tell is left out, of the contents as well. */
interface Part {
  readonly name: string;
  readonly title: string;
  readonly body: Markup;
}

/** The parts in reading order: why first, how to get it again last. */
function partsOf(view: DesignView, quiet: boolean): readonly Part[] {
  const { result } = view;
  const why = { name: "why", title: "Why", body: reasons(view) };
  const how = { name: "traces", title: "How it happened", body: traces(view) };
  const repeat = { name: "repeat", title: "Repeat", body: repeatPart(result) };
  if (result.verdict === "invalid") return [why, repeat];
  const baseline = { name: "baseline", title: "Baseline", body: baselinePart(view.baseline) };
  if (quiet) return [why, baseline, how, repeat].filter(({ body }) => body.text !== "");
  const scenarios = html`${scenarioTable(view)}${result.scenarios.map((scenario) => scenarioDetails(view, scenario))}`;
  const all = [
    why,
    baseline,
    { name: "scores", title: "Scores", body: scorePart(result) },
    { name: "canvas", title: "Canvas", body: canvasPart(view) },
    { name: "scenarios", title: "Scenarios", body: scenarios },
    how,
    { name: "cost", title: "Cost", body: costPart(result) },
    { name: "findings", title: "Findings and warnings", body: findingsPart(result) },
    { name: "assumptions", title: "Assumptions", body: assumptionsPart(result) },
    repeat,
  ];
  return all.filter(({ body }) => body.text !== "");
}

/** Everything about one design. */
export function designArticle(view: DesignView, quiet: boolean): Markup {
  const { result, id, name, alone } = view;
  const { canvas, score, verdict } = result;
  const parts = partsOf(view, quiet);
  const links = parts.map(({ name: part, title }) => html`<li><a href="#${id}-${part}">${title}</a></li>`);
  const sections = parts.map(
    ({ name: part, title, body }) => html`<section id="${id}-${part}"><h3>${title}</h3>\n${body}</section>\n`,
  );
  const points =
    verdict === "invalid" ? nothing : html` <span class="score"><strong>${score.composite}</strong> of 100</span>`;
  const settings = when(canvas.set !== undefined, () => html` <span class="quiet">${withSettings("", canvas)}</span>`);
  const worse = when(
    view.baseline?.regressed === true,
    () => html` ${verdictBadge("fail", "worse than the baseline")}`,
  );
  return html`<article id="${id}" class="design" aria-labelledby="${id}-name">
<header><p class="verdict">${verdictBadge(verdict)}${points}${worse}</p><h2 id="${id}-name">${canvas.name ?? canvas.file}${settings}</h2><p class="quiet">${canvas.file} · ${runText(result)}</p></header>
<nav aria-label="Parts of ${alone ? name : `${id}, ${name}`}"><ul class="parts">${links}</ul></nav>
${sections}</article>\n`;
}

const scoreNames = ["stability", "delivery", "design", "constraints", "cost"] as const;

/** A bar from 0 to 100 that only repeats a number that stands beside it. */
function bar(value: number): Markup {
  const width = Math.round(Math.min(100, Math.max(0, value)) * 10) / 10;
  return trusted(
    `<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" width="100" height="8" aria-hidden="true" focusable="false"><rect class="rest" width="100" height="8"/><rect class="part" width="${width}" height="8"/></svg>`,
  );
}

function scorePart({ score }: Result): Markup {
  const format = (value: number) => formatCount(Number(value.toFixed(1)));
  const rows = [
    [
      html`<strong>composite</strong>`,
      figure(score.composite, score.intervals?.composite, format),
      bar(score.composite),
    ],
    ...scoreNames.map((name) => [name, figure(score[name], score.intervals?.[name], format), bar(score[name])]),
  ];
  return grid("Scores from 0 to 100", [{ head: "score" }, { head: "of 100", numeric: true }, { head: "" }], rows);
}

function canvasPart(view: DesignView): Markup {
  const { design, id, result } = view;
  if (design.canvas === null) return nothing;
  const failed = failedComponents(view);
  const disturbed = result.scenarios
    .filter(({ disturbance }) => disturbance !== undefined && disturbance.targets.length > 0)
    .map(({ id: scenario, disturbance }) => `${scenario} disturbs ${disturbance?.targets.join(", ")}`);
  const legend = [
    "A dashed line makes no caller wait, or is taken in another case than success.",
    ...(failed.size > 0 ? ["A thick border marks a component that causes a failure above."] : []),
    ...(disturbed.length > 0 ? [`${disturbed.join("; ")}.`] : []),
  ].join(" ");
  return html`${canvasDrawing(design.canvas, failed, `${id}-drawing`)}<p class="quiet">${legend}</p>${canvasTables(design.canvas)}`;
}

function costPart({ cost }: Result): Markup {
  const { budgetMonthlyUsd, declaredMonthlyUsd, effectiveMonthlyUsd, peakMonthlyUsd, offPeakMonthlyUsd } = cost;
  const budget = budgetMonthlyUsd === null ? "no budget" : `budget ${formatUsd(budgetMonthlyUsd)}`;
  const sentence = `${budget}, ${formatUsd(declaredMonthlyUsd)} declared; ${formatUsd(peakMonthlyUsd)} if the busiest second lasted all month, ${formatUsd(offPeakMonthlyUsd)} for the quietest.`;
  const rows = [...cost.components]
    .sort((left, right) => right.effective - left.effective)
    .map(({ id, declared, floor, effective }) => [id, formatUsd(declared), formatUsd(floor), formatUsd(effective)]);
  const heads = ["declared", "least for its load", "counted"].map((head) => ({ head, numeric: true }));
  return html`<p><strong>${formatUsd(effectiveMonthlyUsd)}</strong> a month; ${sentence}</p><details><summary>By component</summary>${grid("Monthly cost by component", [{ head: "component" }, ...heads], rows)}</details>`;
}

function findingsPart({ findings, warnings }: Result): Markup {
  const items = [
    ...findings.map(
      ({ code, severity, message }) =>
        html`<li class="${severity}"><strong>${severity}</strong> <code>${code}</code> ${message}</li>`,
    ),
    ...warnings.map((warning) => html`<li class="warning"><strong>warning</strong> ${warning}</li>`),
  ];
  return when(items.length > 0, () => html`<ul>${items}</ul>`);
}

function assumptionsPart({ assumptions, cost }: Result): Markup {
  if (assumptions.length === 0) return nothing;
  // The cost lists every component in the canvas's order; assumptions come as they were made.
  const position = new Map(cost.components.map(({ id }, index) => [id, index]));
  const positionOf = (id: string): number => position.get(id) ?? position.size;
  const rows = [...assumptions]
    .sort((left, right) => positionOf(left.component) - positionOf(right.component))
    .map(({ component, field, value, because }) => [component, html`<code>${field}</code>`, String(value), because]);
  const columns = ["component", "field", "value", "because"].map((head) => ({ head }));
  return html`<p>${assumptions.length} values that the canvas does not state were filled in.</p><details><summary>All of them</summary>${grid("Assumptions", columns, rows)}</details>`;
}

function repeatPart({ repeat, tool, canvas }: Result): Markup {
  const checksum = canvas.sha256 === "" ? nothing : html` Canvas SHA-256: <code>${canvas.sha256}</code>.`;
  return html`<pre><code>${repeat}</code></pre><p class="quiet">${tool.name} ${tool.version}.${checksum}</p>`;
}
