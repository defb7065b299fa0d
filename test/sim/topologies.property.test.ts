import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/problem/problem.js";
import { problems } from "../fuzz/problem.js";
import { runFirst } from "../fuzz/run-design.js";
import { canvases, withoutCycles } from "../fuzz/topology.js";

/** Time enough to come to rest, also for a message that waits a minute for each of its ten deliveries. */
const drainMs = 1_000_000;
const atLeisure = problems.map((problem): Problem => {
  const scenarios = problem.scenarios.map((scenario) => ({ ...scenario, workload: { ...scenario.workload, drainMs } }));
  return { ...problem, scenarios };
});

describe("any topology", () => {
  it("without a cycle gives back every slot, call, message and intent when it comes to rest", () => {
    let atRest = 0;
    fc.assert(
      fc.property(canvases, atLeisure, (canvas, problem) => {
        const { engine, recorder, workload } = runFirst(withoutCycles(canvas), problem);
        if (engine.truncatedBy !== null || engine.now >= workload.durationMs + drainMs) return;
        atRest++;
        for (const { spec, line, reported } of engine.stations) {
          expect([spec.id, line.busy, line.waiting, reported.busy, reported.waiting]).toEqual([spec.id, 0, 0, 0, 0]);
        }
        expect(engine.calls.live).toBe(0);
        // The record of a sequence that nobody resumes or sweeps stays open.
        if (engine.stations.every(({ behaviour }) => behaviour.durable === undefined)) {
          expect(recorder.counts.pending).toBe(0);
        }
      }),
      { numRuns: 500, seed: 7 },
    );
    // The rest are messages that never end: each delivery opens the breaker, is refused by it, and does not count.
    expect(atRest).toBeGreaterThanOrEqual(450);
  });

  it("with cycles conserves calls and intents, and gives no number that is not one", () => {
    fc.assert(
      fc.property(canvases, problems, (canvas, problem) => {
        const { engine, recorder } = runFirst(canvas, problem);
        const { offered, delivered, dropped, pending, declined, abandoned } = recorder.counts;
        expect(delivered + dropped + pending + declined + abandoned).toBe(offered);
        for (const station of engine.stations) {
          const { meanLength, utilization } = station.reported.report();
          const numbers = [meanLength, utilization, station.reported.wait.sum, station.reported.sojourn.sum];
          for (const number of numbers) expect(Number.isFinite(number) && number >= 0).toBe(true);
          expect(utilization).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
      { numRuns: 300, seed: 8 },
    );
  });
});
