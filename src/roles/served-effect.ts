import type { Effect } from "../sim/behaviour.js";

/** An effect that happens once a call has been served, and that neither admits calls itself nor errs by itself. */
export abstract class ServedEffect implements Effect {
  readonly ownsErrors = false;

  admit(_call: number): boolean {
    return true;
  }

  abstract perform(call: number): boolean;

  turnedAway(_call: number): void {}
}
