import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/sim/engine.js";
import { channel, measure, type Network, script, step } from "../components/network.js";

type Autoscale = { min: number; max: number; targetUtilization?: number; everyMs?: number };

/** Evenly spaced arrivals at a step of constant service time with a waiting room without end. */
function network(autoscale: Autoscale, workload: Network["workload"], timeMs = 1000, concurrency?: number): Network {
  const service = { timeMs, queueLimit: 1_000_000, autoscale, ...(concurrency === undefined ? {} : { concurrency }) };
  return { components: [step("api", { service })], connections: [], workload };
}

/** The slots just after each look, in order. */
function slotsAt(net: Network, everyMs: number, looks: number): readonly number[] {
  const slots: number[] = [];
  const note = ({ stations }: Engine) => slots.push(stations[0]!.slots);
  const at = Array.from({ length: looks }, (_, look) => [(look + 1) * everyMs + 1, note] as const);
  script(net, { at });
  return slots;
}

describe("an autoscaled component", () => {
  it("grows by 1 ÷ target a look while all its slots are busy, up to its max", () => {
    const net = network({ min: 2, max: 30, targetUtilization: 0.5 }, { ratePerS: 100, durationMs: 120_000 });
    expect(slotsAt(net, 15_000, 6)).toEqual([4, 8, 16, 30, 30, 30]);
  });

  it("holds ⌈offered load ÷ target⌉ slots once it has enough", () => {
    // 4 a second of 1 s each are 4 busy slots; of 7 slots 4 are busy: 57 %, as near below 60 % as whole slots allow.
    const net = network({ min: 5, max: 100 }, { ratePerS: 4, durationMs: 120_000 });
    expect(slotsAt(net, 15_000, 6).slice(1)).toEqual([7, 7, 7, 7, 7]);
  });

  it("gives back one slot a look, down to its min, and none that are needed", () => {
    const idle = network({ min: 3, max: 10, everyMs: 1000 }, { ratePerS: 0.1, durationMs: 20_000 }, 0, 10);
    expect(slotsAt(idle, 1000, 9)).toEqual([9, 8, 7, 6, 5, 4, 3, 3, 3]);
  });

  it("begins with its concurrency, kept between min and max", () => {
    const first = (concurrency: number) =>
      slotsAt(network({ min: 3, max: 10, everyMs: 60_000 }, { durationMs: 2000 }, 0, concurrency), 100, 1)[0];
    expect([first(1), first(5), first(50)]).toEqual([3, 5, 10]);
  });

  it("lets those who wait into new slots at once", () => {
    // One slot for 60 s from 1 s on. The look at 15 s finds 14 ÷ 15 slots busy and wants two, so that the second call
    // is served from 15 s to 75 s. None arrives any more by then, and the first leaves at 61 s. Two more begin at 30 s.
    const scaled = network({ min: 1, max: 4, targetUtilization: 0.5 }, { durationMs: 10_000, drainMs: 70_000 }, 60_000);
    expect(measure(scaled).of("api").completed).toBe(2);
  });

  it("takes a load that fills whole slots for no more than it is", () => {
    // 1 a second of 2.1 s are 2.1 busy slots, and 2.1 ÷ 0.3 is 7 and a little more in floating point.
    const net = network({ min: 1, max: 20, targetUtilization: 0.3 }, { ratePerS: 1, durationMs: 120_000 }, 2100, 10);
    expect(slotsAt(net, 15_000, 6)).toEqual([9, 8, 7, 7, 7, 7]);
  });

  it("reports its most slots, which a queue's consumers are not", () => {
    const components = [
      step("api", { service: { timeMs: 1, autoscale: { min: 1, max: 9 } } }),
      channel("queue", {
        behavior: { mode: "queue", concurrency: 5 },
        service: { timeMs: 0, autoscale: { min: 1, max: 9 } },
      }),
    ];
    const run = measure({ components, connections: ["api→queue"], workload: { durationMs: 2000 } });
    expect([run.of("api").slots, run.of("queue").slots]).toEqual([9, 5]);
  });

  it("is the same run when its bounds are one number as with that many slots", () => {
    const work = { ratePerS: 20, durationMs: 60_000, arrivals: "poisson" } as const;
    const scaled = measure(network({ min: 3, max: 3 }, work, 120)).of("api");
    const service = { timeMs: 120, concurrency: 3, queueLimit: 1_000_000 };
    const fixed = measure({ components: [step("api", { service })], connections: [], workload: work }).of("api");
    expect(scaled.waitMs).toEqual(fixed.waitMs);
    expect([scaled.arrivals, scaled.completed, scaled.slots]).toEqual([fixed.arrivals, fixed.completed, fixed.slots]);
  });
});
