import { formatMetric, signedMetric } from "../metric.js";
import { type BaselineComparison, type BaselineFigure, verdictWorse } from "./compare.js";

/** Figures that a single line names; how many more there are is said. */
const figuresNamed = 3;

/** `flash-sale acceptMs.p95`; a figure of the whole design stands alone. */
export function figureName({ scenario, figure }: Pick<BaselineFigure, "scenario" | "figure">): string {
  return scenario === null ? figure : `${scenario} ${figure}`;
}

/** `flash-sale acceptMs.p95 210 ms → 480 ms (+270 ms)`. */
export function figureChange({ scenario, figure, before, now, difference }: BaselineFigure): string {
  const change = difference === null ? "" : ` (${signedMetric(figure, difference)})`;
  const values = `${formatMetric(figure, before)} → ${formatMetric(figure, now)}`;
  return `${figureName({ scenario, figure })} ${values}${change}`;
}

/** Figures by their word, without the violations of invariants that are newly broken and so are named already. */
export function figuresBy(comparison: BaselineComparison, word: BaselineFigure["word"]): readonly BaselineFigure[] {
  const broken = new Set(comparison.newlyBroken.map(({ id, scenario }) => `${scenario} violations.${id}`));
  return comparison.figures.filter((figure) => figure.word === word && !broken.has(figureName(figure)));
}

/** Why a design counts as worse that no figure shows: the verdict, and invariants newly broken. */
export function brokenReasons({ verdict, newlyBroken }: BaselineComparison): readonly string[] {
  return [
    ...(verdict === undefined || !verdictWorse(verdict) ? [] : [`verdict ${verdict.before} → ${verdict.now}`]),
    ...newlyBroken.map(
      ({ id, scenario, violations }) =>
        `${scenario} ${id} newly broken: ${violations} violation${violations === 1 ? "" : "s"}`,
    ),
  ];
}

/**
 * A comparison in one line, not yet made printable:
 * `worse than base.json: verdict pass → fail; flash-sale acceptMs.p95 210 ms → 480 ms (+270 ms); 2 more`.
 */
export function baselineLine(comparison: BaselineComparison): string {
  const { file, status, seeds, regressed } = comparison;
  if (status === "missing") return [`not in ${file}`, ...comparison.notes].join("; ");
  if (status === "invalid") return `not compared with ${file}: the canvas could not be run`;
  const better = figuresBy(comparison, "better").map(figureChange);
  if (regressed) {
    return `worse than ${file}: ${named(brokenReasons(comparison), figuresBy(comparison, "worse").map(figureChange))}`;
  }
  if (better.length > 0) return `better than ${file}: ${named([], better)}`;
  if (seeds.length >= 2) return `no difference shown to ${file}`;
  return `not decided beside ${file}: ${seeds.length === 0 ? "no common seed" : "one common seed"}`;
}

function named(reasons: readonly string[], changes: readonly string[]): string {
  const more = changes.length - figuresNamed;
  return [...reasons, ...changes.slice(0, figuresNamed), ...(more > 0 ? [`${more} more`] : [])].join("; ");
}
