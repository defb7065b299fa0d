import { describe, expect, it } from "vitest";
import type { Component } from "../../src/canvas/canvas.js";
import { compile, InferenceError } from "../../src/compile/compile.js";
import { monthlyCost } from "../../src/scoring/cost.js";
import { arrow, draw, edgesOf, find, mode, person, shop, step, storage, tool, trigger } from "./drawing.js";

const buyer = person("buyer");
const psp = tool("psp");
const orders = storage("orders", { role: "order-store", idempotency: { key: "intent" } });
const voided = arrow("desk>psp", { undo: "void" });

describe("a durable sequence", () => {
  it.each([
    ["a step", step("desk"), true],
    ["a retry", step("desk", mode("retry")), true],
    ["a trigger without a schedule", trigger("desk"), true],
    ["a storage: it copies", storage("desk"), false],
    ["a queue", step("desk", mode("queue")), false],
    ["a breaker", step("desk", mode("circuitbreaker")), false],
  ] satisfies readonly (readonly [string, Component, boolean])[])("may be %s", (_, desk, durable) => {
    const model = compile(draw([buyer, desk, psp], ["buyer>desk", voided]), shop);
    expect(find(model, "desk").saga !== undefined).toBe(durable);
    const said = model.findings.filter(({ message }) => message.includes("undo acts on success connections"));
    expect(said).toHaveLength(durable ? 0 : 1);
  });

  it("takes its defaults aloud, and what is written as it is", () => {
    const model = compile(draw([buyer, step("desk", { saga: { fence: false } }), psp], ["buyer>desk", voided]), shop);
    expect(find(model, "desk").saga).toEqual({
      resumeMs: 30_000,
      fence: false,
      undoAttempts: Number.POSITIVE_INFINITY,
      undoEveryMs: 2_000,
      settleMs: 30_000,
    });
    const own = model.assumptions.filter(({ component, field }) => component === "desk" && field.startsWith("saga"));
    expect(own.map(({ field }) => field)).toEqual(["saga.resumeMs", "saga.undoEveryMs", "saga.settleMs"]);
    expect(find(model, "desk").idempotency.key).toBe("request");
  });

  it("keeps the canvas's order: it is its own guard, and an order after the payment may be its pivot", () => {
    const ways = (undo: object) => ["buyer>desk", arrow("desk>psp", undo), "desk>orders"] as const;
    const parts = [buyer, step("desk"), psp, orders];
    expect(edgesOf(compile(draw(parts, ways({ undo: "void" })), shop), "desk")).toEqual(["desk>psp", "desk>orders"]);
    expect(edgesOf(compile(draw(parts, ways({})), shop), "desk")).toEqual(["desk>orders", "desk>psp"]);
  });

  it("may have its step and its undo performed behind a breaker", () => {
    const breaker = step("breaker", mode("circuitbreaker"));
    const way = arrow("desk>breaker", { operation: "charge", undo: "void" });
    const model = compile(draw([buyer, step("desk"), breaker, psp], ["buyer>desk", way, "breaker>psp"]), shop);
    expect(model.findings.filter(({ code }) => code === "without-effect")).toEqual([]);
  });

  it("says which of a retry's parameters mean nothing to it", () => {
    const desk = step("desk", mode("retry", { onUnknown: "query", budgetRatio: 0.1 }));
    const model = compile(draw([buyer, desk, psp], ["buyer>desk", voided]), shop);
    expect(model.findings.map(({ message }) => message).filter((message) => message.startsWith("desk:"))).toEqual([
      "desk: behavior.onUnknown of a durable sequence is not simulated in this version",
      "desk: behavior.budgetRatio of a durable sequence is not simulated in this version",
    ]);
  });
});

describe("a schedule that leads into a durable sequence", () => {
  const sweeper = trigger("sweeper", mode("passthrough", { ageMs: 900_000 }));
  const parts = [buyer, step("desk"), psp, sweeper];

  it.each([undefined, "compensate", "resume"])("is a sweeper, asked for %s", (operation) => {
    const into = arrow("sweeper>desk", operation === undefined ? {} : { operation });
    const model = compile(draw(parts, ["buyer>desk", voided, into]), shop);
    const times = { everyMs: 15_000, ageMs: 900_000, batch: 500 };
    expect(find(model, "sweeper")).toMatchObject({
      role: "sweeper",
      parameters: { ...times, resume: operation === "resume" },
    });
    expect(model.findings.filter(({ code }) => code === "without-effect")).toEqual([]);
    expect(monthlyCost(model, []).components.find(({ id }) => id === "sweeper")!.floor).toBe(5);
  });

  it("does only that: another connection of its own has no effect, and says so", () => {
    const model = compile(draw(parts, ["buyer>desk", voided, "sweeper>desk", arrow("sweeper>psp", { id: "x" })]), shop);
    expect(find(model, "sweeper").role).toBe("sweeper");
    expect(model.findings.filter(({ code }) => code === "without-effect").map(({ message }) => message)).toEqual([
      expect.stringContaining("sweeper: connection x has no effect"),
    ]);
  });

  it("is a reconciler where the target keeps no record", () => {
    const model = compile(draw([...parts, orders], ["buyer>desk", "desk>orders", "desk>psp", "sweeper>desk"]), shop);
    expect(find(model, "sweeper").role).toBe("reconciler");
  });

  it("is read from words only without --strict", () => {
    const drawing = draw(
      [buyer, step("desk", mode("passthrough")), { ...psp, role: "payment-provider" }, sweeper],
      ["buyer>desk", voided, "sweeper>desk"],
    );
    expect(() =>
      compile(drawing, { ...shop, roles: { "payment-provider": { ratePerS: 60, timeMs: 300 } } }, { strict: true }),
    ).toThrow(InferenceError);
  });
});
