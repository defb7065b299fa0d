import { formatMetric } from "../../scoring/metric.js";
import { html, type Markup } from "./markup.js";

type Interval = readonly [low: number, high: number] | undefined;

/** A number as a reader wants it, with half its 95 % interval behind where it is a mean over seeds. */
export function figure(value: number | null, interval: Interval, format: (value: number) => string): Markup {
  if (value === null) return html`<span class="none">none</span>`;
  if (interval === undefined) return html`${format(value)}`;
  return html`${format(value)} <span class="margin">±&nbsp;${format((interval[1] - interval[0]) / 2)}</span>`;
}

/** The value of a metric, in its unit. */
export function metricFigure(metric: string, value: number | null, interval?: Interval): Markup {
  return figure(value, interval, (number) => formatMetric(metric, number));
}

/** How a figure differs from another, as a word that is coloured where it says better or worse. */
export function differenceWord(word: string): Markup {
  const kind = word === "better" ? "pass" : word === "worse" ? "fail" : "plain";
  return html`<span class="word ${kind}">${word}</span>`;
}

type Verdict = "pass" | "fail" | "inconclusive" | "invalid";

const signs: Readonly<Record<Verdict, string>> = { pass: "✓", fail: "✗", inconclusive: "?", invalid: "✗" };

/** A verdict as a sign and a word in its colour. */
export function verdictBadge(verdict: Verdict, word: string = verdict): Markup {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${signs[verdict]}</span> ${word}</span>`;
}
