import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runTopology, topologies } from "../fuzz/topology.js";

describe("any topology", () => {
  it("without a cycle gives back every slot, call, message and intent when it comes to rest", () => {
    let atRest = 0;
    fc.assert(
      fc.property(topologies, (topology) => {
        const { engine, recorder } = runTopology(topology, true);
        if (engine.truncatedBy !== null || engine.now >= 301_500) return;
        atRest++;
        for (const { spec, line, reported } of engine.stations) {
          expect([spec.id, line.busy, line.waiting, reported.busy, reported.waiting]).toEqual([spec.id, 0, 0, 0, 0]);
        }
        expect([engine.calls.live, recorder.counts.pending]).toEqual([0, 0]);
      }),
      { numRuns: 500, seed: 7 },
    );
    // The rest are messages that never end: each delivery opens the breaker, is refused by it, and does not count.
    expect(atRest).toBeGreaterThanOrEqual(480);
  });

  it("with cycles conserves calls and intents, and gives no number that is not one", () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const { engine, recorder } = runTopology(topology, false);
        const { offered, delivered, dropped, pending, declined } = recorder.counts;
        expect(delivered + dropped + pending + declined).toBe(offered);
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
