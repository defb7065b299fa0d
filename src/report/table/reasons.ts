import { printable } from "../../document/printable.js";
import { runnableCriterion } from "../../scoring/criteria.js";
import { leastExposure } from "../../scoring/invariants.js";
import { formatMetric, metricUnit } from "../../scoring/metric.js";
import { parseExpected } from "../../scoring/metric-expression.js";
import { formatCount } from "../../scoring/quantity.js";
import type { CriterionResult, InvariantResult, Result } from "../../scoring/result.js";
import { heading, type Style } from "./style.js";
import { columnsOf, labelled, paragraph } from "./text.js";

/** Steps shown of a trace that is long even without its repetitions: the first ones and the last. */
const traceHead = 6;
const traceTail = 10;

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

export const howToDecide = "the limit lies inside the interval: more --seeds narrow it, --decide mean goes by the mean";

/** Criteria that stand side by side and fail for one cause have it told once, below the last. */
function criterionLines(
  criterion: CriterionResult,
  next: CriterionResult | undefined,
  style: Style,
): readonly string[] {
  const { id, scenario, metric, actual, interval, cause, verdict } = criterion;
  const name = [scenario, id === runnableCriterion ? null : metric].filter((part) => part !== null).join("  ");
  const found = id === runnableCriterion ? "cannot be run" : `${formatMetric(metric, actual)}${ends(metric, interval)}`;
  const expected = id === runnableCriterion ? "" : `, expected ${describeExpected(criterion)}`;
  const text = printable(`${name} ${found}${expected}`);
  const toldBelow = next !== undefined && next.scenario === scenario && next.cause?.message === cause?.message;
  return [
    ...(verdict === "fail"
      ? mark("✗", text, style).map((line) => style.chalk.red(line))
      : mark("?", text, style).map((line) => style.chalk.yellow(line))),
    ...(cause === undefined || toldBelow ? [] : paragraph("    ", printable(cause.message), style.width)),
  ];
}

/** ` (95 %: 480 ms to 520 ms)`; nothing for a figure of one seed, or one that was the same in all. */
export function ends(metric: string, interval: CriterionResult["interval"]): string {
  if (interval === undefined || interval[0] === interval[1]) return "";
  const [low, high] = interval.map((end) => formatMetric(metric, end));
  return ` (95 %: ${low} to ${high})`;
}

/** `<= 500` of a metric in milliseconds becomes `≤ 500 ms`. */
export function describeExpected({ metric, expected }: CriterionResult): string {
  const parsed = parseExpected(expected);
  if (parsed === null) return expected;
  const { comparison, limit } = parsed;
  const sign = comparison === "<=" ? "≤" : comparison === ">=" ? "≥" : comparison === "==" ? "exactly" : comparison;
  return `${sign} ${metricUnit(metric) === "count" ? limit : formatMetric(metric, limit)}`;
}

/** Broken invariants with their causes and the trace of one intent, and those that nothing put to the test. */
export function invariantLines(result: Result, style: Style): readonly string[] {
  const failed = result.invariants.filter(({ verdict }) => verdict === "fail");
  const ids = [...new Set(failed.map(({ id }) => id))];
  const shownTraces = new Set<string>();
  return [
    ...(ids.length === 0 ? [] : heading(`Broken invariants (${ids.length})`, style)),
    ...ids.flatMap((id) =>
      brokenLines(
        failed.filter((row) => row.id === id),
        shownTraces,
        style,
      ),
    ),
    ...untestedLines(result, style),
  ];
}

/** One invariant in the runs that broke it: how often in each, every cause once, and the shortest trace. */
function brokenLines(rows: readonly InvariantResult[], shownTraces: Set<string>, style: Style): readonly string[] {
  const violations = rows.reduce((sum, row) => sum + row.violations, 0);
  const runs = rows.map(
    (row) => `${row.scenario} ${formatCount(row.violations)} of ${formatCount(row.exposure)} exposed`,
  );
  const count = `${formatCount(violations)} violation${violations === 1 ? "" : "s"}`;
  const text = printable(`${rows[0]?.id ?? ""}: ${count} (${runs.join(", ")})`);
  const causes = [...new Set(rows.flatMap(({ cause }) => (cause === undefined ? [] : [cause.message])))];
  const examples = rows.flatMap((row) => row.examples.map((example) => ({ ...example, scenario: row.scenario })));
  const shortest = examples.sort((left, right) => left.trace.length - right.trace.length)[0];
  return [
    ...mark("✗", text, style).map((line) => style.chalk.red(line)),
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
  const seed = example.seed === undefined ? "" : `, seed ${example.seed}`;
  const intent = `intent ${formatCount(example.intent)} in ${example.scenario}${seed}`;
  if (shownTraces.has(intent)) return paragraph("    ", printable(`${intent}: its trace is above`), style.width);
  shownTraces.add(intent);
  return [...paragraph("    ", printable(`${intent}:`), style.width), ...traceLines(example.trace, style)];
}

type Example = InvariantResult["examples"][number];
type Trace = Example["trace"];

/** `  62.412 s  psp  charge captured`, a step a line, times and places aligned. */
function traceLines(trace: Trace, style: Style): readonly string[] {
  const shown = shortened(trace);
  const times = shown.map((step) => `${(step.atMs / 1000).toFixed(3)} s`);
  const places = shown.map((step) => printable(step.where));
  const timeColumns = Math.max(0, ...times.map(columnsOf));
  const placeColumns = Math.min(Math.max(0, ...places.map(columnsOf)), Math.floor(style.width / 3));
  const lines = shown.map((step, index) => {
    const lead = `      ${(times[index] ?? "").padStart(timeColumns)}  `;
    return labelled(lead, places[index] ?? "", placeColumns, printable(step.what), style.width);
  });
  const left = trace.length - shown.length;
  if (left > 0) lines.push([`      (${left} more step${left === 1 ? "" : "s"} in the JSON result)`]);
  return lines.flat().map((line) => style.chalk.dim(line));
}

/** A long trace without its repetitions; if it is long even so, without its middle. */
export function shortened(trace: Trace): Trace {
  const most = traceHead + traceTail;
  if (trace.length <= most) return trace;
  const telling = trace.filter((step, index) => step.routine !== true || index === trace.length - 1);
  return telling.length <= most ? telling : [...telling.slice(0, traceHead), ...telling.slice(-traceTail)];
}

function untestedLines(result: Result, style: Style): readonly string[] {
  const untested = [
    ...new Set(result.invariants.filter(({ verdict }) => verdict === "inconclusive").map(({ id }) => id)),
  ];
  if (untested.length === 0) return [];
  return [
    ...heading("Not put to the test", style),
    ...untested.flatMap((id) => {
      const rows = result.invariants.filter((invariant) => invariant.id === id);
      const exposure = rows.reduce((sum, row) => sum + row.exposure, 0);
      const text = printable(
        `${id}: ${formatCount(exposure)} intents exposed in all runs together, at least ${leastExposure} needed`,
      );
      return mark("?", text, style).map((line) => style.chalk.yellow(line));
    }),
  ];
}

/** Runs that were cut off: their measures decide nothing. */
export function truncatedLines(result: Result, style: Style): readonly string[] {
  const cut = result.scenarios.filter((scenario) => scenario.truncated);
  if (cut.length === 0) return [];
  return [
    ...heading("Cut off", style),
    ...cut.flatMap((scenario) => {
      const events = formatCount(scenario.events);
      const at = (scenario.endMs / 1000).toFixed(3);
      const text = printable(`${scenario.id}: stopped at ${at} s after ${events} events; its measures decide nothing`);
      return mark("?", text, style).map((line) => style.chalk.yellow(line));
    }),
  ];
}

function mark(sign: string, text: string, style: Style): readonly string[] {
  return paragraph(`  ${sign} `, text, style.width);
}
