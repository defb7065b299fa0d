import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/canvas/canvas.js";
import { Outcome } from "../../src/sim/outcome.js";
import { measure, type Network, person, script, storage } from "./network.js";

function deciding(connections: readonly (string | Connection)[]): Network {
  return {
    components: [
      person("crowd"),
      { id: "gate", type: "decision", behavior: { mode: "condition" }, service: { timeMs: 0, concurrency: 1_000 } },
      storage("yes"),
      storage("no"),
      storage("rescue"),
    ],
    connections: ["crowd→gate", ...connections],
    workload: { ratePerS: 1_000, durationMs: 20_000.5 },
  };
}

const rescue = { from: "gate", to: "rescue", on: "failure" as const };

describe("condition", () => {
  it("takes the first success edge when none has a weight", () => {
    const run = measure(deciding(["gate→no", "gate→yes"]));
    expect([run.of("no").arrivals, run.of("yes").arrivals]).toEqual([20_000, 0]);
  });

  it("draws by weight", () => {
    const run = measure(
      deciding([
        { from: "gate", to: "yes", weight: 0.8 },
        { from: "gate", to: "no", weight: 0.2 },
      ]),
    );
    // The standard deviation of the share is 0.0028.
    expect(Math.abs(run.of("yes").arrivals / 20_000 - 0.8)).toBeLessThan(0.01);
    expect(run.of("yes").arrivals + run.of("no").arrivals).toBe(20_000);
  });

  it("takes a failure edge on failure only, and its outcome counts", () => {
    const network = { ...deciding(["gate→yes", rescue]), workload: { ratePerS: 10, durationMs: 450 } };
    const run = script(network, { answers: { yes: (visit) => (visit % 2 === 0 ? Outcome.ok : Outcome.unavailable) } });
    expect([run.visits("yes").length, run.visits("rescue").length, run.told("ok")]).toEqual([4, 2, 4]);
  });

  it("never draws the failure edge as a way, whatever it weighs", () => {
    const run = measure(
      deciding([
        { from: "gate", to: "yes", weight: 1 },
        { ...rescue, weight: 1_000 },
      ]),
    );
    expect([run.of("yes").arrivals, run.of("rescue").arrivals]).toEqual([20_000, 0]);
  });
});
