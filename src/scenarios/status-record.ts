import { Tally } from "../sim/tally.js";

/** What came of the status polls of a run's measured intents. */
export class StatusRecord {
  /** Polls sent. */
  polls = 0;
  /** Polls answered with a failure, in vain waited for, or lost. */
  errors = 0;
  /** From an intent's becoming final to the answer that showed it, milliseconds. */
  readonly statusMs = new Tally();
}
