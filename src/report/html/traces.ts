import { formatCount } from "../../scoring/quantity.js";
import { grouped } from "../groups.js";
import { scenarioLink } from "./criteria.js";
import { html, type Markup, nothing, when } from "./markup.js";
import { traceMarkup } from "./sequence-diagram.js";
import type { DesignView } from "./view.js";

/** The traces of broken invariants; an intent that breaks several is told once. The first of each invariant is open. */
export function traces(view: DesignView): Markup {
  const examples = view.result.invariants
    .filter(({ verdict }) => verdict === "fail")
    .flatMap(({ id, scenario, examples: own }) => own.map((example) => ({ ...example, invariant: id, scenario })));
  const byIntent = [
    ...grouped(examples, ({ intent, scenario, seed }) => `${scenario} ${seed ?? ""} ${intent}`).values(),
  ];
  if (byIntent.length === 0) return nothing;
  const opened = new Set<string>();
  const items = byIntent.map((same, index) => {
    const { intent, scenario, seed, trace } = same[0]!;
    const invariants = [...new Set(same.map(({ invariant }) => invariant))];
    const open = invariants.some((invariant) => !opened.has(invariant));
    for (const invariant of invariants) opened.add(invariant);
    const title = `Intent ${formatCount(intent)} in ${scenario}${seed === undefined ? "" : `, seed ${seed}`}`;
    return html`<details${when(open, () => html` open`)}><summary>${title} <span class="quiet">breaks ${invariants.join(", ")}</span></summary><p class="quiet">Seen in ${scenarioLink(view, scenario)}. Time goes down; an arrow leads from each step to the next elsewhere.</p>${traceMarkup(trace, title, `${view.id}-trace${index + 1}`)}</details>\n`;
  });
  return html`${items}`;
}
