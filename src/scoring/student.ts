/**
 * Student's t distribution with a whole number of degrees of freedom: the probability that |T| ≤ t.
 * M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
export function studentWithin(t: number, freedom: number): number {
  const cosSquared = freedom / (freedom + t * t);
  const sin = t / Math.sqrt(freedom + t * t);
  if (freedom % 2 === 0) return sin * powerSum(cosSquared, freedom / 2, 0);
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cos = Math.sqrt(cosSquared);
  return (2 / Math.PI) * (angle + sin * cos * powerSum(cosSquared, (freedom - 1) / 2, 1));
}

/** 1 + (1+o)/(2+o)·x + (1+o)(3+o)/((2+o)(4+o))·x² + …, `terms` in all; o is 0 or 1. */
function powerSum(x: number, terms: number, odd: 0 | 1): number {
  let term = 1;
  let sum = 0;
  for (let k = 1; k <= terms; k++) {
    sum += term;
    term *= ((2 * k - 1 + odd) / (2 * k + odd)) * x;
  }
  return sum;
}

/**
 * The t that |T| stays within with the probability `confidence` (0 to 1), by bisection to 12 digits.
 * @throws RangeError for less than one degree of freedom
 */
export function studentQuantile(confidence: number, freedom: number): number {
  if (!Number.isInteger(freedom) || freedom < 1)
    throw new RangeError(`degrees of freedom must be 1 or more: ${freedom}`);
  let low = 0;
  let high = 1;
  while (studentWithin(high, freedom) < confidence) high *= 2;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (studentWithin(middle, freedom) < confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A mean and half the width of its confidence interval; the half is null for a single value. */
export interface Interval {
  readonly mean: number;
  readonly half: number | null;
}

/** Student's interval over independent replications. Equal values are their own mean: no rounding moves it off a limit. */
export function intervalOf(values: readonly number[], confidence: number): Interval {
  const [first] = values;
  if (first !== undefined && values.every((value) => value === first)) {
    return { mean: first, half: values.length < 2 ? null : 0 };
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, half: studentQuantile(confidence, values.length - 1) * Math.sqrt(variance / values.length) };
}
