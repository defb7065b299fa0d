import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/canvas/canvas.js";
import { Outcome } from "../../src/sim/outcome.js";
import { measure, type Network, person, script, service, step, storage, tool } from "./network.js";

function splitting(connections: readonly (string | Connection)[], kind: "step" | "tool" = "tool"): Network {
  const place = kind === "step" ? step : tool;
  return {
    components: [
      person("crowd"),
      place("fork", { behavior: { mode: "split" } }),
      storage("a", { service: service(10, 1_000) }),
      storage("b", { service: service(10, 1_000) }),
      storage("c", { service: service(10, 1_000) }),
    ],
    connections: ["crowd→fork", ...connections],
    workload: { ratePerS: 1_000, durationMs: 30_000.5 },
  };
}

const arrivals = (run: ReturnType<typeof measure>) => ["a", "b", "c"].map((id) => run.of(id).arrivals);

describe("split", () => {
  it.each(["step", "tool"] as const)("takes one edge per call, in turn, without weights (%s)", (kind) => {
    const network = splitting(["fork→b", "fork→a", "fork→c"], kind);
    expect(arrivals(measure(network))).toEqual([10_000, 10_000, 10_000]);
    const run = script({ ...network, workload: { ratePerS: 1_000, durationMs: 7.5 } });
    const order = ["a", "b", "c"].map((id) => run.visits(id).map(({ atMs }) => Math.round(atMs)));
    expect(order).toEqual([
      [2, 5],
      [1, 4, 7],
      [3, 6],
    ]);
  });

  it("draws by weight when connections have weights", () => {
    const weighted = [1, 3, 6].map((weight, i) => ({ from: "fork", to: "abc"[i]!, weight }));
    const counts = arrivals(measure(splitting(weighted)));
    const chiSquare = counts.reduce(
      (sum, count, i) => sum + (count - [3e3, 9e3, 18e3][i]!) ** 2 / [3e3, 9e3, 18e3][i]!,
      0,
    );
    // Two degrees of freedom: the 99.9 % quantile is 13.8.
    expect(chiSquare).toBeLessThan(13.8);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30_000);
  });

  it("counts a connection without a weight as 1 beside those that have one", () => {
    const counts = arrivals(measure(splitting([{ from: "fork", to: "a", weight: 3 }, "fork→b"])));
    expect(Math.abs(counts[0]! / 30_000 - 0.75)).toBeLessThan(0.01);
    expect(counts[0]! + counts[1]!).toBe(30_000);
  });

  it("never takes an edge of weight 0", () => {
    const weighted = [0, 1, 0].map((weight, i) => ({ from: "fork", to: "abc"[i]!, weight }));
    expect(arrivals(measure(splitting(weighted)))).toEqual([0, 30_000, 0]);
  });

  it("draws the same ways for the same seed", () => {
    const weighted = [1, 1, 1].map((weight, i) => ({ from: "fork", to: "abc"[i]!, weight }));
    const first = arrivals(measure({ ...splitting(weighted), seed: 5 }));
    expect(arrivals(measure({ ...splitting(weighted), seed: 5 }))).toEqual(first);
    expect(arrivals(measure({ ...splitting(weighted), seed: 6 }))).not.toEqual(first);
  });

  it("gives its way's failure back, and does not try another way", () => {
    const network = { ...splitting(["fork→a", "fork→b"], "step"), workload: { ratePerS: 10, durationMs: 450 } };
    const run = script(network, { answers: { a: () => Outcome.error } });
    expect([run.told("error"), run.told("ok")]).toEqual([2, 2]);
    expect([run.visits("a").length, run.visits("b").length]).toEqual([2, 2]);
  });

  it("does not wait for an asynchronous way", () => {
    const network = splitting([{ from: "fork", to: "a", async: true }]);
    const run = measure({ ...network, workload: { ratePerS: 10, durationMs: 1_050 } });
    expect([run.metrics.acceptMs.max, run.of("a").completed]).toEqual([0, 10]);
  });
});
