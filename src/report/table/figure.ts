/** The number, and below it, where it is a mean over seeds, half its 95 % interval: `2.05 s` and `±31 ms`. */
export function withMargin(
  value: number | null,
  interval: readonly [low: number, high: number] | undefined,
  format: (value: number) => string,
): string {
  if (value === null) return "none";
  if (interval === undefined) return format(value);
  return `${format(value)}\n±${format((interval[1] - interval[0]) / 2)}`;
}
