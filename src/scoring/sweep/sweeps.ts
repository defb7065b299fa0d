import type { Result, SetField } from "../result.js";
import { sweptGates, type Variant } from "./gates.js";
import type { Sweep, SweepRow, SweptPath } from "./sweep.js";

interface PlacedVariant extends Variant {
  readonly design: number;
}

/**
 * The sweeps among results: for each problem and file whose results differ in what was set, its variants beside each
 * other. Results of a file as it stands belong to none.
 * @param repeat the command that makes a sweep again, given the index of one of its results and all that was set
 */
export function sweepsOf(
  results: readonly Result[],
  repeat: (design: number, settings: readonly SweptPath[]) => string,
): readonly Sweep[] {
  const byFile = new Map<string, { readonly design: number; readonly result: Result }[]>();
  for (const [design, result] of results.entries()) {
    if (result.canvas.set === undefined) continue;
    const key = JSON.stringify([result.problem, result.canvas.file]);
    const group = byFile.get(key);
    if (group === undefined) byFile.set(key, [{ design, result }]);
    else if (!group.some((other) => sameSet(other.result, result))) group.push({ design, result });
  }
  return [...byFile.values()].filter(({ length }) => length > 1).map((group) => sweepOf(group, repeat));
}

function sameSet(one: Result, other: Result): boolean {
  return JSON.stringify(one.canvas.set) === JSON.stringify(other.canvas.set);
}

function sweepOf(
  group: readonly { readonly design: number; readonly result: Result }[],
  repeat: (design: number, settings: readonly SweptPath[]) => string,
): Sweep {
  const first = group[0]!;
  const settings = settingsOf(group.map(({ result }) => result.canvas.set ?? []));
  const swept = settings.flatMap((setting, index) => (setting.values.length > 1 ? [{ ...setting, index }] : []));
  const paths = swept.map(({ path, values }) => ({ path, values }));
  const variants = group.map(({ design, result }) => ({
    design,
    result,
    values: swept.map(({ index }) => result.canvas.set?.[index]?.value),
  }));
  return {
    file: first.result.canvas.file,
    name: group.find(({ result }) => result.canvas.name !== null)?.result.canvas.name ?? null,
    paths,
    fixed: settings.flatMap(({ path, values }) => (values.length === 1 ? [{ path, value: values[0] }] : [])),
    rows: variants.map(rowOf),
    gates: sweptGates(paths, variants),
    repeat: repeat(first.design, settings),
  };
}

/** Each path with its values, in the order in which they come up. All variants set the same paths in the same order. */
function settingsOf(sets: readonly (readonly SetField[])[]): readonly SweptPath[] {
  return (sets[0] ?? []).map(({ path }, index) => {
    const values = sets.map((set) => set[index]?.value);
    return { path, values: [...new Map(values.map((value) => [JSON.stringify(value), value])).values()] };
  });
}

function rowOf({ design, values, result }: PlacedVariant): SweepRow {
  const { verdict, score, cost, criteria, invariants } = result;
  if (verdict === "invalid") {
    return { design, values, verdict, composite: null, effectiveMonthlyUsd: null, missed: null, broken: null };
  }
  return {
    design,
    values,
    verdict,
    composite: score.composite,
    effectiveMonthlyUsd: cost.effectiveMonthlyUsd,
    missed: criteria.filter((criterion) => criterion.verdict === "fail").length,
    broken: invariants.filter((invariant) => invariant.verdict === "fail").length,
  };
}
