import { intervalOf } from "../student.js";

/** Of the intervals that a result states. */
const confidence = 0.95;

/** Lower and upper end. */
export type Ends = [low: number, high: number];

/**
 * The mean over replications of values of one shape, number by number: a null counts as no value, and the mean of none
 * is null. A flag is up when it is up in any replication; words are the first's.
 * @param samples one per replication, at least one
 */
export function meanOf<Shape>(samples: readonly Shape[]): Shape {
  return mean(samples) as Shape;
}

function mean(samples: readonly unknown[]): unknown {
  const [first] = samples;
  if (samples.every((sample) => typeof sample === "number" || sample === null)) {
    const values = samples.filter((sample) => typeof sample === "number");
    return values.length === 0 ? null : intervalOf(values, confidence).mean;
  }
  if (typeof first === "boolean") return samples.some((sample) => sample === true);
  if (typeof first !== "object" || first === null) return first;
  if (Array.isArray(first)) {
    return first.map((_, index) => mean(samples.map((sample) => (sample as readonly unknown[])[index])));
  }
  const members = (sample: unknown): Readonly<Record<string, unknown>> => sample as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(first).map((key) => [key, mean(samples.map((sample) => members(sample)[key]))]),
  );
}

/**
 * The 95 % confidence interval of the mean of every number inside, by its name such as `acceptMs.p95`.
 * A number that fewer than two replications have has none.
 */
export function intervalsOf(samples: readonly object[]): Record<string, Ends> {
  const columns = new Map<string, number[]>();
  for (const sample of samples) collect(sample, "", columns);
  const intervals: Record<string, Ends> = {};
  for (const [name, values] of columns) {
    const ends = endsOf(values);
    if (ends !== null) intervals[name] = ends;
  }
  return intervals;
}

/** The ends of the 95 % interval of a mean; null for a single value, which says nothing of the others. */
export function endsOf(values: readonly number[]): Ends | null {
  const { mean: middle, half } = intervalOf(values, confidence);
  return half === null ? null : [middle - half, middle + half];
}

function collect(value: object, prefix: string, columns: Map<string, number[]>): void {
  for (const [key, member] of Object.entries(value)) {
    const name = `${prefix}${key}`;
    if (typeof member === "number") {
      const column = columns.get(name);
      if (column === undefined) columns.set(name, [member]);
      else column.push(member);
    } else if (typeof member === "object" && member !== null) collect(member, `${name}.`, columns);
  }
}
