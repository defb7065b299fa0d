import { studentWithin } from "../student.js";

/**
 * The one-sided p-value of paired differences against a mean of 0 or less, by Student's t: how often luck alone would
 * show a mean so far above 0.
 *
 * A value that is known to steps of h only is off by a variance of h²/12 (W. F. Sheppard, 1898), a difference of two by
 * h²/6; the differences are taken to vary at least so much. Without that, two seeds whose differences happen to fall on
 * one step would leave no doubt.
 * @param differences at least two
 * @param step of the values; with 0 a difference that is the same in all, and not 0, leaves no doubt: the value is 0 or 1
 * @throws RangeError for fewer
 */
export function aboveZero(differences: readonly number[], step: number): number {
  const count = differences.length;
  if (count < 2) throw new RangeError(`one difference says nothing of the others: ${count}`);
  const first = differences[0]!;
  const constant = differences.every((value) => value === first);
  const mean = constant ? first : differences.reduce((sum, value) => sum + value, 0) / count;
  const squares = constant ? 0 : differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = Math.max(squares / (count - 1), (step * step) / 6);
  if (variance === 0) return mean > 0 ? 0 : 1;
  const t = mean / Math.sqrt(variance / count);
  const beyond = (1 - studentWithin(Math.abs(t), count - 1)) / 2;
  return t > 0 ? beyond : 1 - beyond;
}

/**
 * Which of several hypotheses are rejected so that all of them together raise a false alarm with the probability `level`
 * at most, whatever hangs on what: the smallest p-value is held against level ÷ m, the next against level ÷ (m − 1), and
 * so on up to the first that is not small enough. (S. Holm, A simple sequentially rejective multiple test procedure, 1979.)
 * @returns in the order of the p-values
 */
export function holmRejections(pValues: readonly number[], level: number): readonly boolean[] {
  const order = pValues.map((_, index) => index).sort((left, right) => pValues[left]! - pValues[right]!);
  const rejected = pValues.map(() => false);
  for (const [rank, index] of order.entries()) {
    if (pValues[index]! > level / (pValues.length - rank)) break;
    rejected[index] = true;
  }
  return rejected;
}
