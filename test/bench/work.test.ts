import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { MemoryUse } from "../../bench/allocation.js";
import { checkout, type Design, multiServer, undisturbed } from "../../bench/designs.js";
import { compile } from "../../src/compile/compile.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { CallPool } from "../../src/sim/calls.js";
import { EventQueue } from "../../src/sim/event-queue.js";
import { Line } from "../../src/sim/line.js";
import { Tally } from "../../src/sim/tally.js";
import { TimerLane } from "../../src/sim/timer-lane.js";

afterEach(() => vi.restoreAllMocks());

/** What is counted: methods that do a fixed amount of work each. */
const counted = {
  "heap pushes": [EventQueue, "pushDueAs"],
  "heap holes filled": [EventQueue, "fillHole"],
  "call records": [CallPool, "take"],
  "timers set": [TimerLane, "set"],
  "line changes": [Line, "advance"],
  "values recorded": [Tally, "record"],
} as const;

/** Operations per intent, to a tenth: the same on every machine. */
function workPerIntent({ canvas, problem }: Design): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, [owner, method]] of Object.entries(counted)) {
    const prototype = owner.prototype as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    const original = prototype[method]!;
    counts[name] = 0;
    vi.spyOn(prototype, method).mockImplementation(function (this: unknown, ...args) {
      counts[name]!++;
      return original.apply(this, args);
    });
  }
  const [run] = simulate(compile(canvas, problem), { seed: 42 });
  const { offered } = run!.metrics;
  const perIntent = { events: run!.events, ...counts };
  return Object.fromEntries(
    Object.entries(perIntent).map(([name, count]) => [name, Math.round((10 * count) / offered) / 10]),
  );
}

function shortened(design: Design, share: number): Design {
  const { workload } = design.problem;
  return {
    ...design,
    problem: { ...design.problem, workload: { ...workload, durationMs: workload.durationMs * share } },
  };
}

// Seconds differ from machine to machine and from hour to hour; these counts do not. A change that lowers one lowers it
// here, too; one that raises it says why.
describe("the work of the engine", () => {
  it("per customer of M/M/1: an arrival and a departure", () => {
    expect(workPerIntent(shortened(multiServer(1), 0.01))).toEqual({
      events: 2,
      "heap pushes": 2,
      // A departure brings no event of its own when nobody waits: 1 − ρ.
      "heap holes filled": 0.2,
      "call records": 2,
      "timers set": 0,
      // It arrives and leaves, and ρ of them are called up in between.
      "line changes": 2.8,
      "values recorded": 4,
    });
  });

  it("per checkout of the chini-002 reference: seven services and their answers", () => {
    expect(workPerIntent(undisturbed(checkout(1)))).toEqual({
      events: 9.5,
      "heap pushes": 9.5,
      "heap holes filled": 1.2,
      "call records": 10,
      "timers set": 3,
      "line changes": 19.7,
      "values recorded": 20.1,
    });
  });
});

/** Half an object that holds one number, for each event. */
const mostBytesPerEvent = 8;

describe("the garbage of the engine", () => {
  it.each(["queue", "checkout"])(
    "is next to nothing per event: %s",
    async (design) => {
      const program = "dist/bench/allocation.js";
      if (!existsSync(program)) throw new Error(`${program} is missing: run npm run build`);
      const { stdout } = await promisify(execFile)(process.execPath, [program, design]);
      const { bytesPerEvent } = JSON.parse(stdout) as MemoryUse;
      expect(bytesPerEvent).toBeGreaterThan(0);
      expect(bytesPerEvent).toBeLessThan(mostBytesPerEvent);
    },
    120_000,
  );
});
