import { runnableCriterion } from "../../scoring/criteria.js";
import { leastExposure } from "../../scoring/invariants.js";
import { formatCount } from "../../scoring/quantity.js";
import type { CriterionResult, InvariantResult } from "../../scoring/result.js";
import { actualText, howToDecide, limitText } from "../criterion-text.js";
import { grouped } from "../groups.js";
import { html, type Markup, nothing, when } from "./markup.js";
import { type DesignView, scenarioId } from "./view.js";

/** A link to a scenario's part of the document. */
export function scenarioLink(view: DesignView, scenario: string): Markup {
  return html`<a href="#${scenarioId(view, scenario)}">${scenario}</a>`;
}

/** A limit in the unit of its metric; a scenario has to be possible for the criterion that it can be run. */
export function expectation(criterion: CriterionResult): string {
  return criterion.id === runnableCriterion ? "can be run" : limitText(criterion);
}

function criterionText(view: DesignView, criterion: CriterionResult): Markup {
  const { scenario, metric, id } = criterion;
  const place = scenario === null ? nothing : html`${scenarioLink(view, scenario)} `;
  if (id === runnableCriterion) return html`${place}cannot be run`;
  return html`${place}<code>${metric}</code> <strong>${actualText(criterion)}</strong>, expected ${expectation(criterion)}`;
}

/** Criteria of one cause stand together, with the cause told once. */
function criteriaItems(view: DesignView, criteria: readonly CriterionResult[]): readonly Markup[] {
  const byCause = grouped(criteria, ({ cause, id, scenario }) => cause?.message ?? `${scenario ?? ""} ${id}`);
  return [...byCause.values()].map((same) => {
    const [first] = same;
    const lines = same.map((criterion) => html`<li>${criterionText(view, criterion)}</li>`);
    const cause = first?.cause === undefined ? nothing : html`<p class="cause">${first.cause.message}</p>`;
    return html`<li><ul class="plain">${lines}</ul>${cause}</li>`;
  });
}

function brokenItem(view: DesignView, rows: readonly InvariantResult[]): Markup {
  const violations = rows.reduce((sum, row) => sum + row.violations, 0);
  const runs = rows.map(
    (row, index) =>
      html`${index > 0 ? ", " : ""}${scenarioLink(view, row.scenario)} ${formatCount(row.violations)} of ${formatCount(row.exposure)} exposed`,
  );
  const causes = [...new Set(rows.flatMap(({ cause }) => (cause === undefined ? [] : [cause.message])))];
  const traced = rows.some(({ examples }) => examples.length > 0);
  return html`<li><code>${rows[0]?.id}</code> <strong>${formatCount(violations)} violation${violations === 1 ? "" : "s"}</strong>: ${runs}${causes.map(
    (cause) => html`<p class="cause">${cause}</p>`,
  )}${when(traced, () => html`<p><a href="#${view.id}-traces">How it happened, step by step</a></p>`)}</li>`;
}

function untestedItems({ result: { invariants } }: DesignView): readonly Markup[] {
  const untested = invariants.filter(({ verdict }) => verdict === "inconclusive");
  return [...grouped(untested, ({ id }) => id).keys()].map((id) => {
    const exposure = invariants.filter((row) => row.id === id).reduce((sum, row) => sum + row.exposure, 0);
    return html`<li><code>${id}</code> ${formatCount(exposure)} intents exposed in all runs together, at least ${leastExposure} needed</li>`;
  });
}

function cutItems(view: DesignView): readonly Markup[] {
  return view.result.scenarios
    .filter(({ truncated }) => truncated)
    .map(
      ({ id, endMs, events }) =>
        html`<li>${scenarioLink(view, id)} stopped at ${(endMs / 1000).toFixed(3)} s after ${formatCount(events)} events; its measures decide nothing</li>`,
    );
}

function block(kind: "fail" | "inconclusive", title: string, items: readonly Markup[], note = ""): Markup {
  if (items.length === 0) return nothing;
  return html`<div class="reasons ${kind}"><h4>${title}</h4><ul class="plain">${items}</ul>${when(note !== "", () => html`<p class="quiet">${note}</p>`)}</div>\n`;
}

/** Why the design has its verdict: what it missed and broke, with causes; then what is undecided. */
export function reasons(view: DesignView): Markup {
  const { criteria, invariants, findings, verdict } = view.result;
  if (verdict === "invalid") {
    return block(
      "fail",
      `What makes it invalid (${findings.length})`,
      findings.map(({ message }) => html`<li>${message}</li>`),
    );
  }
  const missed = criteria.filter((criterion) => criterion.verdict === "fail");
  const undecided = criteria.filter((criterion) => criterion.verdict === "inconclusive");
  const broken = grouped(
    invariants.filter((invariant) => invariant.verdict === "fail"),
    ({ id }) => id,
  );
  const brokenItems = [...broken.values()].map((rows) => brokenItem(view, rows));
  const told = [
    block("fail", `Missed criteria (${missed.length})`, criteriaItems(view, missed)),
    block("fail", `Broken invariants (${broken.size})`, brokenItems),
    block("inconclusive", `Undecided criteria (${undecided.length})`, criteriaItems(view, undecided), howToDecide),
    block("inconclusive", "Not put to the test", untestedItems(view)),
    block("inconclusive", "Cut off", cutItems(view)),
  ];
  if (told.some((part) => part !== nothing)) return html`${told}`;
  const met = `All ${criteria.length} criteria are met, and ${invariants.length === 0 ? "no invariant was asked for" : "no invariant is broken"}.`;
  return html`<p>${met}</p>`;
}
