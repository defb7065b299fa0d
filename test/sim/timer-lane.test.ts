import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventQueue } from "../../src/sim/event-queue.js";
import { TimerLane } from "../../src/sim/timer-lane.js";

const lanePayload = -1;

/** Runs everything that stands in the queue; a timer is reported as its owner, other events as they were pushed. */
function drain(queue: EventQueue, lane: TimerLane, stamps: Float64Array): (readonly [number, string])[] {
  const happened: (readonly [number, string])[] = [];
  while (queue.size > 0) {
    const payload = queue.pop();
    if (payload === lanePayload) {
      const owner = lane.expire(stamps);
      if (owner >= 0) happened.push([queue.time, `timer ${owner}`]);
    } else happened.push([queue.time, `event ${payload}`]);
  }
  return happened;
}

/** Sets a timer at a time of the clock, which is that of the event that happened last. */
function setAt(queue: EventQueue, lane: TimerLane, now: number, owner: number, stamp: number): void {
  queue.time = now;
  lane.set(owner, stamp);
}

describe("TimerLane", () => {
  it("expires timers after the delay, in the order in which they were set", () => {
    const queue = new EventQueue();
    const lane = new TimerLane(100, queue, lanePayload);
    const stamps = Float64Array.of(1, 2, 3);
    for (const owner of [0, 1, 2]) setAt(queue, lane, owner * 10, owner, stamps[owner]!);
    expect(drain(queue, lane, stamps)).toEqual([
      [100, "timer 0"],
      [110, "timer 1"],
      [120, "timer 2"],
    ]);
  });

  it("holds one event in the queue, however many timers are set", () => {
    const queue = new EventQueue();
    const lane = new TimerLane(100, queue, lanePayload);
    for (let owner = 0; owner < 1000; owner++) setAt(queue, lane, owner, owner, owner + 1);
    expect(queue.size).toBe(1);
  });

  it("skips cancelled timers, at the head and behind it", () => {
    const queue = new EventQueue();
    const lane = new TimerLane(100, queue, lanePayload);
    const stamps = Float64Array.of(1, 2, 3, 4);
    for (const owner of [0, 1, 2, 3]) setAt(queue, lane, owner, owner, stamps[owner]!);
    stamps[0] = 0;
    stamps[1] = 0;
    stamps[2] = 0;
    expect(queue.pop()).toBe(lanePayload);
    expect(lane.expire(stamps)).toBe(-1);
    // The two cancelled behind the head are gone: what stands in the queue now is the live one.
    expect([queue.size, queue.peekTime()]).toEqual([1, 103]);
    expect(drain(queue, lane, stamps)).toEqual([[103, "timer 3"]]);
  });

  it("takes a timer that was set anew for another one", () => {
    const queue = new EventQueue();
    const lane = new TimerLane(100, queue, lanePayload);
    const stamps = Float64Array.of(1);
    setAt(queue, lane, 0, 0, 1);
    stamps[0] = 2;
    setAt(queue, lane, 60, 0, 2);
    expect(drain(queue, lane, stamps)).toEqual([[160, "timer 0"]]);
  });

  it("works again after it ran empty", () => {
    const queue = new EventQueue();
    const lane = new TimerLane(5, queue, lanePayload);
    const stamps = Float64Array.of(1, 2);
    setAt(queue, lane, 0, 0, 1);
    expect(drain(queue, lane, stamps)).toEqual([[5, "timer 0"]]);
    setAt(queue, lane, 50, 1, 2);
    expect(drain(queue, lane, stamps)).toEqual([[55, "timer 1"]]);
  });

  it("grows while its ring is wrapped around, and keeps order, owners and stamps", () => {
    const queue = new EventQueue();
    const lane = new TimerLane(1000, queue, lanePayload);
    const stamps = Float64Array.from({ length: 400 }, (_, owner) => owner + 1);
    const expired: number[] = [];
    for (let owner = 0; owner < 60; owner++) setAt(queue, lane, owner, owner, stamps[owner]!);
    for (let i = 0; i < 50; i++) {
      queue.pop();
      expired.push(lane.expire(stamps));
    }
    // 10 are left in slots 50 to 59 of 64: the next ones wrap around the end, and the ring grows twice.
    for (let owner = 60; owner < 260; owner++) setAt(queue, lane, owner, owner, stamps[owner]!);
    const rest = drain(queue, lane, stamps);
    expect(expired).toEqual(Array.from({ length: 50 }, (_, owner) => owner));
    expect(rest).toEqual(Array.from({ length: 210 }, (_, i) => [1050 + i, `timer ${50 + i}`]));
  });
});

/** Time passes, a timer is set, one is cancelled, or a plain event is planned. */
const histories = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("pass" as const), value: fc.integer({ min: 0, max: 4 }) }),
    fc.record({ kind: fc.constant("set" as const), value: fc.integer({ min: 0, max: 19 }) }),
    fc.record({ kind: fc.constant("cancel" as const), value: fc.integer({ min: 0, max: 19 }) }),
    fc.record({ kind: fc.constant("event" as const), value: fc.integer({ min: 0, max: 12 }) }),
  ),
  { maxLength: 250 },
);

describe("TimerLane against single timers in the event queue", () => {
  it("happens in the same order among other events, with the same cancellations", () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 9 }), (history, delayMs) => {
        const withLane = replay(history, delayMs, true);
        const single = replay(history, delayMs, false);
        expect(withLane).toEqual(single);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});

type History = readonly { readonly kind: "pass" | "set" | "cancel" | "event"; readonly value: number }[];

function replay(history: History, delayMs: number, useLane: boolean): readonly string[] {
  const queue = new EventQueue();
  const lane = new TimerLane(delayMs, queue, lanePayload);
  const stamps = new Float64Array(20);
  const single: { readonly owner: number; readonly stamp: number }[] = [];
  const happened: string[] = [];
  let now = 0;
  let issued = 0;
  const runUntil = (endMs: number): void => {
    while (queue.peekTime() <= endMs) {
      const payload = queue.pop();
      let owner = -1;
      if (payload === lanePayload) owner = lane.expire(stamps);
      else if (payload >= 1000) {
        const timer = single[payload - 1000]!;
        if (stamps[timer.owner] === timer.stamp) owner = timer.owner;
      } else happened.push(`${queue.time}: event ${payload}`);
      if (owner >= 0) happened.push(`${queue.time}: timer ${owner}`);
    }
  };
  history.forEach(({ kind, value }, index) => {
    if (kind === "pass") {
      now += value;
      runUntil(now);
    } else if (kind === "cancel") stamps[value] = 0;
    else if (kind === "event") queue.push(now + value, index);
    else {
      stamps[value] = ++issued;
      if (useLane) setAt(queue, lane, now, value, issued);
      else queue.push(now + delayMs, 1000 + single.push({ owner: value, stamp: issued }) - 1);
    }
  });
  runUntil(Number.MAX_VALUE);
  return happened;
}
