import { printable } from "../../document/printable.js";
import { runnableCriterion } from "../../scoring/criteria.js";
import type { CriterionResult, Result } from "../../scoring/result.js";
import {
  type BrokenInvariant,
  brokenInvariants,
  exampleName,
  truncatedText,
  untestedTexts,
} from "../broken-invariants.js";
import { howToDecide, outcomeText } from "../criterion-text.js";
import { type Example, leftOutText, shortened, stepTime, type Trace } from "../trace.js";
import { heading, type Style } from "./style.js";
import { columnsOf, labelled, paragraph } from "./text.js";

/** Missed criteria, each with what was expected, what was found, and the cause; then those that are undecided. */
export function criteriaLines(result: Result, style: Style): readonly string[] {
  const undecided = criteriaOf(result, "inconclusive", "Undecided criteria", style);
  return [
    ...criteriaOf(result, "fail", "Missed criteria", style),
    ...undecided,
    ...(undecided.length === 0 ? [] : paragraph("    ", howToDecide, style.width)),
  ];
}

function criteriaOf(
  result: Result,
  verdict: CriterionResult["verdict"],
  title: string,
  style: Style,
): readonly string[] {
  const criteria = result.criteria.filter((criterion) => criterion.verdict === verdict);
  if (criteria.length === 0) return [];
  const lines = criteria.flatMap((criterion, index) => criterionLines(criterion, criteria[index + 1], style));
  return [...heading(`${title} (${criteria.length})`, style), ...lines];
}

/** Criteria that stand side by side and fail for one cause have it told once, below the last. */
function criterionLines(
  criterion: CriterionResult,
  next: CriterionResult | undefined,
  style: Style,
): readonly string[] {
  const { scenario, cause, verdict } = criterion;
  const gap = criterion.id === runnableCriterion ? " " : "  ";
  const text = printable([scenario, outcomeText(criterion)].filter((part) => part !== null).join(gap));
  const toldBelow = next !== undefined && next.scenario === scenario && next.cause?.message === cause?.message;
  return [
    ...(verdict === "fail"
      ? mark("✗", text, style).map((line) => style.chalk.red(line))
      : mark("?", text, style).map((line) => style.chalk.yellow(line))),
    ...(cause === undefined || toldBelow ? [] : paragraph("    ", printable(cause.message), style.width)),
  ];
}

/** Broken invariants with their causes and the trace of one intent, and those that nothing put to the test. */
export function invariantLines(result: Result, style: Style): readonly string[] {
  const broken = brokenInvariants(result);
  const shownTraces = new Set<string>();
  return [
    ...(broken.length === 0 ? [] : heading(`Broken invariants (${broken.length})`, style)),
    ...broken.flatMap((invariant) => brokenLines(invariant, shownTraces, style)),
    ...untestedLines(result, style),
  ];
}

/** One invariant in the runs that broke it: how often in each, every cause once, and the shortest trace. */
function brokenLines(
  { id, count, causes, shortest }: BrokenInvariant,
  shownTraces: Set<string>,
  style: Style,
): readonly string[] {
  return [
    ...mark("✗", printable(`${id}: ${count}`), style).map((line) => style.chalk.red(line)),
    ...causes.flatMap((cause) => paragraph("    ", printable(cause), style.width)),
    ...(shortest === undefined ? [] : exampleLines(shortest, shownTraces, style)),
  ];
}

/** One intent's trace; an intent that breaks several invariants has its trace shown once. */
function exampleLines(
  example: Example & { readonly scenario: string },
  shownTraces: Set<string>,
  style: Style,
): readonly string[] {
  const intent = exampleName(example);
  if (shownTraces.has(intent)) return paragraph("    ", printable(`${intent}: its trace is above`), style.width);
  shownTraces.add(intent);
  return [...paragraph("    ", printable(`${intent}:`), style.width), ...traceLines(example.trace, style)];
}

/** `  62.412 s  psp  charge captured`, a step a line, times and places aligned. */
function traceLines(trace: Trace, style: Style): readonly string[] {
  const shown = shortened(trace);
  const times = shown.map(stepTime);
  const places = shown.map((step) => printable(step.where));
  const timeColumns = Math.max(0, ...times.map(columnsOf));
  const placeColumns = Math.min(Math.max(0, ...places.map(columnsOf)), Math.floor(style.width / 3));
  const lines = shown.map((step, index) => {
    const lead = `      ${(times[index] ?? "").padStart(timeColumns)}  `;
    return labelled(lead, places[index] ?? "", placeColumns, printable(step.what), style.width);
  });
  const left = leftOutText(trace, shown);
  if (left !== "") lines.push([`      ${left}`]);
  return lines.flat().map((line) => style.chalk.dim(line));
}

function untestedLines(result: Result, style: Style): readonly string[] {
  const untested = untestedTexts(result);
  if (untested.length === 0) return [];
  return [
    ...heading("Not put to the test", style),
    ...untested.flatMap((text) => mark("?", printable(text), style).map((line) => style.chalk.yellow(line))),
  ];
}

/** Runs that were cut off: their measures decide nothing. */
export function truncatedLines(result: Result, style: Style): readonly string[] {
  const cut = result.scenarios.filter((scenario) => scenario.truncated);
  if (cut.length === 0) return [];
  return [
    ...heading("Cut off", style),
    ...cut.flatMap((scenario) =>
      mark("?", printable(truncatedText(scenario)), style).map((line) => style.chalk.yellow(line)),
    ),
  ];
}

function mark(sign: string, text: string, style: Style): readonly string[] {
  return paragraph(`  ${sign} `, text, style.width);
}
