import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import type { ScenarioSpec } from "../../src/problem/problem.js";
import type { FinishedRun } from "../../src/scenarios/run.js";
import { Outcome } from "../../src/sim/outcome.js";
import { type Answer, measure, person, script, service, step, storage } from "./network.js";
import { deskOf, play } from "./sequence.js";

const crash = (rate: number): ScenarioSpec => ({ id: "crash", kind: "crash", rate });

/** The engine of a scripted run starts without the scenario's faults: this sets the crash rate. */
const crashing = (rate: number) =>
  [[0, (engine: FinishedRun["engine"]) => (engine.ambience.crashRate = rate)]] as const;

describe("a crash in a durable sequence", () => {
  const requests = 2000;
  const many = { ratePerS: 100, durationMs: (requests + 0.5) * 10, drainMs: 2_000_000 };

  it("strikes each finished step alike, before it is persisted: the step is taken again", () => {
    const p = 0.2;
    const run = play({ workload: many }, { at: crashing(p) });
    for (const id of ["a", "b", "c"]) {
      const repeated = run.visits(id).length - requests;
      // Crashes before a step is persisted at last: geometric, mean p ÷ (1 − p), variance p ÷ (1 − p)².
      const mean = (requests * p) / (1 - p);
      const spread = (4 * Math.sqrt(requests * p)) / (1 - p);
      expect(Math.abs(repeated - mean), id).toBeLessThan(spread);
    }
    expect(run.run.recorder.counts.delivered).toBe(requests);
    expect(run.run.invariants.find(({ invariant }) => invariant.id === "nothing-stuck")!.violations).toBe(0);
  });

  it("is resumed resumeMs later, under the same item key", () => {
    const at = [
      [0, (engine: FinishedRun["engine"]) => (engine.ambience.crashRate = 1)],
      [10_000, (engine: FinishedRun["engine"]) => (engine.ambience.crashRate = 0)],
    ] as const;
    const run = play({ saga: { resumeMs: 12_000 } }, { at });
    expect(run.course).toEqual(["a@500", "a@12500", "b@12500", "c@12500"]);
    expect(new Set(run.visits("a").map(({ itemKey }) => itemKey)).size).toBe(1);
    expect(run.told("ok")).toBe(0);
    expect(run.run.recorder.counts.delivered).toBe(1);
  });

  it("leaves the record open for ever when nobody resumes it: its intent is stuck", () => {
    const p = 0.1;
    const run = measure(deskOf({ saga: { resumeMs: 0 }, workload: { ...many, drainMs: 60_000 }, scenario: crash(p) }));
    const stuck = 1 - (1 - p) ** 3;
    const spread = 4 * Math.sqrt(requests * stuck * (1 - stuck));
    expect(Math.abs(run.violations("nothing-stuck") - requests * stuck)).toBeLessThan(spread);
    expect(run.metrics.sessionMs.count).toBe(requests);
    // The first of those is as old as the run.
    expect(run.metrics.sessionMs.max!).toBeGreaterThan(70_000);
  });

  it("frees the slot at once", () => {
    const run = measure(
      deskOf({ slots: 1, saga: { resumeMs: 0 }, scenario: crash(1), workload: { durationMs: 4_900 } }),
    );
    expect(run.of("desk")).toMatchObject({ arrivals: 9, lost: 9, inside: 0 });
    expect(run.of("a").arrivals).toBe(9);
  });

  it("undoes the step that the owner had finished unseen, when its heir meets an open breaker there", () => {
    const at = [
      [0, (engine: FinishedRun["engine"]) => (engine.ambience.crashRate = 1)],
      [10_000, (engine: FinishedRun["engine"]) => (engine.ambience.crashRate = 0)],
    ] as const;
    const answers = {
      a: (visit: number, { undo }: { undo: boolean }): Answer => (visit === 1 && !undo ? Outcome.open : Outcome.ok),
    };
    expect(play({ saga: { settleMs: 0 } }, { at, answers }).course).toEqual(["a@500", "a@30500", "-a@30500"]);
  });
});

describe("an owner whose caller gives up", () => {
  const above = (timeoutMs: number): Component =>
    step("api", { behavior: { mode: "retry", maxAttempts: 1, timeoutMs, jitter: "none" } });

  it.each([
    ["while it waits", { outcome: Outcome.ok, afterMs: 900 } as const],
    ["while it sleeps before another attempt", Outcome.unavailable],
  ])("is gone %s, and another one resumes the record", (_, answer) => {
    const desk = deskOf({ retry: { backoffMs: 800, maxAttempts: 5 } });
    const network = {
      ...desk,
      components: [person("crowd"), above(700), ...desk.components],
      connections: ["crowd→api", "api→desk", ...desk.connections],
    };
    const run = script(network, { answers: { b: (visit): Answer => (visit === 0 ? answer : Outcome.ok) } });
    expect(run.told("timeout")).toBe(1);
    expect(run.visits("b").map(({ atMs }) => atMs)).toEqual([500, 500 + 700 + 30_000]);
    expect(run.run.recorder.counts.delivered).toBe(1);
  });
});

describe("work without a caller", () => {
  it("undoes without a slot", () => {
    const undoNever = (_: number, { undo }: { undo: boolean }): Answer => (undo ? Outcome.unavailable : Outcome.ok);
    const run = script(deskOf({ slots: 1, workload: { durationMs: 4_900, drainMs: 20_000 } }), {
      answers: { a: undoNever, b: () => Outcome.open },
    });
    expect(run.visits("b")).toHaveLength(9);
    expect(run.station("desk").line.busy).toBe(0);
  });

  it("is taken by whoever arrives in time, and no more: a full waiting room refuses", () => {
    const slow = { ...deskOf({ slots: 1, workload: { ratePerS: 10, durationMs: 950 } }) };
    const components = slow.components.map((part) =>
      part.id === "desk"
        ? { ...part, service: service(0, 1, 0) }
        : part.id === "b"
          ? storage("b", { service: service(5000, 9) })
          : part,
    );
    const run = measure({ ...slow, components });
    expect(run.of("desk").failures.full).toBe(8);
  });
});

describe("an owner from whom a sweeper has taken its record", () => {
  const swept = (fence: boolean) =>
    play(
      { saga: { fence, settleMs: 0 }, retry: { timeoutMs: 60_000 }, sweeper: {} },
      {
        answers: {
          b: (_, { undo }) => (undo ? Outcome.ok : { outcome: Outcome.ok, afterMs: 30_000 }),
        },
      },
    );

  it("ends silently under a fence when its step is answered at last", () => {
    const run = swept(true);
    expect(run.course).toEqual(["a@500", "b@500", "-b@30000", "-a@30000"]);
    expect(run.noted("desk", "another owner")).toEqual([30_500]);
    expect(run.noted("desk", "epoch 2")).toEqual([30_000]);
    expect(run.told("ok")).toBe(0);
  });

  it("goes on without one, and its calls say that nothing was compared", () => {
    const run = swept(false);
    expect(run.course).toEqual(["a@500", "b@500", "-b@30000", "-a@30000", "c@30500"]);
    expect([run.visits("a"), run.visits("c")].map(([first]) => first!.unfenced)).toEqual([false, true]);
    expect(run.told("ok")).toBe(1);
  });
});

describe("a durable sequence within another", () => {
  const nested = (pivot: boolean) => {
    const undo = { undo: "cancel" };
    return script(
      {
        components: [step("outer"), step("inner"), storage("a"), storage("b"), storage("c")],
        connections: [
          { from: "outer", to: "inner", ...undo },
          { from: "outer", to: "c", ...undo },
          { from: "inner", to: "a", ...undo },
          { from: "inner", to: "b", ...(pivot ? {} : undo) },
        ],
        workload: { ratePerS: 2, durationMs: 900, drainMs: 5_000 },
      },
      { answers: { c: () => Outcome.open } },
    );
  };

  it("is undone as a whole when the outer one turns back", () => {
    const run = nested(false);
    expect(["a", "b"].map((id) => run.visits(id).map(({ undo }) => undo))).toEqual([
      [false, true],
      [false, true],
    ]);
    expect(run.noted("inner", "undone")).toEqual([500]);
  });

  it("refuses to be undone behind its pivot", () => {
    const run = nested(true);
    expect(run.visits("a").map(({ undo }) => undo)).toEqual([false]);
    expect(run.noted("inner", "rejected")).toEqual([500, 2500, 4500]);
  });
});
