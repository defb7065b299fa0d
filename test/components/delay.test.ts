import { describe, expect, it } from "vitest";
import { Outcome } from "../../src/sim/outcome.js";
import { channel, measure, modelOf, type Network, person, script, service, step, storage } from "./network.js";

function delaying(kind: "step" | "channel", parameters: Readonly<Record<string, number>>): Network {
  const place = kind === "step" ? step : channel;
  return {
    components: [
      person("crowd"),
      place("pause", { service: service(10, 1, 0), behavior: { mode: "delay", ...parameters } }),
      storage("shelf"),
    ],
    connections: ["crowd→pause", "pause→shelf"],
    workload: { ratePerS: 50, durationMs: 2_010 },
  };
}

describe("delay", () => {
  it.each(["step", "channel"] as const)("holds each call for delayMs without its slot (%s)", (kind) => {
    const run = measure(delaying(kind, { delayMs: 3_000 }));
    // One slot, 10 ms of service and a call each 20 ms: with the delay in the slot only one would get through.
    expect([run.of("shelf").arrivals, run.of("pause").failures.full]).toEqual([100, 0]);
    expect(run.metrics.acceptMs).toMatchObject({ mean: 3_010, max: 3_010 });
    expect(run.of("pause").sojournMs.mean).toBe(10);
  });

  it("waits 100 ms when the canvas says nothing", () => {
    expect(modelOf(delaying("step", {})).components[1]!.parameters).toEqual({ delayMs: 100 });
    expect(measure(delaying("step", {})).metrics.acceptMs.mean).toBeCloseTo(110, 9);
  });

  it("passes the outcome of what follows up", () => {
    const network = { ...delaying("step", { delayMs: 40 }), workload: { ratePerS: 10, durationMs: 150 } };
    const run = script(network, { answers: { shelf: () => Outcome.full } });
    expect(run.noted("client", "client told full")).toEqual([150]);
  });

  it("forwards nothing when its caller gave up while it waited", () => {
    const network: Network = {
      components: [
        person("crowd"),
        step("worker", { behavior: { mode: "retry", maxAttempts: 1, timeoutMs: 100 } }),
        channel("pause", { behavior: { mode: "delay", delayMs: 500 } }),
        storage("shelf"),
      ],
      connections: ["crowd→worker", "worker→pause", "pause→shelf"],
      workload: { ratePerS: 10, durationMs: 150 },
    };
    const run = script(network);
    expect([run.visits("shelf").length, run.told("timeout"), run.engine.calls.live]).toEqual([0, 1, 0]);
  });
});
