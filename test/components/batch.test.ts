import { describe, expect, it } from "vitest";
import { simulate } from "../../src/scenarios/simulate.js";
import { Outcome } from "../../src/sim/outcome.js";
import { channel, measure, modelOf, type Network, person, script, service, step, storage, tool } from "./network.js";

/** A call each 100 ms, the last one before `durationMs`. */
function batching(parameters: Readonly<Record<string, number>>, durationMs: number): Network {
  return {
    components: [
      person("crowd"),
      step("api"),
      channel("pack", { behavior: { mode: "batch", ...parameters } }),
      storage("shelf", { service: service(20, 100) }),
    ],
    connections: ["crowd→api", "api→pack", "pack→shelf"],
    workload: { ratePerS: 10, durationMs },
  };
}

const times = (run: ReturnType<typeof script>) => run.visits("shelf").map(({ atMs }) => atMs);

describe("batch", () => {
  it("releases its size at once, as soon as it has it", () => {
    expect(times(script(batching({ size: 3, maxWaitMs: 10_000 }, 650)))).toEqual([300, 300, 300, 600, 600, 600]);
  });

  it("releases what it has maxWaitMs after the oldest came", () => {
    expect(times(script(batching({ size: 10, maxWaitMs: 150 }, 550)))).toEqual([250, 250, 450, 450, 650]);
  });

  it("does not let the deadline of a batch that went out by its size cut the next one short", () => {
    // Two go out at 200; the third opens the next batch at 300, which is due at 550 and not at 350.
    expect(times(script(batching({ size: 2, maxWaitMs: 250 }, 350)))).toEqual([200, 200, 550]);
  });

  it("keeps the order in which items came", () => {
    const run = script(batching({ size: 4, maxWaitMs: 10_000 }, 850));
    expect(run.visits("shelf").map(({ serial }) => serial)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("takes 10 and 200 ms when the canvas says nothing", () => {
    expect(modelOf(batching({}, 150)).components[2]!.parameters).toEqual({ size: 10, maxWaitMs: 200 });
  });

  it("acknowledges its caller by accepting, and delivers later", () => {
    const run = measure(batching({ size: 3, maxWaitMs: 10_000 }, 350));
    expect(run.metrics.acceptMs).toMatchObject({ count: 3, max: 0 });
    // Released at 300, served by 320: 220, 120 and 20 ms after they came.
    expect([run.metrics.confirmMs.max, run.metrics.confirmMs.mean]).toEqual([220, 120]);
    expect(run.of("pack").waitMs.mean).toBe(100);
  });

  it("starts its deliveries with a fresh stack: nobody above waits for them", () => {
    const network = batching({ size: 1, maxWaitMs: 10_000 }, 150);
    const components = network.components.map((component) =>
      component.id === "api" ? step("api", { behavior: { mode: "retry", maxAttempts: 3, timeoutMs: 50 } }) : component,
    );
    const run = script({ ...network, components }, { answers: { shelf: () => Outcome.error } });
    expect([run.visits("shelf").length, run.told("ok")]).toEqual([1, 1]);
  });

  it.each([
    ["failure", Outcome.error, "error"],
    ["refusal", Outcome.open, "open"],
  ] as const)("delivers once: after a %s the item is lost", (_, outcome, name) => {
    const network = batching({ size: 2, maxWaitMs: 10_000 }, 450);
    const run = script(network, { answers: { shelf: (visit) => (visit === 1 ? outcome : Outcome.ok) } });
    expect(run.visits("shelf").length).toBe(4);
    expect(run.run.recorder.counts).toMatchObject({ offered: 4, accepted: 4, delivered: 3, dropped: 1 });
    expect([run.station("pack").completed, run.station("pack").failures[Outcome[name]]]).toEqual([3, 1]);
  });

  it("loses an item whose reply is lost, and counts it", () => {
    const run = script(batching({ size: 2, maxWaitMs: 10_000 }, 250), { answers: { shelf: () => "lost" } });
    expect(run.run.recorder.counts).toMatchObject({ accepted: 2, delivered: 0, dropped: 2 });
    expect([run.station("pack").failures[Outcome.timeout], run.engine.calls.live]).toEqual([2, 0]);
  });

  // Otherwise the run ends with a broken conservation.
  it("does not take a refused call, whose fallback was lost, for a message", () => {
    const network = batching({ size: 1, maxWaitMs: 10_000 }, 250);
    const components = network.components.map((component) =>
      component.id === "pack" ? { ...component, service: service(5_000, 1, 0) } : component,
    );
    const fallback = { from: "pack", to: "spare", on: "failure" as const };
    const run = script(
      { ...network, components: [...components, storage("spare")], connections: [...network.connections, fallback] },
      { answers: { spare: () => "lost" } },
    );
    const pack = run.station("pack");
    expect([pack.arrivals, pack.completed, pack.failures[Outcome.full]]).toEqual([2, 1, 1]);
    expect(run.run.recorder.counts).toMatchObject({ offered: 2, delivered: 1, dropped: 1 });
  });

  // Accepting lets the caller go on, and its next item can come before the first one has set the deadline.
  it("keeps its deadline when two items come at the same instant from one caller", () => {
    const run = script({
      components: [
        person("crowd"),
        step("api"),
        tool("psp", { role: "payment-provider", behavior: { mode: "batch", size: 3, maxWaitMs: 100 } }),
      ],
      connections: ["crowd→api", "api→psp", { id: "again", from: "api", to: "psp" }],
      workload: { ratePerS: 10, durationMs: 150 },
      roles: { "payment-provider": { ratePerS: 1_000, timeMs: 10 } },
      goal: { role: "payment-provider", operation: "charge" },
    });
    expect(run.noted("psp (client)", "released")).toEqual([200, 200]);
    expect(run.run.recorder.counts).toMatchObject({ delivered: 1, pending: 0 });
  });

  it("follows its edges one after another at a step, and needs all of them", () => {
    const network = batching({ size: 1, maxWaitMs: 10_000 }, 150);
    const components = [
      ...network.components.map((component) =>
        component.id === "pack" ? { ...component, type: "step" as const } : component,
      ),
      storage("ledger"),
    ];
    const run = script({ ...network, components, connections: [...network.connections, "pack→ledger"] });
    expect([times(run), run.visits("ledger").map(({ atMs }) => atMs)]).toEqual([[100], [120]]);
    expect(run.run.recorder.counts.delivered).toBe(1);
  });

  it("survives deliveries that come back to it while others are still going out", () => {
    // What the provider's own batch sends on for polls comes back at once, and fills the next batch: for ever.
    const model = modelOf({
      components: [
        person("crowd"),
        step("api"),
        tool("psp", { role: "payment-provider", behavior: { mode: "batch" } }),
        person("screen"),
      ],
      connections: [
        "crowd→api",
        { id: "asks", from: "crowd", to: "api", on: "poll" },
        "api→psp",
        "psp→screen",
        { id: "there", from: "psp", to: "screen", on: "poll" },
        { id: "back", from: "screen", to: "psp", on: "poll" },
      ],
      workload: { ratePerS: 10, durationMs: 450, drainMs: 5_000, client: { poll: { everyMs: 10 } } },
      roles: { "payment-provider": { ratePerS: 3, timeMs: 0 } },
    });
    const [run] = simulate(model, { seed: 1, limits: { maxEvents: 20_000, maxCalls: 10_000 } });
    expect(run?.truncated).toBe(true);
  });
});
