import { describe, expect, it } from "vitest";
import { EventQueue } from "../../src/sim/event-queue.js";

function drain(queue: EventQueue): { readonly time: number; readonly payload: number }[] {
  const popped = [];
  while (queue.size > 0) {
    const payload = queue.pop();
    popped.push({ time: queue.time, payload });
  }
  return popped;
}

describe("EventQueue", () => {
  it("gives events back by time", () => {
    const queue = new EventQueue();
    for (const [time, payload] of [
      [3, 30],
      [1, 10],
      [2, 20],
      [0.5, 5],
    ] as const)
      queue.push(time, payload);
    expect(drain(queue)).toEqual([
      { time: 0.5, payload: 5 },
      { time: 1, payload: 10 },
      { time: 2, payload: 20 },
      { time: 3, payload: 30 },
    ]);
  });

  it("gives events of one time back in the order in which they were pushed", () => {
    const queue = new EventQueue();
    for (let payload = 0; payload < 200; payload++) queue.push(7, payload);
    expect(drain(queue).map(({ payload }) => payload)).toEqual(Array.from({ length: 200 }, (_, payload) => payload));
  });

  it("keeps that order when pops come between the pushes", () => {
    const queue = new EventQueue();
    const order: number[] = [];
    for (let payload = 0; payload < 50; payload++) {
      queue.push(7, payload);
      queue.push(7, 1000 + payload);
      order.push(queue.pop());
    }
    order.push(...drain(queue).map(({ payload }) => payload));
    const pushed = Array.from({ length: 50 }, (_, payload) => [payload, 1000 + payload]).flat();
    expect(order).toEqual(pushed);
  });

  it("orders an event that is pushed late by the sequence number it took early", () => {
    const queue = new EventQueue();
    const early = queue.nextSequence();
    queue.push(4, 1);
    queue.dueMs = 4;
    queue.pushDueAs(early, 2);
    expect(drain(queue).map(({ payload }) => payload)).toEqual([2, 1]);
  });

  it("grows beyond its capacity and keeps all events", () => {
    const queue = new EventQueue(2);
    for (let payload = 999; payload >= 0; payload--) queue.push(payload, payload);
    expect(queue.size).toBe(1000);
    expect(drain(queue)).toEqual(Array.from({ length: 1000 }, (_, time) => ({ time, payload: time })));
  });

  it("tells the next event's time, and Infinity when there is none", () => {
    const queue = new EventQueue();
    expect(queue.peekTime()).toBe(Number.POSITIVE_INFINITY);
    queue.push(9, 1);
    queue.push(4, 2);
    expect(queue.peekTime()).toBe(4);
    queue.pop();
    expect(queue.peekTime()).toBe(9);
    queue.pop();
    expect(queue.peekTime()).toBe(Number.POSITIVE_INFINITY);
  });

  it("keeps payloads of the whole range of 31 bits", () => {
    const queue = new EventQueue();
    queue.push(1, 2 ** 31 - 1);
    queue.push(2, 0);
    expect(drain(queue).map(({ payload }) => payload)).toEqual([2 ** 31 - 1, 0]);
  });
});
