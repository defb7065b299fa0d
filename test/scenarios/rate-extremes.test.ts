import { describe, expect, it } from "vitest";
import type { WorkloadSpec } from "../../src/problem/problem.js";
import { ArrivalRate } from "../../src/scenarios/arrivals.js";
import { rateExtremes } from "../../src/scenarios/rate-extremes.js";

function extremes(workload: Pick<WorkloadSpec, "ratePerS" | "profile">, endMs: number, multiplier?: number) {
  const window =
    multiplier === undefined ? undefined : ({ startMs: 2000, endMs: 4000, multiplier, outside: 1 } as const);
  return rateExtremes(new ArrivalRate(workload, endMs, window));
}

describe("the quietest and the busiest second of a workload", () => {
  it("are the same of a steady rate, and of less than a second", () => {
    expect(extremes({ ratePerS: 20 }, 180_000)).toEqual({ lowestPerS: 20, highestPerS: 20 });
    const steep = [
      { atMs: 0, ratePerS: 0 },
      { atMs: 500, ratePerS: 10 },
    ];
    expect(extremes({ profile: steep }, 500)).toEqual({ lowestPerS: 5, highestPerS: 5 });
  });

  it("are means over the second on a ramp, and the plateau's rate beside it", () => {
    const ramp = [
      { atMs: 0, ratePerS: 0 },
      { atMs: 10_000, ratePerS: 20 },
    ];
    expect(extremes({ profile: ramp }, 10_000)).toEqual({ lowestPerS: 1, highestPerS: 19 });
    expect(extremes({ profile: ramp }, 12_000)).toEqual({ lowestPerS: 1, highestPerS: 20 });
  });

  it("leave out what the profile says of the time after the arrivals", () => {
    const late = [
      { atMs: 0, ratePerS: 5 },
      { atMs: 20_000, ratePerS: 5 },
      { atMs: 20_000, ratePerS: 50 },
    ];
    expect(extremes({ profile: late }, 20_000)).toEqual({ lowestPerS: 5, highestPerS: 5 });
  });

  it("hold a scenario's spike or lull", () => {
    expect(extremes({ ratePerS: 20 }, 10_000, 5)).toEqual({ lowestPerS: 20, highestPerS: 100 });
    expect(extremes({ ratePerS: 20 }, 10_000, 0.5)).toEqual({ lowestPerS: 10, highestPerS: 20 });
  });
});
