import { describe, expect, it } from "vitest";
import { constant } from "../../src/sim/draws.js";
import { Outcome } from "../../src/sim/outcome.js";
import { errorCurve, Station, type StationSpec } from "../../src/sim/station.js";

const spec: StationSpec = {
  index: 0,
  id: "station",
  active: false,
  slots: 2,
  asynchronous: false,
  queueLimit: 10,
  times: constant(1),
  errorRate: 0.02,
  errors: constant(0.5),
  stream: () => constant(0.5),
  success: [],
  failure: [],
  compensate: [],
  deadLetter: [],
  open: [],
  poll: [],
  weighted: false,
  fullAfterMs: 0,
};

const clock = { now: 0 };

describe("errorCurve", () => {
  it.each([
    [0, 0],
    [0.5, 0],
    [0.8, 0],
    [0.9, 0.035355339],
    [1, 0.1],
    [1.5, 0.4],
    [2, 0.55],
    [10, 0.91],
  ])("at ρ = %s has errors of %s", (utilization, errors) => {
    expect(errorCurve(utilization)).toBeCloseTo(errors, 8);
  });

  it("has no step where one formula hands over to the next", () => {
    for (const seam of [0.8, 1]) expect(errorCurve(seam + 1e-9) - errorCurve(seam)).toBeLessThan(1e-8);
  });
});

describe("Station", () => {
  it("adds the faults of the moment to its own error rate", () => {
    const station = new Station(spec, clock);
    station.addedErrorRate = 0.05;
    expect(station.errorRate()).toBeCloseTo(0.07, 12);
  });

  it("follows the offered load with a time constant of one second, where errors follow the load", () => {
    const station = new Station({ ...spec, errorRate: 0 }, clock);
    station.curveCapacity = 0.1;
    // 150 calls a second on a capacity of 100: ρ = 1.5. The average reaches 1 − e⁻ᵗ of it, here after 10 s.
    for (let call = 1; call <= 1500; call++) {
      clock.now = (call * 1000) / 150;
      station.noteLoad();
    }
    expect(station.errorRate()).toBeCloseTo(0.4, 2);
    // Half the capacity is gone: ρ = 3.
    station.curveFactor = 0.5;
    expect(station.errorRate()).toBeCloseTo(0.1 + 0.9 * (1 - 1 / 3), 2);
  });

  it("forgets an old burst", () => {
    const station = new Station({ ...spec, errorRate: 0 }, clock);
    station.curveCapacity = 0.1;
    for (let call = 0; call < 200; call++) {
      clock.now = call;
      station.noteLoad();
    }
    expect(station.errorRate()).toBeGreaterThan(0.4);
    clock.now = 10_000;
    station.noteLoad();
    expect(station.errorRate()).toBe(0);
  });

  it("keeps the largest number of arrivals in one second of the clock", () => {
    const station = new Station(spec, clock);
    for (const inSecond of [3, 4, 0, 1]) {
      station.arrivals += inSecond;
      station.secondOver();
    }
    expect([station.arrivals, station.peakArrivalsPerS]).toEqual([8, 4]);
  });

  it("reports the measured part alone", () => {
    const station = new Station(spec, clock);
    station.arrivals = 10;
    station.completed = 8;
    station.failures[Outcome.full] = 2;
    clock.now = 100;
    station.startMeasuring();
    station.arrivals = 25;
    station.completed = 20;
    station.failures[Outcome.full] = 3;
    station.failures[Outcome.error] = 1;
    station.failedDownstream = 1;
    const report = station.report();
    expect([report.arrivals, report.completed, report.failedDownstream, report.lost]).toEqual([15, 12, 1, 0]);
    expect([report.failures[Outcome.full], report.failures[Outcome.error]]).toEqual([1, 1]);
  });

  it("turns a completion into a failure when a message taken in is not delivered", () => {
    const station = new Station(spec, clock);
    station.arrivals = 1;
    station.completed = 1;
    station.failedAfterAll(Outcome.timeout, 0);
    expect([station.completed, station.failures[Outcome.timeout]]).toEqual([0, 1]);
  });

  it("leaves a message of the warm-up out of the measured part, also when it fails in there", () => {
    const station = new Station(spec, clock);
    station.arrivals = 1;
    station.completed = 1;
    clock.now = 1000;
    station.startMeasuring();
    station.failedAfterAll(Outcome.timeout, 500);
    const report = station.report();
    expect([report.completed, report.failures[Outcome.timeout]]).toEqual([0, 0]);
    expect([station.completed, station.failures[Outcome.timeout]]).toEqual([0, 1]);
  });
});
