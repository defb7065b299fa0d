import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventQueue } from "../../src/sim/event-queue.js";

interface Pending {
  readonly time: number;
  readonly sequence: number;
  readonly payload: number;
}

/** The queue's order, written plainly: an array that is sorted by (time, sequence) on every push. */
class SortedArray {
  private readonly pending: Pending[] = [];
  private issued = 0;

  get size(): number {
    return this.pending.length;
  }

  push(time: number, payload: number): void {
    this.pending.push({ time, sequence: this.issued++, payload });
    this.pending.sort((a, b) => a.time - b.time || a.sequence - b.sequence);
  }

  pop(): Pending | undefined {
    return this.pending.shift();
  }
}

/** Few distinct times, so that ties are common. */
const operations = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 12 }).map((time) => ({ push: time })) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 12, noNaN: true }).map((time) => ({ push: time })) },
    { weight: 3, arbitrary: fc.constant({ push: null }) },
  ),
  { maxLength: 300 },
);

describe("EventQueue against a sorted array", () => {
  it("pops the same events in the same order, whatever is pushed between", () => {
    fc.assert(
      fc.property(operations, fc.integer({ min: 1, max: 8 }), (steps, capacity) => {
        const queue = new EventQueue(capacity);
        const model = new SortedArray();
        const popBoth = (): void => {
          const expected = model.pop()!;
          expect(queue.peekTime()).toBe(expected.time);
          expect({ payload: queue.pop(), time: queue.time }).toEqual({
            payload: expected.payload,
            time: expected.time,
          });
        };
        steps.forEach(({ push }, payload) => {
          if (push !== null) {
            queue.push(push, payload);
            model.push(push, payload);
          } else if (model.size > 0) popBoth();
          expect(queue.size).toBe(model.size);
        });
        while (model.size > 0) popBoth();
        expect(queue.size).toBe(0);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
