import type { JudgedDesign } from "../evaluation/design.js";
import type { BaselineComparison } from "../scoring/baseline/compare.js";
import type { Result } from "../scoring/result.js";
import { regressionText } from "./baseline-text.js";
import { designNames } from "./design-name.js";
import { aboutLine, type Detail, designLines } from "./markdown/design.js";
import { countsText, differenceLines, overviewLines } from "./markdown/overview.js";
import { reasonLines } from "./markdown/reasons.js";
import { scenarioTable } from "./markdown/scenarios.js";
import { sweepLines } from "./markdown/sweep.js";
import { folded, markdownText } from "./markdown/text.js";
import { scoreText, verdictMarks, worstFirst } from "./markdown/verdict.js";
import type { Report } from "./report.js";
import type { SynchronousReporter } from "./reporter.js";
import { sweptDesigns } from "./sweep-text.js";

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
  /** Which designs are told of one by one, where there are several. */
  readonly designs: "all" | "not passing" | "none";
  readonly omitted: string;
}

const extents: readonly Extent[] = [
  { traces: true, graph: true, findings: true, designs: "all", omitted: "" },
  { traces: false, graph: true, findings: true, designs: "all", omitted: "traces" },
  {
    traces: false,
    graph: true,
    findings: true,
    designs: "not passing",
    omitted: "traces, and the designs that pass",
  },
  {
    traces: false,
    graph: false,
    findings: false,
    designs: "not passing",
    omitted: "traces, graphs, findings, and what passes",
  },
  { traces: false, graph: false, findings: false, designs: "none", omitted: "the designs one by one" },
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
 * findings, then without the designs one by one, then without rows. Empty when not even a row fits.
 */
export function renderMarkdown(report: Report, limit: SizeLimit): string {
  const fits = (text: string) => limit.sizeOf(text) <= limit.most;
  const [only] = report.designs;
  const one = report.designs.length === 1 ? only : undefined;
  for (const extent of extents) {
    if (one !== undefined && extent.designs === "none") break;
    const omitted = extent.omitted === "" ? [] : ["", `_Left out for their length: ${extent.omitted}._`];
    const lines = one === undefined ? severalLines(report, extent) : singleLines(report, one, extent);
    const text = textOf([...lines, ...omitted]);
    if (fits(text)) return text;
  }
  return longestThatFits(one === undefined ? firstRows(report) : firstLines(report, one), fits);
}

/** Texts of fewer and fewer lines or rows; none of their lines opens what another must close. */
interface Shortening {
  readonly longest: number;
  text(count: number): string;
}

function longestThatFits({ longest, text }: Shortening, fits: (text: string) => boolean): string {
  for (let count = longest; count > 0; count = Math.floor(count / 2)) {
    const shortened = text(count);
    if (fits(shortened)) return shortened;
  }
  return "";
}

/** As many lines about a single design as fit. */
function firstLines(report: Report, { result }: JudgedDesign): Shortening {
  return shortenedLines([...headLines(report, result), ...scenarioTable(result), ...reasonLines(result)]);
}

function shortenedLines(lines: readonly string[]): Shortening {
  const note = ["", "_The rest is left out for its length; the JSON result has it all._"];
  return { longest: lines.length, text: (count) => textOf([...lines.slice(0, count), ...note]) };
}

/** As many rows about several designs as fit. */
function firstRows(report: Report): Shortening {
  const { designs, sweeps } = report;
  if (sweeps !== undefined) return shortenedLines([...overview(report, designs.length), ...sweptLines(report)]);
  return { longest: designs.length, text: (rows) => textOf(overview(report, rows)) };
}

function textOf(lines: readonly string[]): string {
  return `${[marker, ...lines].join("\n")}\n`;
}

function singleLines(report: Report, design: JudgedDesign, extent: Extent): readonly string[] {
  return [...headLines(report, design.result), ...designLines(design, report.baselines?.[0], extent)];
}

function headLines(report: Report, result: Result): readonly string[] {
  return [headline(result.verdict, scoreText(result), report), "", aboutLine(result)];
}

function headline(verdict: Result["verdict"], text: string, report: Report): string {
  const worse = regressionText(report);
  return `## ${verdictMarks[verdict]}: ${text}${worse === "" ? "" : ` · ❌ ${worse}`}`;
}

function severalLines(report: Report, extent: Extent): readonly string[] {
  const { designs, baselines, comparison } = report;
  const names = designNames(designs.map(({ result }) => result));
  const told = [...designs.entries()].filter(
    ([, { result }]) => extent.designs === "all" || (extent.designs === "not passing" && result.verdict !== "pass"),
  );
  return [
    ...overview(report, designs.length),
    ...sweptLines(report),
    ...differenceLines(comparison),
    ...told.flatMap(([index, design]) => ["", ...foldedDesign(design, names[index]!, baselines?.[index], extent)]),
  ];
}

/** The worst verdict, how many designs have which, and a row for each of the first; those of a sweep are told with it. */
function overview(report: Report, rows: number): readonly string[] {
  const results = report.designs.map(({ result }) => result);
  const worst = worstFirst.find((verdict) => results.some((result) => result.verdict === verdict)) ?? "pass";
  return [headline(worst, countsText(results), report), ...overviewLines(report, sweptDesigns(report.sweeps), rows)];
}

function sweptLines({ designs, sweeps = [], baselines }: Report): readonly string[] {
  const results = designs.map(({ result }) => result);
  return sweeps.flatMap((sweep) => sweepLines(sweep, { results, baselines }));
}

function foldedDesign(
  design: JudgedDesign,
  name: string,
  baseline: BaselineComparison | undefined,
  extent: Extent,
): readonly string[] {
  const { result } = design;
  const summary = `${verdictMarks[result.verdict]} ${scoreText(result)} · ${markdownText(name)}`;
  return folded(summary, [aboutLine(result), ...designLines(design, baseline, extent)]);
}
