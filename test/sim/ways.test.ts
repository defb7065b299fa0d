import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/canvas/canvas.js";
import { Outcome } from "../../src/sim/outcome.js";
import { channel, measure, type Network, person, script, service, step, storage } from "../components/network.js";

const one = { ratePerS: 10, durationMs: 150 };
const slow = { service: service(50, 10) };

function star(kind: "step" | "storage", connections: readonly (string | Connection)[]): Network {
  const centre = kind === "step" ? step("centre") : storage("centre");
  return {
    components: [person("crowd"), centre, storage("a", slow), storage("b", slow), storage("c", slow)],
    connections: ["crowd→centre", ...connections],
    workload: one,
  };
}

function times(run: ReturnType<typeof script>, ids: readonly string[]): Record<string, readonly number[]> {
  return Object.fromEntries(ids.map((id) => [id, run.visits(id).map(({ atMs }) => atMs)]));
}

describe("an active component's success edges", () => {
  it("are taken one after another, in the canvas's order", () => {
    const run = script(star("step", ["centre→b", "centre→c", "centre→a"]));
    expect(times(run, ["a", "b", "c"])).toEqual({ b: [100], c: [150], a: [200] });
    expect(run.noted("client", "client told ok")).toEqual([250]);
  });

  it("end with the first failure, which is the outcome", () => {
    const run = script(star("step", ["centre→a", "centre→b", "centre→c"]), { answers: { b: () => Outcome.rejected } });
    expect(times(run, ["a", "b", "c"])).toEqual({ a: [100], b: [150], c: [] });
    expect(run.told("rejected")).toBe(1);
    const centre = run.station("centre");
    expect([centre.completed, centre.failedDownstream, run.station("b").failures[Outcome.rejected]]).toEqual([0, 1, 1]);
  });

  it("are not waited for when they are asynchronous, and their failure is nobody's", () => {
    const async = { from: "centre", to: "b", async: true };
    const run = script(star("step", ["centre→a", async, "centre→c"]), { answers: { b: () => Outcome.error } });
    expect(times(run, ["a", "b", "c"])).toEqual({ a: [100], b: [150], c: [150] });
    expect(run.noted("client", "client told ok")).toEqual([200]);
  });

  it("are ok at once when all of them are asynchronous", () => {
    const run = script(
      star(
        "step",
        ["a", "b"].map((to) => ({ from: "centre", to, async: true })),
      ),
    );
    expect(times(run, ["a", "b"])).toEqual({ a: [100], b: [100] });
    expect(run.noted("client", "client told ok")).toEqual([100]);
  });

  it("take their latency on the way there, not back", () => {
    const late = { from: "centre", to: "a", latencyMs: 25 };
    const run = script(star("step", [late, "centre→b"]));
    expect(times(run, ["a", "b"])).toEqual({ a: [125], b: [175] });
    expect(run.noted("client", "client told ok")).toEqual([225]);
  });
});

describe("a passive component's success edges", () => {
  it("are taken side by side, and the last ok is the answer", () => {
    const late = { from: "centre", to: "c", latencyMs: 25 };
    const run = script(star("storage", ["centre→a", "centre→b", late]));
    expect(times(run, ["a", "b", "c"])).toEqual({ a: [100], b: [100], c: [125] });
    expect(run.noted("client", "client told ok")).toEqual([175]);
  });

  it("report the first failure at once, and the siblings go on", () => {
    const run = script(star("storage", ["centre→a", "centre→b", "centre→c"]), {
      answers: { b: () => ({ outcome: Outcome.unavailable, afterMs: 20 }) },
    });
    expect(run.noted("client", "client told unavailable")).toEqual([120]);
    expect([run.station("a").completed, run.station("c").completed]).toEqual([1, 1]);
  });

  it("report a failure that comes before the other copies were sent, and still send them", () => {
    const run = script(star("storage", ["centre→a", "centre→b", "centre→c"]), { answers: { a: () => Outcome.full } });
    expect(run.noted("client", "client told full")).toEqual([100]);
    expect(times(run, ["b", "c"])).toEqual({ b: [100], c: [100] });
    expect(run.engine.calls.live).toBe(0);
  });

  it("wait for the synchronous copies only", () => {
    const aside = { from: "centre", to: "b", async: true, latencyMs: 500 };
    const run = script(star("storage", ["centre→a", aside]));
    expect(run.noted("client", "client told ok")).toEqual([150]);
    expect(times(run, ["b"])).toEqual({ b: [600] });
  });

  it("hand a call on to a single next one, and are free for another", () => {
    const run = measure({
      ...star("storage", ["centre→a"]),
      workload: { ratePerS: 10, durationMs: 1_050 },
    });
    expect([run.of("centre").completed, run.of("a").completed, run.metrics.acceptMs.mean]).toEqual([10, 10, 50]);
    expect(run.of("centre").sojournMs.mean).toBe(0);
  });
});

describe("a channel without queue mode", () => {
  it("is no boundary: its caller waits for what follows", () => {
    const components = [person("crowd"), step("api"), channel("bus"), storage("a", slow)];
    const run = script({ components, connections: ["crowd→api", "api→bus", "bus→a"], workload: one });
    expect(run.noted("client", "client told ok")).toEqual([150]);
  });
});

describe("a failure edge", () => {
  const fallback = { from: "centre", to: "b", on: "failure" as const };

  it("is taken on failure alone", () => {
    const run = script(star("step", ["centre→a", fallback]));
    expect(times(run, ["a", "b"])).toEqual({ a: [100], b: [] });
  });

  it.each(["step", "storage"] as const)("replaces the failure by its own outcome: ok, at a %s", (kind) => {
    const run = script(star(kind, ["centre→a", fallback]), { answers: { a: () => Outcome.error } });
    expect(run.noted("client", "client told ok")).toEqual([150]);
    // What failed below is counted at an active component; a passive one is done with a call when it hands it on.
    const { completed, failedDownstream } = run.station("centre");
    expect([completed, failedDownstream]).toEqual(kind === "step" ? [0, 1] : [1, 0]);
  });

  it.each(["step", "storage"] as const)("replaces it by another failure too, at a %s", (kind) => {
    const answers = { a: () => Outcome.error, b: () => Outcome.full };
    expect(script(star(kind, ["centre→a", fallback]), { answers }).told("full")).toBe(1);
  });

  it("serves for the component's own failure too, when it is full", () => {
    const network = star("step", ["centre→a", fallback]);
    const components = network.components.map((component) =>
      component.id === "centre" ? step("centre", { service: service(0, 1, 0) }) : component,
    );
    const run = script({ ...network, components, workload: { ratePerS: 50, durationMs: 50 } });
    expect(run.told("ok")).toBe(2);
    expect([run.visits("a").length, run.visits("b").length]).toEqual([1, 1]);
    expect(run.station("centre").failures[Outcome.full]).toBe(1);
  });
});

describe("a compensate edge", () => {
  it.each(["ok", "error"] as const)("runs, ends %s, and the failure goes on upward", (end) => {
    const undo = { from: "centre", to: "c", on: "compensate" as const };
    const answers = { b: () => Outcome.unavailable, c: () => Outcome[end] };
    const run = script(star("step", ["centre→a", "centre→b", undo]), { answers });
    expect(times(run, ["a", "b", "c"])).toEqual({ a: [100], b: [150], c: [150] });
    expect(run.noted("client", "client told unavailable")).toEqual([end === "ok" ? 200 : 150]);
  });
});

describe("a conflict", () => {
  it.each(["failure", "compensate"] as const)(
    "takes no %s edge: somebody else is at it, and nothing has failed",
    (on) => {
      const run = script(star("step", ["centre→a", { from: "centre", to: "b", on }]), {
        answers: { a: (visit) => (visit === 0 ? Outcome.conflict : Outcome.ok) },
      });
      expect([run.visits("b").length, run.told("conflict"), run.told("ok")]).toEqual([0, 1, 1]);
    },
  );
});

describe("a cycle that calls go round", () => {
  it.each(["step", "storage"] as const)("of %ss ends by the hop limit with an error, and the run ends", (kind) => {
    const place = kind === "step" ? step : storage;
    const run = measure({
      components: [person("crowd"), place("a"), place("b")],
      connections: ["crowd→a", "a→b", { from: "b", to: "a", on: "success" }],
      workload: { ratePerS: 10, durationMs: 1_050, client: { timeoutMs: 1_000 } },
    });
    const errors = run.of("a").failures.error + run.of("b").failures.error;
    expect([errors, run.metrics.dropped, run.truncated]).toEqual([10, 10, false]);
    // A call passes 64 places, the client's and the crowd's among them, and fails at the next: 63 of these two.
    expect(run.of("a").arrivals + run.of("b").arrivals).toBe(10 * 63);
    expect(run.of("a").inside + run.of("b").inside).toBe(0);
  });

  // A call that fails by the hop limit must not take its failure or compensate edge: it would go on for ever.
  it.each(["failure", "compensate"] as const)("of %s edges ends by it too", (on) => {
    const closed = { behavior: { mode: "ratelimit", rps: 1e-9, burst: 1 } };
    const run = measure({
      components: [person("crowd"), step("a", closed), step("b", closed)],
      connections: ["crowd→a", { from: "a", to: "b", on }, { from: "b", to: "a", on }],
      workload: { ratePerS: 10, durationMs: 350 },
    });
    // One call each gets through; with both closed the third goes to and fro until it has passed 64 places.
    expect(run.of("a").arrivals + run.of("b").arrivals).toBeGreaterThanOrEqual(63);
    expect(run.metrics).toMatchObject({ offered: 3, delivered: on === "failure" ? 2 : 1, pending: 0 });
  });
});
