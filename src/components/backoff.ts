import type { Draws } from "../sim/draws.js";

export type Jitter = "none" | "half" | "full" | "decorrelated";

/**
 * Waits before each retry, milliseconds: backoffMs · factor^(n−1), at most maxBackoffMs; `full` draws from 0 to that,
 * `half` from half of it to it; `decorrelated` draws from backoffMs to three times the last wait.
 * Source of the jitter forms: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export class Backoff {
  /** Upper bounds by retry, from the first; the last holds for all that follow. */
  private readonly boundsMs: number[] = [];

  constructor(
    private readonly backoffMs: number,
    factor: number,
    private readonly maxBackoffMs: number,
    private readonly jitter: Jitter,
    retries: number,
  ) {
    let boundMs = backoffMs;
    for (let retry = 0; retry < Math.max(1, retries); retry++) {
      this.boundsMs.push(Math.min(boundMs, maxBackoffMs));
      if (boundMs >= maxBackoffMs) break;
      boundMs *= factor;
    }
  }

  /** The wait before retry number `retry` (from 1); `lastMs` is the wait before the last one, 0 at first. */
  waitMs(retry: number, lastMs: number, uniform: Draws): number {
    const boundMs = this.boundsMs[Math.min(retry, this.boundsMs.length) - 1]!;
    switch (this.jitter) {
      case "none":
        return boundMs;
      case "half":
        return (boundMs * (1 + uniform.next())) / 2;
      case "full":
        return boundMs * uniform.next();
      case "decorrelated": {
        const highMs = Math.max(this.backoffMs, 3 * lastMs);
        return Math.min(this.maxBackoffMs, this.backoffMs + uniform.next() * (highMs - this.backoffMs));
      }
    }
  }
}
