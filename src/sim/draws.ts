/** How many numbers a stream is ahead of its reader. */
const drawnAhead = 64;

/**
 * A stream of random numbers, drawn many at a time: taking one is the same cheap read whatever the distribution costs.
 * It has its source for itself, so drawing ahead changes no number.
 */
export class Draws {
  private readonly ahead = new Float64Array(drawnAhead);
  private taken = drawnAhead;
  /** The number that {@link draw} drew last. */
  value = 0;

  /** `fill` draws the next numbers, one for each place. */
  constructor(private readonly fill: (into: Float64Array) => void) {}

  /** Draws a number into {@link value}: what happens with every event takes it from there and leaves no garbage. */
  draw(): void {
    if (this.taken === drawnAhead) {
      this.fill(this.ahead);
      this.taken = 0;
    }
    this.value = this.ahead[this.taken++]!;
  }

  next(): number {
    this.draw();
    return this.value;
  }
}

/** The same number each time. */
export function constant(value: number): Draws {
  return new Draws((into) => into.fill(value));
}
