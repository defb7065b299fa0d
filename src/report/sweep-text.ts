import { runnableCriterion } from "../scoring/criteria.js";
import { formatMetric } from "../scoring/metric.js";
import { formatCount, formatUsd } from "../scoring/quantity.js";
import { settingPath, settingsText, settingValue } from "../scoring/settings-text.js";
import type { GateVerdict, Sweep, SweepRow, SweptGate } from "../scoring/sweep/sweep.js";
import { limitText } from "./criterion-text.js";
import { describeCourses } from "./sweep-courses.js";

/** What was tried: `worker.service.concurrency at 5 values × queue.capacity at 3 values`. */
export function triedText({ paths }: Sweep): string {
  return paths.map(({ path, values }) => `${settingPath(path)} at ${values.length} values`).join(" × ");
}

/** What was the same for all variants; empty when nothing was. */
export function fixedText({ fixed }: Sweep): string {
  return fixed.length === 0 ? "" : `with ${settingsText(fixed)}`;
}

/** The heads of a row's figures, behind one for each path and the verdict. */
export const figureHeads = ["score", "$ a month", "missed", "broken"] as const;

/** The last name of a path, for the head of a column: the whole of it stands above. */
export function pathHead(path: string): string {
  return settingPath(path.split(".").at(-1) ?? path);
}

/** A row's values of the paths, each a printable word. */
export function rowValues({ values }: SweepRow): readonly string[] {
  return values.map(settingValue);
}

/** A row's figures under {@link figureHeads}; a variant that could not be run has none. */
export function rowFigures({ composite, effectiveMonthlyUsd, missed, broken }: SweepRow): readonly string[] {
  const cost = effectiveMonthlyUsd === null ? null : formatUsd(effectiveMonthlyUsd);
  return [composite, cost, missed, broken].map((figure) => (figure === null ? "–" : String(figure)));
}

/** A gate that says one thing of some variants and another of others. */
interface TurningGate {
  readonly name: string;
  /** Where it turns, a sentence for each way; a sweep of one path has one. */
  readonly courses: readonly string[];
}

/** The gates that turn, in the order of the problem. */
export function turningGates({ gates }: Sweep): readonly TurningGate[] {
  return gates.filter(turns).map((gate) => ({
    name: nameOf(gate),
    courses: describeCourses(gate.courses, (actuals) => figureOf(gate, actuals)),
  }));
}

/** `Turns (5 of 52 criteria and invariants)` */
export function turnsTitle({ gates }: Sweep): string {
  return `Turns (${gates.filter(turns).length} of ${gates.length} criteria and invariants)`;
}

/** What is said where no gate turns. */
export const turnsNowhere = "none: each says the same at every value";

interface SteadyGates {
  readonly verdict: "fail" | "inconclusive";
  readonly title: string;
  /** `flash-sale  dropRate ≤ 3 %: 28.7 % to 31 %`, a gate each. */
  readonly gates: readonly string[];
}

/** The gates that pass nowhere and never turn; no group is empty. */
export function steadyGates({ gates }: Sweep): readonly SteadyGates[] {
  const saying = (verdict: GateVerdict) =>
    gates.filter((gate) => isSteady(gate, verdict)).map((gate) => `${nameOf(gate)}: ${spanOf(gate)}`);
  const groups = [
    { verdict: "fail", title: "Fails at every value", gates: saying("fail") },
    { verdict: "inconclusive", title: "Undecided at every value", gates: saying("inconclusive") },
  ] as const;
  return groups.filter((group) => group.gates.length > 0);
}

/** How many gates pass throughout; empty when none does. */
export function passingText({ gates }: Sweep): string {
  const passing = gates.filter((gate) => isSteady(gate, "pass")).length;
  return passing === 0 ? "" : `Passes at every value: ${passing} of ${gates.length} criteria and invariants`;
}

/** The variant whose full report is worth a look, and what it is; undefined when none could be run. */
export function variantToSee({ rows }: Sweep): { readonly row: SweepRow; readonly which: string } | undefined {
  const ran = rows.filter(({ verdict }) => verdict !== "invalid");
  const passing = ran.find(({ verdict }) => verdict === "pass");
  if (passing !== undefined) return { row: passing, which: "the first that passes" };
  const [best] = ran.toSorted((left, right) => (right.composite ?? 0) - (left.composite ?? 0));
  return best === undefined ? undefined : { row: best, which: "the one with the highest score" };
}

/** Indices of the designs that a sweep tells of. */
export function sweptDesigns(sweeps: readonly Sweep[] = []): ReadonlySet<number> {
  return new Set(sweeps.flatMap(({ rows }) => rows.map(({ design }) => design)));
}

function turns({ courses }: SweptGate): boolean {
  return courses.some(({ runs }) => runs.length > 1);
}

function isSteady(gate: SweptGate, verdict: GateVerdict): boolean {
  return !turns(gate) && gate.readings.find((reading) => reading !== null)?.verdict === verdict;
}

/** `flash-sale  dropRate ≤ 3 %`. */
function nameOf({ kind, scenario, id, metric, expected }: SweptGate): string {
  const limit = kind === "invariant" ? id : `${metric} ${limitText({ metric, expected })}`;
  return [scenario, limit].filter((part) => part !== null).join("  ");
}

/** Values of the gate's metric: `612 ms`, `28.7 % to 31 %`; of an invariant `0 to 3 violations`. */
function figureOf({ kind, metric }: SweptGate, actuals: readonly (number | null)[]): string {
  if (metric === runnableCriterion) return "cannot be run";
  const numbers = actuals.filter((actual) => actual !== null).sort((left, right) => left - right);
  const [low, high] = [numbers[0], numbers.at(-1)];
  if (low === undefined || high === undefined) return formatMetric(metric, null);
  const [first, last] = [low, high].map((end) => (kind === "invariant" ? formatCount(end) : formatMetric(metric, end)));
  const span = first === last ? `${first}` : `${first} to ${last}`;
  return kind === "invariant" ? `${span} violation${span === "1" ? "" : "s"}` : span;
}

function spanOf(gate: SweptGate): string {
  return figureOf(
    gate,
    gate.readings.flatMap((reading) => (reading === null ? [] : [reading.actual])),
  );
}
