import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimeSpec } from "../../src/canvas/canvas.js";
import { canvasOf, openProblem } from "../../src/selftest/network.js";
import { runDesign } from "../fuzz/run-design.js";

/**
 * One station, first in first out, that turns away whom it has no room for; buyers who try once and wait for ever.
 *
 * A station draws its times in the order in which services begin, so the n-th to begin takes as long in both runs. Given
 * that, more slots or more room can only help, run by run and not only in the mean, whatever the distribution
 * (D. Sonderman, Comparing multi-server queues with finite waiting rooms, Advances in Applied Probability 11, 1979): as
 * long as at least as many were taken in and have left, whoever the smaller station takes in finds room in the larger
 * one, too; then the n-th begins no later, and ends no later.
 *
 * It is no theorem where a refusal or a long wait makes more load: with a timeout at the client, a longer line serves
 * buyers who have gone and fewer of those who wait.
 */
interface Sizes {
  readonly concurrency: number;
  readonly queueLimit: number;
}

function completed(timeMs: TimeSpec, sizes: Sizes, ratePerS: number, seed: number): number {
  const desk = { id: "desk", type: "storage", service: { timeMs, ...sizes } } as const;
  const { workload, ...problem } = openProblem(ratePerS, 10_000);
  const whole = { ...problem, workload: { ...workload, warmupMs: 0, drainMs: 600_000 } };
  const [run] = runDesign(canvasOf([desk], ["customers→desk"]), whole, seed).measurements;
  const { completed: served, arrivals, failures } = run!.components[1]!;
  expect(served + failures.full).toBe(arrivals);
  return served;
}

const meanMs = fc.integer({ min: 1, max: 400 });
const times: fc.Arbitrary<TimeSpec> = fc.oneof(
  meanMs,
  fc.record({ dist: fc.constant("exponential"), meanMs }),
  fc.record({ dist: fc.constant("lognormal"), medianMs: meanMs, sigma: fc.constantFrom(0.3, 1.5) }),
  fc.record({ dist: fc.constant("erlang"), meanMs, k: fc.constantFrom(2, 5) }),
  fc.record({ dist: fc.constant("hyperexponential"), meanMs, cv2: fc.constantFrom(1.5, 9) }),
);

const sizes = fc.record({ concurrency: fc.integer({ min: 1, max: 6 }), queueLimit: fc.integer({ min: 0, max: 8 }) });

describe("a larger station never completes fewer of the same buyers", () => {
  it.each([
    ["slot", (size: Sizes) => ({ ...size, concurrency: size.concurrency + 1 })],
    ["place to wait", (size: Sizes) => ({ ...size, queueLimit: size.queueLimit + 1 })],
  ] as const)("with one %s more", (_, enlarge) => {
    let gained = 0;
    fc.assert(
      fc.property(times, sizes, fc.integer({ min: 1, max: 60 }), fc.nat(), (timeMs, size, ratePerS, seed) => {
        const before = completed(timeMs, size, ratePerS, seed);
        const after = completed(timeMs, enlarge(size), ratePerS, seed);
        expect(after).toBeGreaterThanOrEqual(before);
        if (after > before) gained++;
      }),
      { numRuns: 200, seed: 41 },
    );
    // Where nobody was turned away there is nothing to gain; elsewhere there is.
    expect(gained).toBeGreaterThan(80);
  });
});
