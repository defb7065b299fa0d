import type { Report } from "../report.js";
import { sweptDesigns } from "../sweep-text.js";
import { comparisonSection } from "./comparison.js";
import { designArticle } from "./design.js";
import { html, type Markup, nothing, trusted } from "./markup.js";
import { overview } from "./overview.js";
import { styleSheet } from "./style.js";
import { sweepSections } from "./sweep.js";
import { viewsOf } from "./view.js";

/** Nothing may be loaded or run: the document holds all it needs, and no script. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The whole document, for one design or several. */
export function documentOf(report: Report, quiet: boolean): Markup {
  const { comparison, sweeps, baselines } = report;
  const views = viewsOf(report);
  const [first] = views;
  const problems = [...new Set(views.map(({ design }) => design.problem.title))];
  const about = problems.length === 0 ? "no design" : problems.join(" · ");
  const title =
    views.length === 1 && first !== undefined
      ? `${first.result.verdict}: ${first.name}`
      : `${views.length} designs: ${about}`;
  const swept = sweptDesigns(sweeps);
  const others = views.filter((_, index) => !swept.has(index));
  const several = views.length > 1 && others.length > 0 ? overview(others) : nothing;
  const compared = comparison === undefined ? nothing : comparisonSection(comparison, views);
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(styleSheet)}</style>
</head>
<body>
<a class="skip" href="#report">To the report</a>
<header class="page"><h1>${about}</h1></header>
<main id="report">
${several}${compared}${sweepSections(sweeps, views, baselines)}${views.map((view) => designArticle(view, quiet))}</main>
</body>
</html>
`;
}
