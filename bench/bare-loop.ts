import { Draws } from "../src/sim/draws.js";
import { EventQueue } from "../src/sim/event-queue.js";
import { RandomStreams } from "../src/sim/random.js";
import { serviceTimes } from "../src/sim/service-times.js";
import type { Work } from "./harness.js";
import { CalendarQueue } from "./rivals/calendar-queue.js";
import { ImplicitHeap } from "./rivals/implicit-heap.js";
import { PairingHeap } from "./rivals/pairing-heap.js";
import type { PendingEvents } from "./rivals/pending-events.js";

const events = 3_000_000;
const meanMs = 1000;

/** Exponential times from one of the run's own streams. */
function exponentialTimes(): Draws {
  return serviceTimes({ dist: "exponential", meanMs }, new RandomStreams(1, "bench").stream("hold"));
}

/** Uniform times from a xorshift generator. */
function shiftedTimes(): Draws {
  let state = 123_456_789;
  return new Draws((into) => {
    for (let i = 0; i < into.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      into[i] = ((state >>> 0) / 2 ** 31) * meanMs;
    }
  });
}

/**
 * What no simulation can be faster than: the hold model (Vaucher and Duval, CACM 18, 1975) with `pending` events. Take
 * the next event, draw the exponential time until its successor from a stream, push that one.
 */
export function bareLoop(pending: number): Work {
  return hold(`bare loop, ${pending.toLocaleString("en")} pending`, pending, () => new EventQueue(), exponentialTimes);
}

/** The same with the lightest times there are, uniform by three shifts: next to nothing but the queue. */
export function bareQueue(pending: number): Work {
  const name = `the queue alone, ${pending.toLocaleString("en")} pending`;
  return hold(name, pending, () => new EventQueue(), shiftedTimes);
}

/** Other sets of pending events in the same loop. */
export function rivals(pending: number): readonly Work[] {
  const count = pending.toLocaleString("en");
  const days = 2 ** Math.ceil(Math.log2(pending + 1));
  const sets: readonly (readonly [name: string, make: () => PendingEvents])[] = [
    ["4-ary heap, a popped place taken by the next push (the engine's)", () => new EventQueue()],
    ["binary heap", () => new ImplicitHeap(1)],
    ["4-ary heap", () => new ImplicitHeap(2)],
    ["8-ary heap", () => new ImplicitHeap(3)],
    ["pairing heap", () => new PairingHeap(pending + 1)],
    ["calendar queue, sized for the load", () => new CalendarQueue(pending + 1, days, (2 * meanMs) / pending)],
  ];
  return sets.map(([name, make]) => hold(`${count} pending, ${name}`, pending, make, exponentialTimes));
}

function hold(name: string, pending: number, make: () => PendingEvents, times: () => Draws): Work {
  return {
    name,
    run() {
      const queue = make();
      const first = exponentialTimes();
      const draws = times();
      for (let i = 0; i < pending; i++) queue.push(first.next(), i);
      for (let i = 0; i < events; i++) {
        const payload = queue.pop();
        queue.push(queue.time + draws.next(), payload);
      }
      return events;
    },
  };
}
