import { describe, expect, it } from "vitest";
import { measure, modelOf, type Network, person, service, step, storage } from "./network.js";

function filtering(parameters: Readonly<Record<string, number>>, scenario?: Network["scenario"]): Network {
  return {
    components: [
      person("crowd"),
      step("shield", { service: service(5, 1_000), behavior: { mode: "filter", ...parameters } }),
      storage("shelf"),
    ],
    connections: ["crowd→shield", "shield→shelf"],
    workload: { ratePerS: 500, durationMs: 40_001 },
    ...(scenario === undefined ? {} : { scenario }),
  };
}

describe("filter", () => {
  it.each([0, 12.5, 40, 100])("drops %s % of all calls as rejected", (dropPct) => {
    const run = measure(filtering({ dropPct, falsePositive: 0, detection: 0 }));
    const { arrivals, failures } = run.of("shield");
    expect(arrivals).toBe(20_000);
    // The standard deviation of the share is at most 0.0035.
    expect(Math.abs(failures.rejected / arrivals - dropPct / 100)).toBeLessThan(dropPct % 100 === 0 ? 1e-12 : 0.012);
    expect(run.of("shelf").arrivals).toBe(arrivals - failures.rejected);
    expect(run.metrics.dropped).toBe(failures.rejected);
  });

  it("drops clean calls by the share of false positives", () => {
    const run = measure(filtering({ falsePositive: 0.05 }));
    expect(Math.abs(run.metrics.dropRate - 0.05)).toBeLessThan(0.006);
  });

  it("blocks hostile calls by its detection, and clean ones by its false positives", () => {
    const attack = { id: "attack", kind: "adversarial", multiplier: 2 };
    const run = measure(filtering({ detection: 0.8, falsePositive: 0.02 }, attack));
    expect(Math.abs(run.metrics.blocked! - 0.8)).toBeLessThan(0.01);
    expect(Math.abs(run.metrics.dropRate - 0.02)).toBeLessThan(0.004);
    // Offered and delivered count clean intents only; the shield sees three times as many calls.
    expect([run.metrics.offered, run.of("shield").arrivals]).toEqual([20_000, 60_000]);
  });

  it("combines both: what dropPct leaves is judged", () => {
    const run = measure(filtering({ dropPct: 50, falsePositive: 0.2 }));
    expect(Math.abs(run.metrics.dropRate - 0.6)).toBeLessThan(0.012);
  });

  it("drops after its service, which costs its slots the same", () => {
    const run = measure(filtering({ dropPct: 100 }));
    expect([run.of("shield").sojournMs.mean, run.of("shield").serviceMs.mean]).toEqual([5, 5]);
  });

  it("detects 90 % and errs on 1 % when the canvas says nothing", () => {
    expect(modelOf(filtering({})).components[1]!.parameters).toEqual({
      dropShare: 0,
      detection: 0.9,
      falsePositive: 0.01,
    });
  });
});
