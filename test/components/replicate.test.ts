import { describe, expect, it } from "vitest";
import { Outcome } from "../../src/sim/outcome.js";
import { type Answer, modelOf, type Network, person, script, service, step, storage, tool } from "./network.js";

const copies = ["a", "b", "c"];

/** One call at 100 ms to three copies; `times` are their services, milliseconds. */
function replicating(
  quorum: number | "all" | undefined,
  times: readonly number[],
  kind: "step" | "tool" = "step",
): Network {
  const behavior = { mode: "replicate", ...(quorum === undefined ? {} : { quorum }) };
  return {
    components: [
      person("crowd"),
      kind === "step" ? step("fan", { behavior }) : tool("fan", { behavior }),
      ...times.map((timeMs, i) => storage(copies[i]!, { service: service(timeMs, 10) })),
    ],
    connections: ["crowd→fan", ...times.map((_, i) => `fan→${copies[i]}`)],
    workload: { ratePerS: 10, durationMs: 150 },
  };
}

const failing = (outcome: Outcome, afterMs: number) => (): Answer => ({ outcome, afterMs });

describe("replicate", () => {
  it.each(["step", "tool"] as const)("copies to every edge side by side, at a %s too", (kind) => {
    const run = script(replicating("all", [30, 10, 20], kind));
    expect(copies.map((id) => run.visits(id).map(({ atMs }) => atMs))).toEqual([[100], [100], [100]]);
  });

  it.each([
    [1, 110],
    [2, 120],
    [3, 130],
    ["all", 130],
    [7, 130],
  ] as const)("with quorum %s of services of 30, 10 and 20 ms is ok at %s ms", (quorum, atMs) => {
    const run = script(replicating(quorum, [30, 10, 20]));
    expect(run.noted("client", "client told ok")).toEqual([atMs]);
    // Siblings go on to their end all the same.
    expect(copies.map((id) => run.station(id).completed)).toEqual([1, 1, 1]);
    expect(run.engine.calls.live).toBe(0);
  });

  it("needs all when the canvas says nothing", () => {
    expect(modelOf(replicating(undefined, [1, 1])).components[1]!.parameters).toEqual({ quorum: "all" });
  });

  it("with quorum all reports the first failure at once", () => {
    const run = script(replicating("all", [30, 10, 20]), { answers: { c: failing(Outcome.unavailable, 5) } });
    expect(run.noted("client", "client told unavailable")).toEqual([105]);
    expect([run.station("a").completed, run.station("b").completed]).toEqual([1, 1]);
  });

  it("bears as many failures as the quorum leaves room for", () => {
    const answers = { c: failing(Outcome.unavailable, 5) };
    const run = script(replicating(2, [30, 10, 20]), { answers });
    expect(run.noted("client", "client told ok")).toEqual([130]);
  });

  it("fails as soon as the quorum is out of reach, with the failure that put it there", () => {
    const answers = { c: failing(Outcome.unavailable, 5), b: failing(Outcome.error, 8) };
    const run = script(replicating(2, [30, 10, 20]), { answers });
    expect(run.noted("client", "client told error")).toEqual([108]);
    expect(run.station("a").completed).toBe(1);
  });

  it("waits for the copy that is left when one is lost and the quorum can do without it", () => {
    const run = script(replicating(2, [30, 10, 20]), { answers: { b: () => "lost" } });
    expect(run.noted("client", "client told ok")).toEqual([130]);
  });

  it("counts asynchronous copies as done, and sends them", () => {
    const network = replicating("all", [30, 10]);
    const run = script({
      ...network,
      connections: ["crowd→fan", "fan→b", { from: "fan", to: "a", async: true }],
    });
    expect(run.noted("client", "client told ok")).toEqual([110]);
    expect(run.visits("a").length).toBe(1);
  });

  it("is ok without an edge", () => {
    const run = script({ ...replicating("all", []), connections: ["crowd→fan"] });
    expect(run.noted("client", "client told ok")).toEqual([100]);
  });

  it("forwards everything again under a retry, also what was ok", () => {
    const network: Network = {
      components: [
        person("crowd"),
        step("worker", {
          behavior: { mode: "retry", maxAttempts: 2, backoffMs: 50, jitter: "none", timeoutMs: 1_000 },
        }),
        tool("fan", { behavior: { mode: "replicate" } }),
        storage("a"),
        storage("b"),
      ],
      connections: ["crowd→worker", "worker→fan", "fan→a", "fan→b"],
      workload: { ratePerS: 10, durationMs: 150 },
    };
    const run = script(network, { answers: { b: (visit) => (visit === 0 ? Outcome.error : Outcome.ok) } });
    expect([run.visits("a").length, run.visits("b").length, run.told("ok")]).toEqual([2, 2, 1]);
  });

  // A provider keeps the number of its record in `mark`, where replicate counts its oks.
  it("counts its own copies only, also behind a provider that hands its call on", () => {
    const network: Network = {
      components: [
        person("crowd"),
        tool("psp", { role: "payment-provider" }),
        tool("fan", { behavior: { mode: "replicate" } }),
        storage("a", { service: service(10, 10) }),
        storage("b", { service: service(40, 10) }),
      ],
      connections: ["crowd→psp", "psp→fan", "fan→a", "fan→b"],
      // Several orders at once, so that their records at the provider have numbers above 0.
      workload: { ratePerS: 100, durationMs: 55 },
      roles: { "payment-provider": { ratePerS: 1_000, timeMs: 100 } },
      goal: { role: "payment-provider", operation: "charge" },
    };
    const run = script(network, { answers: { b: failing(Outcome.error, 40) } });
    expect([run.told("ok"), run.told("error")]).toEqual([0, 5]);
  });
});
