import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BehaviorSpec, Canvas, Component } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { Problem } from "../../src/problem/problem.js";
import type { ScenarioMeasurement } from "../../src/scenarios/measurement.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { intervalOf } from "../../src/scoring/student.js";
import { canvasOf, exponential, openProblem, server } from "../../src/selftest/network.js";
import { problems } from "../fuzz/problem.js";
import { runDesign } from "../fuzz/run-design.js";
import { canvases } from "../fuzz/topology.js";
import { figuresOf } from "./figures.js";

/** The canvas with other ids; roles are stated, so that no word in an id binds anything. */
function rename(canvas: Canvas, name: (id: string) => string): Canvas {
  return {
    ...canvas,
    components: canvas.components.map((component) => ({ ...component, id: name(component.id) })),
    connections: canvas.connections.map((edge) => ({ ...edge, from: name(edge.from), to: name(edge.to) })),
  };
}

const prefix = "unit ";
const prefixed = (id: string): string => `${prefix}${id}`;
const original = (id: string): string => id.replace(prefix, "");

const checkout = JSON.parse(readFileSync("problems/chini-002-checkout.json", "utf8")) as Problem;
const reference = JSON.parse(readFileSync("canvases/chini-002-checkout/reference.json", "utf8")) as Canvas;

/** A minute of the checkout, undisturbed and with the provider down for a third of it. */
const minute: Problem = {
  ...checkout,
  workload: { ...checkout.workload, durationMs: 60_000 },
  scenarios: [
    { id: "baseline", kind: "baseline" },
    { id: "outage", kind: "outage", target: "payment-provider", mode: "failfast", startMs: 20_000, endMs: 40_000 },
  ],
};

/** A station that refuses and errs, behind a filter, a weighted split and retries. */
const drawsEverything = canvasOf(
  [
    { id: "filter", type: "step", behavior: { mode: "filter", dropPct: 10 } },
    { id: "ways", type: "channel", behavior: { mode: "split" } },
    { id: "retry", type: "step", behavior: { mode: "retry", maxAttempts: 3, backoffMs: 30 } },
    { ...server("flaky", exponential(40), 1, 3), service: { timeMs: exponential(40), concurrency: 1, errorRate: 0.1 } },
    server("calm", exponential(20), 1, 2),
  ],
  [
    "customers→filter",
    "filter→ways",
    { from: "ways", to: "retry", weight: 1 },
    { from: "ways", to: "calm", weight: 2 },
    "retry→flaky",
  ],
);

describe("another name of every component", () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
  const runsOf = (canvas: Canvas, problem: Problem) =>
    seeds.map((seed) => simulate(compile(canvas, problem, { strict: true }), { seed }));

  /** The figures of a run that are compared, by name. */
  function read({ metrics, components }: ScenarioMeasurement): readonly (readonly [string, number])[] {
    return [
      ["delivered", metrics.delivered],
      ["accept p95", metrics.acceptMs.p95 ?? 0],
      ["confirm mean", metrics.confirmMs.mean ?? 0],
      ["amplification", metrics.amplification ?? 0],
      ...components.map(({ id, utilization }) => [`utilisation of ${id}`, utilization] as const),
      ...components.map(({ id, waitMs }) => [`wait at ${id}`, waitMs.mean ?? 0] as const),
    ];
  }

  it.each([
    ["the checkout's reference", reference, minute],
    [
      "an M/M/2 with room for 5",
      canvasOf([server("desk", exponential(100), 2, 3)], ["customers→desk"]),
      openProblem(18, 60_000),
    ],
    ["a network that draws everything", drawsEverything, openProblem(25, 60_000)],
  ])("changes the draws of %s, and not their distribution", (_, canvas, problem) => {
    const before = runsOf(canvas, problem);
    const after = runsOf(rename(canvas, prefixed), problem);
    let changed = 0;
    before[0]!.forEach((run, scenario) => {
      read(run).forEach(([name], index) => {
        const value = (runs: typeof before, seed: number): number => read(runs[seed]![scenario]!)[index]![1];
        // The same buyers come to both: the differences are paired.
        const { mean, half } = intervalOf(
          seeds.map((_, seed) => value(after, seed) - value(before, seed)),
          0.999,
        );
        expect(Math.abs(mean), `${run.id}: ${name}`).toBeLessThanOrEqual(half!);
        if (half! > 0) changed++;
      });
    });
    expect(changed).toBeGreaterThanOrEqual(4);
  });
});

describe("another name of a design that draws nothing", () => {
  /** Modes draw when they spread waits, drop a share, or choose by weight. */
  function calm(behavior: BehaviorSpec): BehaviorSpec {
    if (behavior.mode === "filter") return { mode: "transform" };
    return { ...behavior, jitter: "none", redeliverMs: 0 };
  }

  /**
   * Constant services without errors; no role and no durable sequence, for guards and records make conflicts, and who
   * asks again after one spreads the wait.
   */
  function withoutDraws(canvas: Canvas): Canvas {
    const components = canvas.components.map(({ role: _, behavior, service, ...rest }): Component => {
      const timeMs = typeof service?.timeMs === "number" ? service.timeMs : 9;
      const still = { ...rest, service: { ...service, timeMs, errorRate: 0 } };
      return behavior === undefined ? still : { ...still, behavior: calm(behavior) };
    });
    return { ...canvas, components, connections: canvas.connections.map(({ weight: _, undo: __, ...edge }) => edge) };
  }

  it("changes no figure", () => {
    let delivered = 0;
    fc.assert(
      fc.property(canvases, problems, (drawn, posed) => {
        const canvas = withoutDraws(drawn);
        const { goal: _, errors: __, ...problem } = { ...posed, roles: {} };
        const scenarios = posed.scenarios.filter(({ target, fault }) => target === undefined && fault === undefined);
        const [before, after] = [canvas, rename(canvas, prefixed)].map(
          (design) => runDesign(design, { ...problem, scenarios }).measurements,
        );
        delivered += before!.reduce((sum, run) => sum + run.metrics.delivered, 0);
        expect(figuresOf(after!, original)).toBe(figuresOf(before!));
      }),
      { numRuns: 100, seed: 31 },
    );
    expect(delivered).toBeGreaterThan(1_000);
  });
});

describe("another name of a provider", () => {
  it("changes no figure of any design: what it draws belongs to its role", () => {
    let charged = 0;
    fc.assert(
      fc.property(canvases, problems, (canvas, problem) => {
        // Where the problem has no provider, a component that says so is none: it draws what its author gave it.
        fc.pre(problem.roles?.["payment-provider"] !== undefined);
        const roleOf = new Map(canvas.components.map(({ id, role }) => [id, role]));
        const name = (id: string): string => (roleOf.get(id) === "payment-provider" ? prefixed(id) : id);
        const before = runDesign(canvas, problem).measurements;
        const after = runDesign(rename(canvas, name), problem).measurements;
        for (const { metrics } of before) charged += metrics.amplification ?? 0;
        expect(figuresOf(after, original)).toBe(figuresOf(before));
      }),
      { numRuns: 100, seed: 32 },
    );
    expect(charged).toBeGreaterThan(20);
  });

  it("changes no figure of the checkout's reference", () => {
    const run = (canvas: Canvas) => simulate(compile(canvas, minute), { seed: 5 });
    const bank = rename(reference, (id) => (id === "psp" ? "bank" : id));
    expect(figuresOf(run(bank), (id) => id.replace("bank", "psp"))).toBe(figuresOf(run(reference)));
  });

  it("of two tells them apart by their order in the file", () => {
    const two: Canvas = {
      components: [
        { id: "people", type: "person" },
        { id: "ways", type: "step", behavior: { mode: "split" } },
        ...["left", "right"].map((id): Component => ({ id, type: "tool", role: "payment-provider" })),
      ],
      connections: [
        { from: "people", to: "ways" },
        { from: "ways", to: "left" },
        { from: "ways", to: "right" },
      ],
    };
    const [run] = simulate(compile(two, minute), { seed: 1 });
    const [left, right] = run!.components.slice(2);
    expect(left!.serviceMs.mean).not.toBe(right!.serviceMs.mean);
  });
});
