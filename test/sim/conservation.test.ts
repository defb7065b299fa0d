import { describe, expect, it } from "vitest";
import { checkRun, countInside } from "../../src/scenarios/checks.js";
import type { Engine } from "../../src/sim/engine.js";
import { ProgramFault } from "../../src/sim/program-fault.js";
import { channel, measure, type Network, person, script, service, step, storage } from "../components/network.js";

const orders: Network = {
  components: [
    step("api", { service: service(20, 2) }),
    channel("jobs", { behavior: { mode: "queue", concurrency: 2, maxDeliveries: 2, redeliverMs: 50 } }),
    storage("shelf", { service: { ...service(30, 1, 3), errorRate: 0.2 } }),
  ],
  connections: ["api→jobs", "jobs→shelf"],
  workload: { ratePerS: 25, durationMs: 4_000 },
};

function faultOf(breakIt: (engine: Engine) => void): unknown {
  const { engine } = script(orders);
  checkRun(engine, countInside(engine));
  breakIt(engine);
  try {
    checkRun(engine, countInside(engine));
    return null;
  } catch (fault) {
    return fault;
  }
}

describe("the checks at the end of every run", () => {
  it.each([
    ["an arrival", (engine: Engine) => engine.stations[2]!.arrivals++],
    ["a completion", (engine: Engine) => engine.stations[2]!.completed++],
    ["a failure", (engine: Engine) => engine.stations[2]!.failures[1]!++],
    ["a failure further down", (engine: Engine) => engine.stations[2]!.failedDownstream++],
    ["a loss", (engine: Engine) => engine.stations[2]!.lost++],
  ])("name the component whose calls are not conserved: %s too many", (_, breakIt) => {
    const fault = faultOf(breakIt);
    expect(fault).toBeInstanceOf(ProgramFault);
    expect((fault as ProgramFault).message).toMatch(/^conservation broken at shelf: \d+ arrivals/);
  });

  it("do not let two wrong counters make up for each other below zero", () => {
    const fault = faultOf((engine) => {
      const shelf = engine.stations[2]!;
      shelf.lost += shelf.completed + 1;
      shelf.completed = -1;
    });
    expect((fault as ProgramFault).message).toMatch(/^conservation broken at shelf/);
  });

  it("name the component whose slots break Little's law, with both sides", () => {
    const fault = faultOf((engine) => engine.stations[0]!.line.left(Float64Array.of(engine.now - 5), 0));
    expect(fault).toBeInstanceOf(ProgramFault);
    expect((fault as ProgramFault).message).toMatch(
      /^Little's law broken at api \(slots\): ∫N dt = [\d.]+, Σ .* = [\d.]+$/,
    );
  });

  it("name the queue whose messages break it", () => {
    const fault = faultOf((engine) => engine.stations[1]!.reported.gaveUp(Float64Array.of(engine.now - 1), 0));
    expect((fault as ProgramFault).message).toMatch(/^Little's law broken at jobs \(messages\)/);
  });

  it("count what is still inside a run that was cut short", () => {
    const { engine } = script({
      components: [person("crowd"), step("desk", { service: service(10_000, 2) })],
      connections: ["crowd→desk"],
      workload: { ratePerS: 10, durationMs: 1_000, drainMs: 500 },
    });
    // 9 arrived at 100 … 900 ms; at 1500 ms two are in service and seven wait.
    const inside = countInside(engine)[1]!;
    expect(inside.calls).toBe(9);
    expect(inside.lineMs).toBeCloseTo(9 * 1500 - 4500, 6);
  });
});

describe("a finished run", () => {
  it("adds up at every component", () => {
    const run = measure(orders);
    for (const { arrivals, completed, failures, failedDownstream, lost, inside } of run.components) {
      const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
      expect(completed + failed + failedDownstream + lost + inside).toBe(arrivals);
    }
    const { offered, delivered, dropped, pending, declined } = run.metrics;
    expect([offered, delivered + dropped + pending + declined]).toEqual([99, 99]);
  });

  it("is the same, byte for byte, for the same seed, and another for another seed", () => {
    const poisson: Network = { ...orders, workload: { ...orders.workload, arrivals: "poisson" } };
    const first = JSON.stringify(measure({ ...poisson, seed: 3 }));
    expect(JSON.stringify(measure({ ...poisson, seed: 3 }))).toBe(first);
    expect(JSON.stringify(measure({ ...poisson, seed: 4 }))).not.toBe(first);
  });

  it("measures utilisation also when nothing is left to happen before the arrivals' time is over", () => {
    const run = measure({
      components: [person("crowd"), step("desk", { service: service(50, 1) })],
      connections: ["crowd→desk"],
      workload: { ratePerS: 10, durationMs: 10_000 },
    });
    // 99 calls of 50 ms in 10 s.
    expect(run.of("desk").utilization).toBeCloseTo(0.495, 2);
  });
});
