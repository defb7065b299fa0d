/** One happening in the life of an intent. */
export interface TraceNote {
  readonly atMs: number;
  readonly where: string;
  readonly what: string;
  /** A repetition that a short report may leave out: one more attempt, one more refusal. */
  readonly routine?: true;
}

/**
 * Writes down what happens to chosen intents, by their number in order of arrival.
 * A run is deterministic, so a second run with a tracer shows the causes of what the first one counted.
 */
export class Tracer {
  private readonly notes = new Map<number, TraceNote[]>();

  constructor(serials: Iterable<number>) {
    for (const serial of serials) this.notes.set(serial, []);
  }

  note(serial: number, note: TraceNote): void {
    this.notes.get(serial)?.push(note);
  }

  /** What happened to an intent, in order; empty when it was not chosen. */
  of(serial: number): readonly TraceNote[] {
    return this.notes.get(serial) ?? [];
  }
}
