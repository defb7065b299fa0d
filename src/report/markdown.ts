import type { JudgedDesign } from "../evaluation/design.js";
import type { Result } from "../scoring/result.js";
import { type Detail, designLines, designName } from "./markdown/design.js";
import { countsText, differenceLines, overviewLines } from "./markdown/overview.js";
import { reasonLines } from "./markdown/reasons.js";
import { scenarioTable } from "./markdown/scenarios.js";
import { folded, markdownText } from "./markdown/text.js";
import { scoreText, verdictMarks, worstFirst } from "./markdown/verdict.js";
import type { Report } from "./report.js";
import type { SynchronousReporter } from "./reporter.js";

/** By this a bot finds the comment that it wrote before. */
const marker = "<!-- chini-bench -->";

/** Longest comment that GitHub takes, in characters. */
const mostCharacters = 65_536;

/** How large a text may be, in whatever `sizeOf` counts. */
export interface SizeLimit {
  readonly most: number;
  sizeOf(text: string): number;
}

const commentLimit: SizeLimit = { most: mostCharacters, sizeOf: (text) => text.length };

/** How much is told; the first that fits is taken. */
interface Extent extends Detail {
  /** Also what is to be told of designs that pass, where there are several. */
  readonly passing: boolean;
  readonly omitted: string;
}

const extents: readonly Extent[] = [
  { traces: true, graph: true, findings: true, passing: true, omitted: "" },
  { traces: false, graph: true, findings: true, passing: true, omitted: "traces" },
  { traces: false, graph: true, findings: true, passing: false, omitted: "traces, and the designs that pass" },
  {
    traces: false,
    graph: false,
    findings: false,
    passing: false,
    omitted: "traces, graphs, findings, and what passes",
  },
];

/**
 * For a comment on a pull request, at most 65,536 characters of GitHub's Markdown: the verdict, then a table of the
 * scenarios, the reasons, the canvas with the failing components marked, the cost and how to see it again; of several
 * designs a table first and each folded. The first line is a comment by which a bot finds it again. Nothing from a
 * canvas is read as Markdown or HTML, or as a person's or an issue's name.
 */
export const markdown: SynchronousReporter = {
  name: "markdown",
  render: (report) => renderMarkdown(report, commentLimit),
};

/**
 * The report in Markdown, cut to a size: without traces, then without designs that pass, then without graphs and
 * findings, then without rows. Empty when not even a row fits.
 */
export function renderMarkdown(report: Report, limit: SizeLimit): string {
  for (const extent of extents) {
    const text = render(report, extent);
    if (limit.sizeOf(text) <= limit.most) return text;
  }
  const [only] = report.designs;
  return only !== undefined && report.designs.length === 1 ? firstLines(only, limit) : firstRows(report, limit);
}

/** As many lines about a single design as fit; none of them opens what another must close. */
function firstLines({ result }: JudgedDesign, limit: SizeLimit): string {
  const note = ["", "_The rest is left out for its length; the JSON result has it all._"];
  const lines = [...headLines(result), ...scenarioTable(result), ...reasonLines(result)];
  for (let count = lines.length; count > 0; count = Math.floor(count / 2)) {
    const text = textOf([...lines.slice(0, count), ...note]);
    if (limit.sizeOf(text) <= limit.most) return text;
  }
  return "";
}

/** As many rows about several designs as fit. */
function firstRows(report: Report, limit: SizeLimit): string {
  for (let rows = report.designs.length; rows > 0; rows = Math.floor(rows / 2)) {
    const text = textOf(overview(report, rows));
    if (limit.sizeOf(text) <= limit.most) return text;
  }
  return "";
}

function textOf(lines: readonly string[]): string {
  return `${[marker, ...lines].join("\n")}\n`;
}

function render(report: Report, extent: Extent): string {
  const { designs } = report;
  const [only] = designs;
  const lines =
    designs.length === 1 && only !== undefined
      ? [...headLines(only.result), ...designLines(only, extent)]
      : severalLines(report, extent);
  const omitted = extent.omitted === "" ? [] : ["", `_Left out for their length: ${extent.omitted}._`];
  return textOf([...lines, ...omitted]);
}

function headLines(result: Result): readonly string[] {
  return [`## ${verdictMarks[result.verdict]}: ${scoreText(result)}`, "", designName(result)];
}

function severalLines(report: Report, extent: Extent): readonly string[] {
  const told = report.designs.filter(({ result }) => extent.passing || result.verdict !== "pass");
  return [
    ...overview(report, report.designs.length),
    ...differenceLines(report.comparison),
    ...told.flatMap((design) => ["", ...foldedDesign(design, extent)]),
  ];
}

/** The worst verdict, how many designs have which, and a row for each of the first. */
function overview({ designs, comparison }: Report, rows: number): readonly string[] {
  const results = designs.map(({ result }) => result);
  const worst = worstFirst.find((verdict) => results.some((result) => result.verdict === verdict)) ?? "pass";
  return [`## ${verdictMarks[worst]}: ${countsText(results)}`, ...overviewLines(designs, comparison, rows)];
}

function foldedDesign(design: JudgedDesign, extent: Extent): readonly string[] {
  const { result } = design;
  const summary = `${verdictMarks[result.verdict]} ${scoreText(result)} · ${markdownText(result.canvas.file)}`;
  return folded(summary, [designName(result), ...designLines(design, extent)]);
}
