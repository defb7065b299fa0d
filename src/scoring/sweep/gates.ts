import type { Result, SetField } from "../result.js";
import type { Course, Reading, Run, SweptGate, SweptPath } from "./sweep.js";

/** A variant as the courses need it. */
export interface Variant {
  readonly values: readonly SetField["value"][];
  readonly result: Result;
}

type Named = Omit<SweptGate, "readings" | "courses">;

/** Every criterion and invariant of the variants, in the order in which the first of them has it. */
export function sweptGates(paths: readonly SweptPath[], variants: readonly Variant[]): readonly SweptGate[] {
  const names = new Map<string, Named>();
  const readings = variants.map(({ result }) => {
    const own = new Map<string, Reading>();
    for (const { reading, ...named } of readingsOf(result)) {
      const key = JSON.stringify([named.kind, named.scenario, named.id, named.expected]);
      if (!names.has(key)) names.set(key, named);
      own.set(key, reading);
    }
    return own;
  });
  return [...names].map(([key, named]) => {
    const row = readings.map((own) => own.get(key) ?? null);
    return { ...named, readings: row, courses: coursesOf(paths, variants, row) };
  });
}

function readingsOf({ criteria, invariants }: Result): readonly (Named & { readonly reading: Reading })[] {
  return [
    ...criteria.map(({ id, scenario, metric, expected, actual, verdict }) => ({
      kind: "criterion" as const,
      id,
      scenario,
      metric,
      expected,
      reading: { verdict, actual },
    })),
    ...invariants.map(({ id, scenario, violations, verdict }) => ({
      kind: "invariant" as const,
      id,
      scenario,
      metric: `violations.${id}`,
      expected: "== 0",
      reading: { verdict, actual: violations },
    })),
  ];
}

/** Along every path, for every combination of the other paths' values. */
function coursesOf(
  paths: readonly SweptPath[],
  variants: readonly Variant[],
  readings: readonly (Reading | null)[],
): readonly Course[] {
  return paths.flatMap(({ path }, along) => {
    const courses = new Map<string, { readonly held: readonly SetField[]; readonly rows: number[] }>();
    for (const [row, { values }] of variants.entries()) {
      const held = paths.flatMap((other, index) =>
        index === along ? [] : [{ path: other.path, value: values[index] }],
      );
      const key = JSON.stringify(held);
      const course = courses.get(key);
      if (course === undefined) courses.set(key, { held, rows: [row] });
      else course.rows.push(row);
    }
    return [...courses.values()].map(({ held, rows }) => ({
      path,
      held,
      runs: runsOf(rows.map((row) => ({ value: variants[row]!.values[along], reading: readings[row]! }))),
    }));
  });
}

function runsOf(steps: readonly { readonly value: SetField["value"]; readonly reading: Reading | null }[]) {
  const runs: Run[] = [];
  for (const { value, reading } of steps) {
    if (reading === null) continue;
    const last = runs.at(-1);
    if (last === undefined || last.verdict !== reading.verdict) {
      runs.push({ verdict: reading.verdict, values: [value], actuals: [reading.actual] });
    } else {
      runs[runs.length - 1] = {
        ...last,
        values: [...last.values, value],
        actuals: [...last.actuals, reading.actual],
      };
    }
  }
  return runs;
}
