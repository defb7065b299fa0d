import { describe, expect, it } from "vitest";
import { recoveryShare, stabilityScore } from "../../src/scoring/stability.js";
import { buildRun, type RunSketch } from "./fixtures.js";

const disturbance = {
  startMs: 60_000,
  endMs: 120_000,
  targets: [],
  untilEnd: false,
  backlogBack: true,
  peakRatePerS: 20,
};

describe("stabilityScore", () => {
  it("is 100 when every window is healthy and nothing was disturbed", () => {
    expect(stabilityScore(buildRun())).toBe(100);
  });

  it("adds 50 % of the mean health, 30 % of the worst windows and 20 % of the recovery", () => {
    const run = buildRun({ health: [1, 1, 1, 0], disturbance, metrics: { recoveryMs: 30_000 } });
    expect(stabilityScore(run, 120_000)).toBeCloseTo(100 * (0.5 * 0.75 + 0.3 * 0 + 0.2 * 0.75), 10);
  });

  it.each([
    [20, 1],
    [21, 2],
    [140, 7],
    [180, 9],
  ])("takes the worst 5 %% of %i windows to be %i", (windows, worst) => {
    const health = Array.from({ length: windows }, (_, window) => (window < worst ? 0 : 1));
    const expected = 100 * (0.5 * (1 - worst / windows) + 0.2);
    expect(stabilityScore(buildRun({ health }))).toBeCloseTo(expected, 10);
    const oneMore = health.map((share, window) => (window === worst ? 0 : share));
    expect(stabilityScore(buildRun({ health: oneMore }))).toBeCloseTo(expected - 50 / windows, 10);
  });

  it("skips windows without arrivals", () => {
    expect(stabilityScore(buildRun({ health: [null, 1, null, 1] }))).toBe(100);
  });

  it("is 0 for a run in which nobody arrived, and for an impossible one", () => {
    expect(stabilityScore(buildRun({ health: [null, null] }))).toBe(0);
    expect(stabilityScore(buildRun({ impossible: "no component plays the role payment-provider" }))).toBe(0);
  });
});

describe("recoveryShare", () => {
  const share = (sketch: RunSketch, allowanceMs = 90_000) => recoveryShare(buildRun(sketch), allowanceMs);

  it("falls from 1 at once to 0 at the allowance and beyond", () => {
    expect(share({ disturbance, metrics: { recoveryMs: 0 } })).toBe(1);
    expect(share({ disturbance, metrics: { recoveryMs: 45_000 } })).toBe(0.5);
    expect(share({ disturbance, metrics: { recoveryMs: 200_000 } })).toBe(0);
  });

  it("is judged on the final backlog when the disturbance lasts until arrivals stop", () => {
    const untilEnd = { ...disturbance, untilEnd: true };
    expect(share({ disturbance: untilEnd, metrics: { recoveryMs: 80_000 } })).toBe(1);
    expect(share({ disturbance: { ...untilEnd, backlogBack: false }, metrics: { recoveryMs: 0 } })).toBe(0);
  });

  it("allows 90 s when the scenario does not say", () => {
    const run = buildRun({ disturbance, metrics: { recoveryMs: 45_000 } });
    expect(stabilityScore(run)).toBeCloseTo(90, 10);
  });
});
