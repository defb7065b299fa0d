import { describe, expect, it } from "vitest";
import { seeds } from "./checkout.js";
import { modelOf, Trial } from "./trial.js";

const model = modelOf("exactly-once-charging", "reference");
const runs = ["provider-down", "failover"] as const;

describe("exactly-once-charging, reference.json, its provider silent for ten minutes", () => {
  it.each(seeds)("passes on seed %i by the closed forms", (seed) => {
    const trial = new Trial(model, seed, runs);
    expect(trial.failures).toEqual([]);
    for (const { id } of trial.result.invariants) expect(trial.exposure(id)).toBeGreaterThanOrEqual(500);
    for (const id of runs) {
      const { offered, accepted, delivered, declined, amplification, unknownMs, acceptMs } = trial.metrics(id);
      // ∫λ dt = 90,000 + 27,000, all of them accepted, also while it is silent.
      expect(Math.abs(offered - 117_000)).toBeLessThan(4 * Math.sqrt(117_000));
      expect([accepted, delivered + declined]).toEqual([offered, offered]);
      expect(acceptMs.p95!).toBeLessThan(24);
      expect(amplification!).toBeLessThan(1.01);
      // The reconciler's tick at 720 s meets an open breaker, the one 15 s later charges under the same key.
      expect(unknownMs.p95!).toBeGreaterThan(15_000);
      expect(unknownMs.p95!).toBeLessThan(20_000);
    }

    const { backlogMax, drainMs } = trial.metrics("provider-down");
    // λ · 600 s, and some seconds until the breaker has closed.
    expect(backlogMax).toBeGreaterThan(60_000 - 4 * Math.sqrt(60_000));
    expect(backlogMax).toBeLessThan(60_800 + 4 * Math.sqrt(60_000));
    // 120 − 100 a second for 180 s, then 120 − 30.
    expect(Math.abs(drainMs! - (180_000 + ((60_000 - 20 * 180) / 90) * 1000))).toBeLessThan(20_000);
    expect(trial.part("provider-down", "psp2").arrivals).toBe(0);

    // What was in flight, and each probe, may have been charged at the first provider, and is not diverted: about
    // 300 slots + 3 probes · 600 s ÷ (5 s open + 6 s timeout) = 460 messages come back every second and their wait.
    // With 120 − 100 a second to spare, that makes the wait 460 ÷ 20 − 1 s.
    const { disturbedConfirmMs } = trial.metrics("failover");
    expect(Math.abs(disturbedConfirmMs.p95! - 22_000)).toBeLessThan(3_000);
    expect(disturbedConfirmMs.p50!).toBeGreaterThan(300 / 20 - 1);
    // 600 s of 117,000 arrivals go to the second one, and until the breaker has opened to the first.
    expect(Math.abs(trial.part("failover", "psp2").arrivals - 59_000)).toBeLessThan(1_500);
    expect(trial.violations("failover", "no-double-charge")).toBe(0);

    // Slots: API 20, worker 300, breaker 300, receiver 5; outbox 6, reconciler 5, second provider 100;
    // the queue 10 and 0.40 a million at 100/s; storage 60 and 0.20 per peak write.
    const peak = (id: string) => Math.max(...runs.map((run) => trial.part(run, id).peakArrivalsPerS));
    const storage = 120 + 0.2 * (peak("charges") + peak("ledger"));
    const { effectiveMonthlyUsd } = trial.result.cost;
    expect(effectiveMonthlyUsd).toBeCloseTo(736 + 10 + 0.4 * 100 * 2.592 + storage, 2);
    expect(effectiveMonthlyUsd).toBeLessThan(1_150);
  });
});
