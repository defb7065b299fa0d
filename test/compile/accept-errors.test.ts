import { describe, expect, it } from "vitest";
import type { Component, Connection } from "../../src/canvas/canvas.js";
import { compoundErrorRate, curveCapacityPerS, passedComponents } from "../../src/compile/accept-errors.js";
import { compile } from "../../src/compile/compile.js";
import type { Model } from "../../src/compile/model.js";
import type { Problem } from "../../src/problem/problem.js";
import { errorCurve } from "../../src/sim/station.js";
import { arrow, channel, draw, find, mode, person, plainWork, shop, step, storage, tool } from "./drawing.js";

const errors = { beforeQueue: 0.01 };
const crowd = person("crowd");

function read(
  components: readonly Component[],
  connections: readonly (string | Connection)[],
  problem: Partial<Problem> = { errors },
): Model {
  return compile(draw([crowd, ...components], connections), { ...plainWork, ...problem });
}

/** Components that err, with their rates. */
function erring(model: Model): Readonly<Record<string, number>> {
  const found = model.components.filter(({ errorRate }) => errorRate > 0);
  return Object.fromEntries(found.map(({ id, errorRate }) => [id, errorRate]));
}

describe("errors.beforeQueue", () => {
  const front = [step("api"), storage("orders"), channel("line", mode("queue")), step("worker"), storage("view")];
  const wires = ["crowd>api", "api>orders", "api>line", "line>worker", "worker>view"];

  it("adds to everything up to and including the first queue, and to nothing behind it", () => {
    expect(erring(read(front, wires))).toEqual({ api: 0.01, orders: 0.01, line: 0.01 });
  });

  it("stops at a batch as at a queue", () => {
    const batch = front.map((one) => (one.id === "line" ? channel("line", mode("batch")) : one));
    expect(erring(read(batch, wires))).toEqual({ api: 0.01, orders: 0.01, line: 0.01 });
  });

  it("adds to everything that is waited for where there is no queue, but not along an async connection", () => {
    const model = read(
      [step("api"), storage("orders"), storage("log")],
      ["crowd>api", "api>orders", arrow("api>log", { async: true })],
    );
    expect(erring(model)).toEqual({ api: 0.01, orders: 0.01 });
  });

  it("adds to a fallback, too", () => {
    const model = read(
      [step("api"), storage("main"), storage("spare")],
      ["crowd>api", "api>main", arrow("api>spare", { on: "failure" })],
    );
    expect(erring(model)).toEqual({ api: 0.01, main: 0.01, spare: 0.01 });
  });

  it("comes on top of the component's own errors, and says so; no rate passes 1", () => {
    const model = read(
      [step("api", { service: { errorRate: 0.02 } }), storage("bad", { service: { errorRate: 1 } })],
      ["crowd>api", "api>bad"],
    );
    expect(erring(model)).toEqual({ api: 0.03, bad: 1 });
    const noted = model.assumptions.filter(({ field }) => field === "service.errorRate");
    expect(noted.map(({ component, value }) => [component, value])).toEqual([
      ["api", 0.03],
      ["bad", 1],
    ]);
  });

  it("leaves persons and external roles alone", () => {
    const components = [crowd, step("api"), tool("psp", { role: "payment-provider" })];
    const model = compile(draw(components, ["crowd>api", "api>psp"]), { ...shop, errors });
    expect(erring(model)).toEqual({ api: 0.01 });
  });

  it("changes nothing where the problem has none", () => {
    expect(erring(read(front, wires, {}))).toEqual({});
    expect(read(front, wires, {}).assumptions.some(({ field }) => field === "service.errorRate")).toBe(false);
  });
});

describe("capacity for the error curve", () => {
  const desk = storage("desk", { service: { timeMs: 20, concurrency: 3 } });

  it("is slots ÷ mean service time: 3 ÷ 20 ms = 150/s, and the mean of a lognormal is median · e^(σ²/2)", () => {
    const wide = storage("wide", {
      service: { timeMs: { dist: "lognormal", medianMs: 20, sigma: 0.5 }, concurrency: 3 },
    });
    const model = read([desk, wide], ["crowd>desk", "desk>wide"], { errors: { curve: true } });
    expect(curveCapacityPerS(model, find(model, "desk"))).toBeCloseTo(150, 9);
    expect(curveCapacityPerS(model, find(model, "wide"))).toBeCloseTo(150 / Math.exp(0.125), 9);
  });

  it("is nothing for a person, for a component that takes no time, and where no curve is on", () => {
    const instant = storage("instant", { service: { timeMs: 0 } });
    const on = read([desk, instant], ["crowd>desk", "desk>instant"], { errors: { curve: true } });
    expect(["crowd", "instant"].map((id) => curveCapacityPerS(on, find(on, id)))).toEqual([0, 0]);
    const off = read([desk], ["crowd>desk"], {});
    expect(curveCapacityPerS(off, find(off, "desk"))).toBe(0);
  });

  it("is the granted rate of an external role, under its own errorCurve or the problem's", () => {
    const canvas = draw([crowd, tool("psp", { role: "payment-provider" })], ["crowd>psp"]);
    const granted = (problem: Problem): number => {
      const model = compile(canvas, problem);
      return curveCapacityPerS(model, find(model, "psp"));
    };
    const curved = { ...shop, roles: { "payment-provider": { ratePerS: 60, timeMs: 300, errorCurve: true } } };
    expect([granted(shop), granted(curved), granted({ ...shop, errors: { curve: true } })]).toEqual([0, 60, 60]);
  });
});

describe("compoundErrorRate", () => {
  const at = (errorRate: number, rest: Partial<Component> = {}): Partial<Component> => ({
    ...rest,
    service: { timeMs: 10, concurrency: 1, errorRate },
  });
  const a = step("a", at(0.02));
  const b = storage("b", at(0.05));
  const line = channel("line", at(0.1, mode("queue")));
  const behind = step("behind", at(0.5));
  const wires = ["crowd>a", "a>b", "a>line", "line>behind"];
  const compound = (
    components: readonly Component[],
    connections: readonly (string | Connection)[],
    ratePerS = 20,
  ): number | null => compoundErrorRate(read(components, connections, {}), ratePerS);

  it("is 1 − 0.98 · 0.95 · 0.9 for 2 %, 5 % and 10 % up to the queue", () => {
    expect(compound([a, b, line, behind], wires)).toBeCloseTo(1 - 0.98 * 0.95 * 0.9, 12);
  });

  it("takes the error curve at λ ÷ capacity: 90/s to one slot of 10 ms is ρ = 0.9", () => {
    const model = read([a, b, line, behind], wires, { errors: { curve: true } });
    const e = [0.02, 0.05, 0.1].map((own) => own + errorCurve(0.9));
    expect(compoundErrorRate(model, 90)).toBeCloseTo(1 - (1 - e[0]!) * (1 - e[1]!) * (1 - e[2]!), 12);
    expect(compoundErrorRate(model, 80)).toBeCloseTo(1 - 0.98 * 0.95 * 0.9, 12);
  });

  it("counts a component once for each time that an accept passes it, and its load as often", () => {
    const model = read([a, b, line, behind], ["crowd>a", "a>b", "b>line", "a>line", "line>behind"], {
      errors: { curve: true },
    });
    expect(passedComponents(model, 45)!.map(({ component, passes }) => [component.id, passes])).toEqual([
      ["a", 1],
      ["b", 1],
      ["line", 2],
    ]);
    expect(compoundErrorRate(model, 45)).toBeCloseTo(1 - 0.98 * 0.95 * (0.9 - errorCurve(0.9)) ** 2, 12);
  });

  it("takes the errors of an external role that an accept waits for, its refusals included", () => {
    const canvas = draw([crowd, step("api"), tool("psp", { role: "payment-provider" })], ["crowd>api", "api>psp"]);
    const provider = { ratePerS: 60, timeMs: 300, errorRate: 0.01, unavailableRate: 0.02, errorCurve: true };
    const model = compile(canvas, { ...shop, roles: { "payment-provider": provider } });
    expect(compoundErrorRate(model, 54)).toBeCloseTo(0.03 + errorCurve(0.9), 12);
  });

  it("is null where nothing errs", () => {
    expect(
      compound([step("a"), channel("line", mode("queue")), behind], ["crowd>a", "a>line", "line>behind"]),
    ).toBeNull();
  });

  it.each([
    [
      "weights",
      [{ ...a, behavior: { mode: "split" } }, b, line],
      ["crowd>a", arrow("a>b", { weight: 1 }), arrow("a>line", { weight: 2 })],
    ],
    ["a condition", [{ ...a, behavior: { mode: "condition" } }, b, line], ["crowd>a", "a>b", "a>line"]],
    ["a retry", [{ ...a, behavior: { mode: "retry" } }, b], ["crowd>a", "a>b"]],
    ["a filter", [{ ...a, behavior: { mode: "filter" } }, b], ["crowd>a", "a>b"]],
    ["a fallback", [a, b, storage("spare")], ["crowd>a", "a>b", arrow("a>spare", { on: "failure" })]],
    ["a quorum", [{ ...a, behavior: { mode: "replicate", quorum: 1 } }, b, line], ["crowd>a", "a>b", "a>line"]],
    ["two entries", [person("others"), a, b], ["crowd>a", "others>b"]],
    ["a cycle", [a, b], ["crowd>a", "a>b", arrow("b>a", { on: "success" })]],
  ] as const)("is null where %s stands on the way, for there is no product", (_, components, connections) => {
    expect(compound(components, connections)).toBeNull();
  });

  it("is not hindered by any of these behind the queue", () => {
    const retry = { ...behind, behavior: { mode: "retry" } };
    expect(compound([a, b, line, retry], [...wires, "behind>b"])).toBeCloseTo(1 - 0.98 * 0.95 * 0.9, 12);
  });

  it("does not count what only a compensation passes", () => {
    expect(
      compound([a, b, storage("undo", at(0.5))], ["crowd>a", "a>b", arrow("a>undo", { on: "compensate" })]),
    ).toBeCloseTo(1 - 0.98 * 0.95, 12);
  });
});
