import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Line } from "../../src/sim/line.js";

/** A line whose changes come with their time, and leaving with the time spent there. */
class TimedLine {
  private readonly clock = { now: 0 };
  private readonly since = new Float64Array(1);
  readonly line = new Line(this.clock);

  at(now: number): Line {
    this.clock.now = now;
    return this.line;
  }

  calledUp(now: number, waitMs: number): void {
    this.since[0] = now - waitMs;
    this.at(now).calledUp(this.since, 0);
  }

  left(now: number, sojournMs: number): void {
    this.since[0] = now - sojournMs;
    this.at(now).left(this.since, 0);
  }

  gaveUp(now: number, sojournMs: number): void {
    this.since[0] = now - sojournMs;
    this.at(now).gaveUp(this.since, 0);
  }
}

describe("Line", () => {
  /**
   * Two servers; four customers arrive at 0, 1, 2 and 3 and are served for 4 each, first come, first served:
   * in service [0,4] [1,5] [4,8] [5,9]; waiting [2,4] [3,5].
   */
  function fourCustomers(): TimedLine {
    const line = new TimedLine();
    line.at(0).setServers(2);
    line.at(0).startMeasuring();
    line.at(0).startedAtOnce();
    line.at(1).startedAtOnce();
    line.at(2).joined();
    line.at(3).joined();
    line.left(4, 4);
    line.calledUp(4, 2);
    line.left(5, 4);
    line.calledUp(5, 2);
    line.left(8, 6);
    line.left(9, 6);
    line.at(10).stopMeasuring(10);
    return line;
  }

  it("counts a server that is taken away while it is busy until it is done: no line is more than fully used", () => {
    const line = new TimedLine();
    line.at(0).setServers(3);
    line.at(0).startMeasuring();
    for (let server = 0; server < 3; server++) line.at(0).startedAtOnce();
    line.at(2).setServers(1);
    line.left(4, 4);
    line.left(5, 5);
    line.left(8, 8);
    line.at(10).stopMeasuring(10);
    // Busy 4 + 5 + 8 = 17; there are 3 servers until 4, then 2 until 5, then the one that is left.
    expect(line.line.report().utilization).toBeCloseTo(17 / (3 * 4 + 2 + 5), 12);
  });

  it("weights lengths by time: a worked example", () => {
    const line = fourCustomers();
    // Waiting: 2 + 2 = 4 customer-units in 10; busy: 4 · 4 = 16 of 2 · 10.
    expect(line.line.report()).toEqual({ meanLength: 0.4, utilization: 0.8 });
    expect(line.line.longest).toBe(2);
    expect(line.line.wait.mean()).toBe(1);
    expect(line.line.sojourn.mean()).toBe(5);
    expect(line.line.meanBusyMs()).toBe(4);
    expect([line.line.waiting, line.line.busy]).toEqual([0, 0]);
  });

  it("holds Little's law exactly, with everybody gone and with some still inside", () => {
    expect(fourCustomers().at(10).littlesLaw(0)).toEqual({ area: 20, residence: 20 });
    const line = new TimedLine();
    line.at(0).startedAtOnce();
    line.at(3).joined();
    line.left(5, 5);
    expect(line.at(7).littlesLaw(4)).toEqual({ area: 5 + 4, residence: 5 + 4 });
  });

  it("breaks Little's law when a leaver states a wrong time", () => {
    const line = new TimedLine();
    line.at(0).startedAtOnce();
    line.left(5, 4);
    expect(line.at(5).littlesLaw(0)).toEqual({ area: 5, residence: 4 });
  });

  it("leaves out what happened before the measured part and after it", () => {
    const line = new TimedLine();
    line.at(0).setServers(1);
    line.at(0).startedAtOnce();
    line.at(0).joined();
    line.at(0).joined();
    line.line.served(99);
    line.at(10).startMeasuring();
    expect([line.line.wait.count, line.line.serviceSumMs, line.line.services, line.line.longest]).toEqual([0, 0, 0, 2]);
    line.left(15, 15);
    line.calledUp(15, 15);
    line.line.served(7);
    line.at(20).stopMeasuring(20);
    line.left(30, 30);
    line.at(40).stopMeasuring(40);
    expect(line.line.report()).toEqual({ meanLength: 1.5, utilization: 1 });
    expect([line.line.wait.mean(), line.line.serviceSumMs, line.line.services]).toEqual([15, 7, 1]);
  });

  it("keeps one that comes back in the line, and one that gives up in the law", () => {
    const line = new TimedLine();
    line.at(0).startedAtOnce();
    line.at(4).returned();
    expect([line.line.waiting, line.line.busy, line.line.longest]).toEqual([1, 0, 1]);
    line.gaveUp(10, 10);
    expect([line.line.waiting, line.line.busy]).toEqual([0, 0]);
    expect(line.at(10).littlesLaw(0)).toEqual({ area: 10, residence: 10 });
  });

  it("keeps the first time at which it was full", () => {
    const line = new TimedLine();
    expect(line.line.firstFullMs).toBeNaN();
    line.at(30).full();
    line.at(40).full();
    expect(line.line.firstFullMs).toBe(30);
  });

  it("tells the busy time so far, for a timeline", () => {
    const line = new TimedLine();
    line.at(0).startedAtOnce();
    line.at(500).startedAtOnce();
    expect(line.at(1000).busyMs()).toBe(1500);
    line.left(1200, 1200);
    expect(line.at(2000).busyMs()).toBe(1500 + 400 + 800);
  });

  it("has no mean busy time and no utilisation of nothing", () => {
    const line = new TimedLine();
    expect(line.line.meanBusyMs()).toBeNull();
    expect(line.line.report()).toEqual({ meanLength: 0, utilization: 0 });
    line.at(0).startMeasuring();
    line.at(0).startedAtOnce();
    line.at(10).stopMeasuring(10);
    expect(line.line.report().utilization).toBe(0);
  });

  it("holds Little's law for any single server with whole-number times", () => {
    const customers = fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 5 }), service: fc.integer({ min: 0, max: 7 }) }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(customers, (list) => {
        const line = new TimedLine();
        const changes: { readonly at: number; readonly order: number; readonly change: () => void }[] = [];
        let arrival = 0;
        let free = 0;
        let sum = 0;
        list.forEach(({ gap, service }, index) => {
          arrival += gap;
          const [at, start] = [arrival, Math.max(arrival, free)];
          free = start + service;
          const end = free;
          sum += end - at;
          changes.push({ at, order: 3 * index, change: () => line.at(at).joined() });
          changes.push({ at: start, order: 3 * index + 1, change: () => line.calledUp(start, start - at) });
          changes.push({ at: end, order: 3 * index + 2, change: () => line.left(end, end - at) });
        });
        for (const { change } of changes.sort((a, b) => a.at - b.at || a.order - b.order)) change();
        expect(line.at(free).littlesLaw(0)).toEqual({ area: sum, residence: sum });
      }),
      { seed: 4 },
    );
  });
});
