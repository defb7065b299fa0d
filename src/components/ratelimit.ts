import type { z } from "zod";
import type { Engine } from "../sim/engine.js";
import { Outcome } from "../sim/outcome.js";
import type { Station } from "../sim/station.js";
import { mode } from "./mode.js";
import { Passthrough } from "./passthrough.js";
import type { ratelimitParameters } from "./ratelimit.schema.js";

/** Rate limit of a plain component, in multiples of λ: above the fivefold spike. */
const defaultRateFactor = 6;
/** Burst of a plain component: seconds of its rate. */
const defaultBurstS = 2;

/** A token that time has refilled may miss a whole one by rounding. */
const rounding = 1e-9;

interface RateLimitParameters {
  readonly rps: number;
  readonly burst: number;
}

/** A token bucket: full at first, refilled evenly, one token a call. */
class RateLimit extends Passthrough {
  private tokens: number;
  private filledMs = 0;

  constructor(
    engine: Engine,
    station: Station,
    private readonly parameters: RateLimitParameters,
  ) {
    super(engine, station);
    this.tokens = parameters.burst;
  }

  override admit(_call: number): Outcome {
    const { rps, burst } = this.parameters;
    const { now } = this.engine;
    this.tokens += ((now - this.filledMs) * rps) / 1000;
    if (this.tokens > burst) this.tokens = burst;
    this.filledMs = now;
    if (this.tokens < 1 - rounding) return Outcome.rejected;
    this.tokens = this.tokens < 1 ? 0 : this.tokens - 1;
    return Outcome.ok;
  }
}

export const ratelimit = mode<RateLimitParameters>({
  name: "ratelimit",
  asynchronous: false,
  resolve(written, context) {
    const own = written as z.infer<typeof ratelimitParameters>;
    const rps = context.given(own.rps, "rps", defaultRateFactor * context.ratePerS, `${defaultRateFactor} × λ`);
    const burst = Math.max(1, defaultBurstS * rps);
    return { rps, burst: context.given(own.burst, "burst", burst, `${defaultBurstS} s of rps`) };
  },
  create: (parameters) => (engine, station) => new RateLimit(engine, station, parameters),
});
