import type { BaselineComparison, BaselineFigure } from "../../scoring/baseline/compare.js";
import { baselineLine, figureName } from "../../scoring/baseline/wording.js";
import { formatMetric, signedMetric } from "../../scoring/metric.js";
import { changedFigures, changedText } from "../baseline-text.js";
import { differenceWord } from "./figure.js";
import { grid } from "./grid.js";
import { html, type Markup, nothing, when } from "./markup.js";

/** A design beside its baseline: whether it is worse, each figure that changed, and what else may be the reason. */
export function baselinePart(comparison: BaselineComparison | undefined): Markup {
  if (comparison === undefined) return nothing;
  const line = baselineLine(comparison);
  if (comparison.status !== "compared") return html`<p>${line}</p>`;
  const { notes, regressed } = comparison;
  return html`<p>${regressed ? html`<strong class="fail">${line}</strong>` : line}</p>${changeTable(comparison)}${when(
    notes.length > 0,
    () => html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`,
  )}`;
}

function changeTable(comparison: BaselineComparison): Markup {
  const changed = changedFigures(comparison);
  if (changed.length === 0) return nothing;
  const columns = [
    { head: "figure" },
    ...["before", "now", "change", "95 % interval"].map((head) => ({ head, numeric: true })),
    { head: "" },
  ];
  return html`${grid("Figures that changed", columns, changed.map(rowOf))}<p class="quiet">${changedText(comparison)}.</p>`;
}

function rowOf(figure: BaselineFigure): readonly (string | Markup)[] {
  const { figure: name, before, now, difference, interval, word } = figure;
  return [
    figureName(figure),
    formatMetric(name, before),
    formatMetric(name, now),
    difference === null ? "–" : signedMetric(name, difference),
    interval === undefined ? "–" : interval.map((end) => signedMetric(name, end)).join(" to "),
    differenceWord(word),
  ];
}
