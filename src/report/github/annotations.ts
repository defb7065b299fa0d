import { formatFault, type Position } from "../../document/fault.js";
import type { JudgedDesign } from "../../evaluation/design.js";
import type { BaselineComparison } from "../../scoring/baseline/compare.js";
import { baselineLine } from "../../scoring/baseline/wording.js";
import { runnableCriterion } from "../../scoring/criteria.js";
import type { CriterionResult, Result } from "../../scoring/result.js";
import { brokenInvariant, truncatedText, untestedTexts } from "../broken-invariants.js";
import { outcomeText } from "../criterion-text.js";
import { withSettings } from "../design-name.js";
import { grouped } from "../groups.js";
import type { Report } from "../report.js";
import type { Annotation } from "./annotation.js";

/** Something to be said of a design, at a component or, without one, of the whole file. */
type Remark = Omit<Annotation, "file" | "position"> & { readonly component?: string | undefined };

/**
 * What is to be said of designs, the most important first: what cannot be run, broken invariants, missed criteria, what is
 * worse than in a baseline (a warning unless it fails the run), and the graph's errors; then, as warnings, what is
 * undecided, the graph's warnings and those about the files. One for each component and each criterion or invariant that
 * it is blamed for, with every run in which it is.
 */
export function annotationsOf({ designs, baselines, failOnRegression }: Report): readonly Annotation[] {
  const comparisons = new Map(designs.map((design, index) => [design, baselines?.[index]]));
  const level = failOnRegression === true ? "error" : "warning";
  const faults = designs.flatMap(invalidAnnotations);
  const subjects = [
    unrunnableRemarks,
    invariantRemarks,
    (design: JudgedDesign) => criterionRemarks(design, "fail"),
    (design: JudgedDesign) => regressionRemarks(design, comparisons.get(design), level),
    (design: JudgedDesign) => findingRemarks(design, "error"),
    (design: JudgedDesign) => criterionRemarks(design, "inconclusive"),
    undecidedRemarks,
    (design: JudgedDesign) => findingRemarks(design, "warning"),
  ];
  const valid = designs.filter(({ result }) => result.verdict !== "invalid");
  const remarks = subjects.flatMap((subject) =>
    valid.flatMap((design) => subject(design).map((remark) => placed(remark, design))),
  );
  return distinct([...faults, ...remarks, ...valid.flatMap(fileWarnings)]);
}

/** Variants of a file have some of their findings and all of its warnings in common. */
function distinct(annotations: readonly Annotation[]): readonly Annotation[] {
  return [...new Map(annotations.map((one) => [JSON.stringify(one), one])).values()];
}

/** What a title says of the design: its problem, and what was set in it; the file stands beside it. */
function aboutOf({ problem, canvas }: Result): string {
  return withSettings(problem, canvas);
}

function placed({ component, ...remark }: Remark, design: JudgedDesign): Annotation {
  const position = component === undefined ? undefined : design.positionOf(component);
  return { ...remark, file: design.result.canvas.file, position };
}

/** The faults of a canvas that cannot be run, each at its place. */
function invalidAnnotations({ result, faults }: JudgedDesign): readonly Annotation[] {
  if (result.verdict !== "invalid") return [];
  const { file } = result.canvas;
  const remark = { level: "error", file, title: `cannot be run (${result.problem})` } as const;
  if (faults.length === 0) {
    return result.findings.map(({ message }) => ({ ...remark, position: undefined, lines: [message] }));
  }
  return faults.map((fault) => ({ ...remark, position: positionIn(fault), lines: [formatFault(fault)] }));
}

function positionIn({ line, column }: { readonly line: number | null; readonly column: number | null }) {
  return line === null || column === null ? undefined : { line, column };
}

function unrunnableRemarks({ result }: JudgedDesign): readonly Remark[] {
  return result.criteria
    .filter(({ id, verdict }) => id === runnableCriterion && verdict === "fail")
    .map(({ scenario, cause }) => ({
      level: "error",
      title: `cannot run ${scenario} (${aboutOf(result)})`,
      component: cause?.component,
      lines: cause === undefined ? [] : [cause.message],
    }));
}

function invariantRemarks({ result }: JudgedDesign): readonly Remark[] {
  const failed = result.invariants.filter(({ verdict }) => verdict === "fail");
  return [...grouped(failed, ({ id, cause }) => JSON.stringify([id, cause?.component])).values()].map((rows) => {
    const { id, cause } = rows[0]!;
    const { count, causes } = brokenInvariant(id, rows);
    const title = `broken ${id} (${aboutOf(result)})`;
    return {
      level: "error",
      title: named(cause?.component, title),
      component: cause?.component,
      lines: [count, ...causes],
    };
  });
}

function criterionRemarks({ result }: JudgedDesign, verdict: "fail" | "inconclusive"): readonly Remark[] {
  const rows = result.criteria.filter((row) => row.verdict === verdict && row.id !== runnableCriterion);
  return [...grouped(rows, ({ metric, cause }) => JSON.stringify([metric, cause?.component])).values()].map((group) => {
    const { metric, cause } = group[0]!;
    const causes = new Set(group.flatMap((row) => (row.cause === undefined ? [] : [row.cause.message])));
    const title = `${verdict === "fail" ? "missed" : "undecided"} ${metric} (${aboutOf(result)})`;
    return {
      level: verdict === "fail" ? "error" : "warning",
      title: named(cause?.component, title),
      component: cause?.component,
      lines: [...group.map(criterionLine), ...causes],
    };
  });
}

function criterionLine(criterion: CriterionResult): string {
  return `${criterion.scenario ?? "whole design"}: ${outcomeText(criterion)}`;
}

function undecidedRemarks({ result }: JudgedDesign): readonly Remark[] {
  const untested = untestedTexts(result).map((text) => ({ title: "not put to the test", text }));
  const cut = result.scenarios
    .filter(({ truncated }) => truncated)
    .map((run) => ({ title: "cut off", text: truncatedText(run) }));
  return [...untested, ...cut].map(({ title, text }) => ({
    level: "warning",
    title: `${title} (${aboutOf(result)})`,
    lines: [text],
  }));
}

function regressionRemarks(
  { result }: JudgedDesign,
  comparison: BaselineComparison | undefined,
  level: Annotation["level"],
): readonly Remark[] {
  if (comparison?.regressed !== true) return [];
  return [{ level, title: `worse than the baseline (${aboutOf(result)})`, lines: [baselineLine(comparison)] }];
}

function findingRemarks({ result }: JudgedDesign, severity: "error" | "warning"): readonly Remark[] {
  return result.findings
    .filter((finding) => finding.severity === severity)
    .map(({ code, component, message }) => ({ level: severity, title: code, component, lines: [message] }));
}

/** What the file holds in vain, at the place that the warning begins with, if it does. */
function fileWarnings({ result }: JudgedDesign): readonly Annotation[] {
  const { file } = result.canvas;
  return result.warnings.map((warning) => ({
    level: "warning",
    file,
    position: warning.startsWith(`${file}:`) ? leadingPosition(warning.slice(file.length)) : undefined,
    title: "the canvas may not be as meant",
    lines: [warning],
  }));
}

/** `:3:7 …` */
function leadingPosition(text: string): Position | undefined {
  const [, line, column] = /^:(\d+):(\d+) /.exec(text) ?? [];
  return line === undefined ? undefined : { line: Number(line), column: Number(column) };
}

function named(component: string | undefined, title: string): string {
  return component === undefined ? title : `${component}: ${title}`;
}
