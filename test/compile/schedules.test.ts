import { describe, expect, it } from "vitest";
import type { Canvas, Component } from "../../src/canvas/canvas.js";
import { compile, InferenceError } from "../../src/compile/compile.js";
import type { Model } from "../../src/compile/model.js";
import { monthlyCost } from "../../src/scoring/cost.js";
import { designFindings } from "../../src/scoring/design.js";
import { arrow, channel, draw, mode, person, shop, step, storage, tool, trigger } from "./drawing.js";

const shopParts: readonly Component[] = [
  person("buyer"),
  step("api"),
  storage("orders"),
  channel("mail", mode("queue")),
  step("worker", mode("retry")),
  step("breaker", mode("circuitbreaker")),
  tool("psp"),
];
const shopWays = ["buyer>api", "api>orders", "api>mail", "mail>worker", "worker>breaker", "breaker>psp"];

function withSchedule(schedule: Component, ...ways: readonly Parameters<typeof draw>[1][number][]): Canvas {
  return draw([...shopParts, schedule], [...shopWays, ...ways]);
}

const idOf = (model: Model) => (index: number) => model.components[index]!.id;
const schedulesOf = (model: Model): readonly string[] => (model.bindings.get("reconciler") ?? []).map(idOf(model));
const partOf = (model: Model, id: string) => model.components.find((component) => component.id === id)!;
const messages = (model: Model): readonly string[] => model.findings.map(({ message }) => message);

describe("a schedule", () => {
  it.each([
    ["an explicit role, on any type", step("job", { role: "reconciler" })],
    ["a trigger with everyMs", trigger("job", mode("passthrough", { everyMs: 1000 }))],
    ["a trigger by its id", trigger("payment-reconciler")],
    ["a trigger by its label", trigger("t1", { label: "Nightly Sweep" })],
    ["a trigger by its description", trigger("t2", { description: "Reconciles charges" })],
  ])("is %s", (_, schedule) => {
    const model = compile(withSchedule(schedule, `${schedule.id}>breaker`), shop);
    expect(schedulesOf(model)).toEqual([schedule.id]);
    expect(model.entries.map(idOf(model))).toEqual(["buyer"]);
    expect(messages(model)).toEqual([]);
    expect(partOf(model, schedule.id)).toMatchObject({ role: "reconciler", slots: Infinity, queueLimit: 0, time: 0 });
  });

  it.each([
    ["a step with the word", step("reconciler")],
    ["a trigger without it", trigger("cron")],
    ["a trigger with another role", trigger("reconciler", { role: "order-store" })],
  ])("is not %s", (_, part) => {
    expect(schedulesOf(compile(withSchedule(part, `${part.id}>breaker`), shop))).toEqual([]);
  });

  it("is inferred aloud, and its defaults are listed", () => {
    const canvas = withSchedule(trigger("reconciler"), "reconciler>breaker");
    const own = compile(canvas, shop).assumptions.filter(({ component }) => component === "reconciler");
    expect(own.map(({ field, value }) => [field, value])).toEqual([
      ["role", "reconciler"],
      ["behavior.everyMs", 15_000],
      ["behavior.ageMs", 30_000],
      ["behavior.batch", 500],
    ]);
    expect(() => compile(canvas, shop, { strict: true })).toThrow(InferenceError);
  });

  it("asks where one of its connections says query, and charges otherwise", () => {
    const asked = (operation?: string): unknown => {
      const way = arrow("job>breaker", operation === undefined ? {} : { operation });
      const model = compile(withSchedule(step("job", { role: "reconciler" }), way), shop);
      expect(messages(model)).toEqual([]);
      return partOf(model, "job").parameters.query;
    };
    expect([asked("query"), asked("charge"), asked()]).toEqual([true, false, false]);
  });

  it("gets no calls: what is drawn into it carries none, and its own way is no response arrow", () => {
    const canvas = withSchedule(trigger("reconciler"), "orders>reconciler", "psp>reconciler", "reconciler>psp");
    const model = compile(canvas, shop);
    const ways = model.edges.map(({ from, to }) => `${idOf(model)(from)}>${idOf(model)(to)}`);
    expect(ways.filter((way) => way.includes("reconciler"))).toEqual(["reconciler>psp"]);
    const noted = model.assumptions.filter(({ value }) => value === "no calls");
    expect(noted.map(({ component }) => component)).toEqual(["orders", "psp"]);
  });

  it("costs $5, and costs no point of the design score", () => {
    const bare = compile(draw(shopParts, shopWays), shop);
    const model = compile(withSchedule(trigger("reconciler"), "reconciler>breaker"), shop);
    expect(monthlyCost(model, []).effectiveMonthlyUsd - monthlyCost(bare, []).effectiveMonthlyUsd).toBe(5);
    expect(designFindings(model)).toEqual(designFindings(bare));
  });
});

describe("a schedule that cannot act says so", () => {
  const lonely = (schedule: Component, ...ways: readonly string[]): readonly string[] =>
    messages(compile(withSchedule(schedule, ...ways), shop));

  it("without a way onward", () => {
    expect(lonely(trigger("reconciler"))).toEqual([expect.stringContaining("it leads nowhere: connect it to")]);
  });

  it("without a way to the provider", () => {
    const report = draw([...shopParts, trigger("reconciler"), step("report")], [...shopWays, "reconciler>report"]);
    const model = compile(report, shop);
    expect(messages(model)).toEqual([expect.stringContaining("it leads to no payment-provider")]);
    expect(partOf(model, "reconciler").parameters.acts).toBe(false);
  });

  it("without guard rows", () => {
    const parts = shopParts.map((part) =>
      part.id === "orders" ? { ...part, idempotency: { key: "none" as const } } : part,
    );
    const model = compile(draw([...parts, trigger("reconciler")], [...shopWays, "reconciler>breaker"]), shop);
    expect(messages(model)).toEqual([expect.stringContaining("there are no rows to look at")]);
    expect(partOf(model, "reconciler").parameters.acts).toBe(false);
  });

  it("and what is written on it in vain: another mode, a service", () => {
    const written = trigger("reconciler", { ...mode("retry"), service: { concurrency: 3 } });
    expect(lonely(written, "reconciler>breaker")).toEqual([
      expect.stringContaining("mode retry has no effect on a schedule"),
      expect.stringContaining("service has no effect on a schedule"),
    ]);
  });

  it("and so does everyMs on what is none", () => {
    expect(lonely(step("job", mode("passthrough", { everyMs: 1000 })), "job>breaker")).toEqual([
      expect.stringContaining('behavior.everyMs acts on a trigger, or with role "reconciler"'),
    ]);
  });
});
