import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem/problem.js";
import { modelOf, Trial } from "./trial.js";

const problem = "exactly-once-charging";
const few = [1, 2] as const;
const variant = (name: string, change?: (problem: Problem) => Problem) => modelOf(problem, `variants/${name}`, change);

describe("exactly-once-charging, variants/authorise-then-capture.json", () => {
  const model = variant("authorise-then-capture");

  it.each(few)("holds the money first and takes it then, each once: two calls a charge, seed %i", (seed) => {
    const trial = new Trial(model, seed, ["peak"]);
    const { offered, declined, delivered, amplification } = trial.metrics("peak");
    expect(trial.broken).toEqual([]);
    expect(delivered).toBe(offered - declined);
    // Who is declined is not captured; a key that is in flight is asked again.
    expect(Math.abs(amplification! - (2 - declined / offered))).toBeLessThan(0.06);
    // 70/s leave the queue, for the provider's 150/s are shared by two calls.
    expect(trial.failures).toEqual(["peak confirmMs.p95 <= 5s"]);
  });
});

describe("exactly-once-charging, refunds", () => {
  /** The problem gates no refunds; here it does. */
  const gated = ({ invariants = [], ...rest }: Problem): Problem => ({
    ...rest,
    invariants: [...invariants, "no-double-refund"],
  });
  const chaos = ["webhook-chaos"];

  it.each(few)("under the item's key gives each share back once, seed %i", (seed) => {
    const trial = new Trial(variant("refunds", gated), seed, chaos);
    expect(trial.broken).toEqual([]);
    expect(trial.exposure("no-double-refund")).toBeGreaterThan(25);
  });

  it.each(few)("under a new key each time gives back what a relay repeats, seed %i", (seed) => {
    const trial = new Trial(variant("refunds-blind", gated), seed, chaos);
    // One in five is refunded. The relay repeats 1 % of the events, of which the desk takes one in five once more; and
    // 0.25 % of the refunds have no answer or an error for one, though they stand.
    const expected = (0.2 * 0.2 * 0.01 + 0.2 * 0.0025) * trial.metrics("webhook-chaos").delivered;
    const spread = 4 * Math.sqrt(expected);
    expect(Math.abs(trial.violations("webhook-chaos", "no-double-refund") - expected)).toBeLessThan(spread);
    expect(trial.broken).toContain("webhook-chaos no-double-refund");
    expect(trial.invariantCause("webhook-chaos", "no-double-refund")).toMatch(/^psp: idempotency key attempt/);
  });
});

describe("exactly-once-charging, variants/fail-closed.json", () => {
  it("refuses while the provider is silent, and charges nobody wrongly", () => {
    const trial = new Trial(variant("fail-closed"), 1, ["provider-down"]);
    const { acceptErrorRate, declined, offered } = trial.metrics("provider-down");
    // 60,000 of 117,000 come in those ten minutes, and 3 % of the others are declined.
    expect(Math.abs(acceptErrorRate - (60_000 / 117_000 + declined / offered))).toBeLessThan(0.02);
    expect(trial.broken).toEqual([]);
    expect(trial.failures).toContain("provider-down acceptErrorRate <= 0.05%");
  });
});
