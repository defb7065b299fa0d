import { documentOf } from "./html/document.js";
import type { SynchronousReporter } from "./reporter.js";

/**
 * One self-contained HTML document without scripts: verdict and reasons, scores, the canvas drawn, every run with its
 * charts and tables, traces, assumptions; for several designs an overview and their comparison. The same report has the
 * same bytes.
 */
export const html: SynchronousReporter = {
  name: "html",
  render: (report, { quiet }) => documentOf(report, quiet).text,
};
