import { EventQueue } from "../src/sim/event-queue.js";
import type { Work } from "./harness.js";

const events = 4_000_000;

/**
 * What no simulation can be faster than: a loop that pops the next event and pushes one, with `pending` in the queue.
 * Times come from a xorshift generator, the lightest there is.
 */
export function bareLoop(pending: number): Work {
  return {
    name: `bare loop, ${pending.toLocaleString("en")} pending`,
    run() {
      const queue = new EventQueue();
      let state = 123_456_789;
      const uniform = (): number => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) / 2 ** 32;
      };
      for (let i = 0; i < pending; i++) queue.push(uniform() * 1000, i);
      for (let i = 0; i < events; i++) {
        const payload = queue.pop();
        queue.push(queue.time + uniform() * 1000, payload);
      }
      return events;
    },
  };
}
