import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Line } from "../../src/sim/line.js";

describe("Line", () => {
  /**
   * Two servers; four customers arrive at 0, 1, 2 and 3 and are served for 4 each, first come, first served:
   * in service [0,4] [1,5] [4,8] [5,9]; waiting [2,4] [3,5].
   */
  function fourCustomers(): Line {
    const line = new Line();
    line.setServers(0, 2);
    line.startMeasuring(0);
    line.startedAtOnce(0);
    line.startedAtOnce(1);
    line.joined(2);
    line.joined(3);
    line.left(4, 4);
    line.calledUp(4, 2);
    line.left(5, 4);
    line.calledUp(5, 2);
    line.left(8, 6);
    line.left(9, 6);
    line.stopMeasuring(10);
    return line;
  }

  it("weights lengths by time: a worked example", () => {
    const line = fourCustomers();
    // Waiting: 2 + 2 = 4 customer-units in 10; busy: 4 · 4 = 16 of 2 · 10.
    expect(line.report()).toEqual({ meanLength: 0.4, utilization: 0.8 });
    expect(line.longest).toBe(2);
    expect(line.wait.mean()).toBe(1);
    expect(line.sojourn.mean()).toBe(5);
    expect(line.meanBusyMs()).toBe(4);
    expect([line.waiting, line.busy]).toEqual([0, 0]);
  });

  it("holds Little's law exactly, with everybody gone and with some still inside", () => {
    expect(fourCustomers().littlesLaw(10, 0)).toEqual({ area: 20, residence: 20 });
    const line = new Line();
    line.startedAtOnce(0);
    line.joined(3);
    line.left(5, 5);
    expect(line.littlesLaw(7, 4)).toEqual({ area: 5 + 4, residence: 5 + 4 });
  });

  it("breaks Little's law when a leaver states a wrong time", () => {
    const line = new Line();
    line.startedAtOnce(0);
    line.left(5, 4);
    expect(line.littlesLaw(5, 0)).toEqual({ area: 5, residence: 4 });
  });

  it("leaves out what happened before the measured part and after it", () => {
    const line = new Line();
    line.setServers(0, 1);
    line.startedAtOnce(0);
    line.joined(0);
    line.joined(0);
    line.served(99);
    line.startMeasuring(10);
    expect([line.wait.count, line.serviceSumMs, line.services, line.longest]).toEqual([0, 0, 0, 2]);
    line.left(15, 15);
    line.calledUp(15, 15);
    line.served(7);
    line.stopMeasuring(20);
    line.left(30, 30);
    line.stopMeasuring(40);
    expect(line.report()).toEqual({ meanLength: 1.5, utilization: 1 });
    expect([line.wait.mean(), line.serviceSumMs, line.services]).toEqual([15, 7, 1]);
  });

  it("keeps one that comes back in the line, and one that gives up in the law", () => {
    const line = new Line();
    line.startedAtOnce(0);
    line.returned(4);
    expect([line.waiting, line.busy, line.longest]).toEqual([1, 0, 1]);
    line.gaveUp(10, 10);
    expect([line.waiting, line.busy]).toEqual([0, 0]);
    expect(line.littlesLaw(10, 0)).toEqual({ area: 10, residence: 10 });
  });

  it("keeps the first time at which it was full", () => {
    const line = new Line();
    expect(line.firstFullMs).toBeNaN();
    line.full(30);
    line.full(40);
    expect(line.firstFullMs).toBe(30);
  });

  it("tells the busy time so far, for a timeline", () => {
    const line = new Line();
    line.startedAtOnce(0);
    line.startedAtOnce(500);
    expect(line.busyMs(1000)).toBe(1500);
    line.left(1200, 1200);
    expect(line.busyMs(2000)).toBe(1500 + 400 + 800);
  });

  it("has no mean busy time and no utilisation of nothing", () => {
    const line = new Line();
    expect(line.meanBusyMs()).toBeNull();
    expect(line.report()).toEqual({ meanLength: 0, utilization: 0 });
    line.startMeasuring(0);
    line.startedAtOnce(0);
    line.stopMeasuring(10);
    expect(line.report().utilization).toBe(0);
  });

  it("holds Little's law for any single server with whole-number times", () => {
    const customers = fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 5 }), service: fc.integer({ min: 0, max: 7 }) }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(customers, (list) => {
        const line = new Line();
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
          changes.push({ at, order: 3 * index, change: () => line.joined(at) });
          changes.push({ at: start, order: 3 * index + 1, change: () => line.calledUp(start, start - at) });
          changes.push({ at: end, order: 3 * index + 2, change: () => line.left(end, end - at) });
        });
        for (const { change } of changes.sort((a, b) => a.at - b.at || a.order - b.order)) change();
        expect(line.littlesLaw(free, 0)).toEqual({ area: sum, residence: sum });
      }),
      { seed: 4 },
    );
  });
});
