import type { Draws } from "./draws.js";
import type { RandomStreams } from "./random.js";
import type { Tracer } from "./tracer.js";

/** Where new intents come from. */
export interface Source {
  /** When its intents arrive, ascending, milliseconds; Infinity when there are no more. */
  readonly times: Draws;
  /** Makes the intent that arrives now. */
  arrive(): void;
}

export interface EngineOptions {
  readonly streams: RandomStreams;
  /** The run ends here even when something is left to happen, milliseconds. */
  readonly endMs: number;
  /** The run is cut off after so many events, or four times as many calls, and says so. */
  readonly maxEvents: number;
  /** The run is cut off when so many calls are in flight, or twice as many messages are in queues, and says so. */
  readonly maxCalls: number;
  /** A call that passes more components than this without a queue in between fails. */
  readonly maxHops: number;
  /** Reply bits of an ok from a sink: `Reply.goal` where the problem has no goal of its own. */
  readonly sinkReply: number;
  readonly tracer: Tracer | null;
}

/** Lost calls, varied service times and stricken owners of the run; 0 where there are none. */
export interface Ambience {
  dropRate: number;
  jitter: number;
  crashRate: number;
  /** Share of owners that stop for a while, and for how long: uniform between the two, milliseconds. */
  pauseRate: number;
  pauseMinMs: number;
  pauseMaxMs: number;
}
