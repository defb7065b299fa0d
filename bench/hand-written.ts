import { EventQueue } from "../src/sim/event-queue.js";
import { Line } from "../src/sim/line.js";
import { RandomStreams } from "../src/sim/random.js";
import { serviceTimes } from "../src/sim/service-times.js";
import { Tally } from "../src/sim/tally.js";
import type { Work } from "./harness.js";

const arrival = 0;
const departure = 1;

/**
 * M/M/1 written by hand for nothing else, with what the engine measures of it: the line's statistics, the histograms of
 * waits, sojourns, acceptance and confirmation, and counts by second. Customers are a ring of arrival times.
 */
export function handWrittenQueue(customers: number, utilization: number, serviceMs: number): Work {
  return {
    name: "M/M/1 written by hand with the same measures",
    run() {
      const clock = { now: 0 };
      const queue = new EventQueue();
      const line = new Line(clock);
      const streams = new RandomStreams(42, "hand-written");
      const gaps = serviceTimes({ dist: "exponential", meanMs: serviceMs / utilization }, streams.stream("arrivals"));
      const services = serviceTimes({ dist: "exponential", meanMs: serviceMs }, streams.stream("services"));
      const acceptMs = new Tally();
      const confirmMs = new Tally();
      const arrivedMs = new Float64Array(1 << 16);
      const mask = arrivedMs.length - 1;
      const bySecond = { arrived: new Uint32Array(1 << 20), left: new Uint32Array(1 << 20) };
      let seconds = 0;
      let first = 0;
      let last = 0;
      let arrived = 0;
      let events = 0;
      const begin = (): void => {
        services.draw();
        line.served(services.value);
        queue.dueMs = clock.now + services.value;
        queue.pushDue(departure);
      };
      const plan = (): void => {
        gaps.draw();
        queue.dueMs = clock.now + gaps.value;
        queue.pushDue(arrival);
      };
      line.setServers(1);
      plan();
      while (queue.size > 0) {
        const kind = queue.pop();
        clock.now = queue.time;
        events++;
        if (clock.now >= 1000 * (seconds + 1)) seconds = Math.floor(clock.now / 1000);
        if (kind === arrival) {
          arrivedMs[last & mask] = clock.now;
          last++;
          bySecond.arrived[seconds]!++;
          if (line.busy === 0) {
            line.startedAtOnce();
            begin();
          } else line.joined();
          if (++arrived < customers) plan();
        } else {
          line.left(arrivedMs, first & mask);
          for (const tally of [acceptMs, confirmMs]) {
            tally.value = clock.now - arrivedMs[first & mask]!;
            tally.record();
          }
          first++;
          bySecond.left[seconds]!++;
          if (first === last) continue;
          line.calledUp(arrivedMs, first & mask);
          begin();
        }
      }
      return events;
    },
  };
}
