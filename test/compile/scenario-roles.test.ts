import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile/compile.js";
import type { Model } from "../../src/compile/model.js";
import { inScenario } from "../../src/compile/scenario-roles.js";
import type { ScenarioSpec } from "../../src/problem/problem.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { channel, draw, find, mode, person, shop, step, storage, tool } from "./drawing.js";

const components = [
  person("buyer"),
  step("api"),
  storage("orders"),
  channel("queue", mode("queue")),
  step("worker", mode("retry")),
  tool("psp"),
];
const canvas = draw(components, ["buyer>api", "api>orders", "api>queue", "queue>worker", "worker>psp"]);
const provider = { ...shop.roles?.["payment-provider"], replyLossRate: 0.1 };
const problem = { ...shop, roles: { ...shop.roles, "payment-provider": provider } };
const designed = compile(canvas, problem);
const scenario = (roles?: ScenarioSpec["roles"]): ScenarioSpec => ({
  id: "changed",
  kind: "baseline",
  ...(roles === undefined ? {} : { roles }),
});
const others = (model: Model) => model.components.filter(({ id }) => id !== "psp");

describe("a scenario that changes roles", () => {
  it("is none without them: the model stays the same one", () => {
    expect(inScenario(designed, scenario())).toBe(designed);
  });

  it("overrides the parameters that it states, and keeps the others", () => {
    const { problem: changed } = inScenario(designed, scenario({ "payment-provider": { ratePerS: 90 } }));
    expect(changed.roles?.["payment-provider"]).toEqual({ ratePerS: 90, timeMs: 300, replyLossRate: 0.1 });
    expect(changed.roles?.["order-store"]).toEqual({});
    expect(designed.problem.roles?.["payment-provider"]).toEqual(provider);
  });

  it("has its provider sized anew: slots = rate × mean, room for a second of its rate", () => {
    expect(find(designed, "psp")).toMatchObject({ ratePerS: 60, slots: 18, queueLimit: 60, meanServiceMs: 300 });
    const faster = inScenario(designed, scenario({ "payment-provider": { ratePerS: 90 } }));
    expect(find(faster, "psp")).toMatchObject({ ratePerS: 90, slots: 27, queueLimit: 90, meanServiceMs: 300 });
    const slower = inScenario(designed, scenario({ "payment-provider": { timeMs: 600 } }));
    expect(find(slower, "psp")).toMatchObject({ ratePerS: 60, slots: 36, queueLimit: 60, meanServiceMs: 600 });
  });

  it("leaves the design as it was built for the problem: slots, and a queue's release rate", () => {
    expect(find(designed, "queue").parameters).toMatchObject({ releaseRps: 45 });
    const changed = inScenario(designed, scenario({ "payment-provider": { ratePerS: 600, timeMs: 30 } }));
    expect(others(changed)).toEqual(others(designed));
  });

  it("is simulated so, beside one that changes nothing", () => {
    const workload = { ...problem.workload, drainMs: 100_000 };
    const scenarios = [
      { id: "plain", kind: "baseline" },
      { id: "silent", kind: "baseline", roles: { "payment-provider": { replyLossRate: 0, declineRate: 1 } } },
    ];
    const [plain, silent] = simulate(compile(canvas, { ...problem, workload, scenarios }), { seed: 1 });
    expect(plain!.metrics).toMatchObject({ declined: 0 });
    expect(silent!.metrics).toMatchObject({ declined: silent!.metrics.offered, amplification: 1 });
    expect(plain!.metrics.amplification).toBeGreaterThan(1);
    expect(silent!.metrics.offered).toBeGreaterThan(150);
  });
});
