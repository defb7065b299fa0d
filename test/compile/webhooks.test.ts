import { describe, expect, it } from "vitest";
import type { Canvas, Component } from "../../src/canvas/canvas.js";
import { compile, InferenceError } from "../../src/compile/compile.js";
import type { Problem } from "../../src/problem/problem.js";
import { simulate } from "../../src/scenarios/simulate.js";
import { designFindings } from "../../src/scoring/design.js";
import {
  arrow,
  boundTo,
  channel,
  draw,
  edgesOf,
  find,
  mode,
  person,
  shop,
  step,
  storage,
  tool,
  trigger,
} from "./drawing.js";

const problem: Problem = { ...shop, roles: { ...shop.roles, webhook: { delayMs: 100 } } };

const parts: readonly Component[] = [
  person("buyer"),
  step("api"),
  storage("orders"),
  channel("mail", mode("queue")),
  step("worker", mode("retry")),
  tool("psp"),
];
const ways = ["buyer>api", "api>orders", "orders>mail", "mail>worker", "worker>psp"];

function withParts(more: readonly Component[], ...moreWays: readonly Parameters<typeof draw>[1][number][]): Canvas {
  return draw([...parts, ...more], [...ways, ...moreWays]);
}

const entriesOf = (canvas: Canvas, from = problem) => {
  const model = compile(canvas, from);
  return model.entries.map((index) => model.components[index]!.id);
};

describe("a webhook", () => {
  it.each([
    ["an explicit role, on any type", storage("inbox", { role: "webhook" })],
    ["a step by its id", step("psp-webhook")],
    ["a trigger by its label", trigger("t", { label: "Webhook receiver" })],
    ["a channel by its id", channel("webhooks")],
  ])("is %s", (_, receiver) => {
    const canvas = withParts([receiver], `psp>${receiver.id}`, `${receiver.id}>orders`);
    const model = compile(canvas, problem);
    expect(boundTo(model, "webhook")).toEqual([receiver.id]);
    expect(entriesOf(canvas)).toEqual(["buyer"]);
    expect(edgesOf(model, "psp")).toEqual([]);
    expect(edgesOf(model, receiver.id)).toEqual([`${receiver.id}>orders`]);
    expect(model.assumptions).toContainEqual({
      component: "psp",
      field: `connection psp→${receiver.id}`,
      value: "no calls",
      because: `${receiver.id} gets the provider's events, which are no part of its answers`,
    });
  });

  it.each([
    ["a step without the word", step("receiver")],
    ["a step that only speaks of one", step("receiver", { description: "sends webhooks" })],
    ["a storage with the word", storage("webhook-log")],
    ["a step with another role", step("webhook", { role: "consumer" })],
  ])("is not %s", (_, part) => {
    expect(boundTo(compile(withParts([part], `${part.id}>orders`), problem), "webhook")).toEqual([]);
  });

  it("is nothing that the design itself calls: that sends webhooks to others", () => {
    const sender = step("merchant-webhook");
    for (const way of [arrow("worker>merchant-webhook"), arrow("merchant-webhook>worker", { direction: "backward" })]) {
      const model = compile(withParts([sender], way), problem);
      expect(boundTo(model, "webhook")).toEqual([]);
      expect(edgesOf(model, "worker")).toContain("worker>merchant-webhook");
    }
  });

  it("is the first of several that hand events on", () => {
    const chain = [step("webhook-gateway"), channel("webhook-queue", mode("queue")), step("webhook-handler")];
    const model = compile(
      withParts(
        chain,
        ...["psp>webhook-gateway", "webhook-gateway>webhook-queue", "webhook-queue>webhook-handler"],
        "webhook-handler>orders",
      ),
      problem,
    );
    expect(boundTo(model, "webhook")).toEqual(["webhook-gateway"]);
  });

  it("needs its words only where the problem's provider sends events", () => {
    const canvas = withParts([step("psp-webhook")], "psp-webhook>orders");
    expect(boundTo(compile(canvas, shop), "webhook")).toEqual([]);
    expect(entriesOf(draw([step("psp-webhook"), tool("psp")], ["psp-webhook>psp"]), shop)).toEqual(["psp-webhook"]);
  });

  it("is an inference that --strict refuses", () => {
    const stated = storage("orders", { role: "order-store", idempotency: { key: "request" } });
    const psp = tool("psp", { role: "payment-provider" });
    const canvas = (receiver: Component, operation?: string) =>
      draw(
        [person("buyer"), step("api"), stated, psp, receiver],
        [
          ...["buyer>api", "api>orders", "api>psp"],
          arrow(`${receiver.id}>orders`, operation === undefined ? {} : { operation }),
        ],
      );
    const strict = (drawn: Canvas) => () => compile(drawn, problem, { strict: true });
    expect(strict(canvas(step("hook", { role: "webhook" }), "record"))).not.toThrow();
    expect(strict(canvas(step("hook", { role: "webhook" })))).toThrow(InferenceError);
    expect(strict(canvas(step("webhook"), "record"))).toThrow(/webhook: role/);
  });

  it("is not missed in a design without one, and its outage befalls nobody there", () => {
    const deaf = { id: "deaf", kind: "outage", target: "webhook", mode: "failfast" };
    const model = compile(withParts([]), { ...problem, scenarios: [deaf] });
    expect(model.unbound).toEqual([]);
    const [run] = simulate(model, { seed: 1 });
    expect(run!.impossible).toBeNull();
    expect(run!.metrics.delivered).toBeGreaterThan(0);
    const roleless = { ...problem, scenarios: [{ ...deaf, target: "consumer" }] };
    expect(simulate(compile(withParts([]), roleless), { seed: 1 })[0]!.impossible).toContain("consumer");
  });

  it("and what it calls are on a path of their own", () => {
    const log = storage("log");
    const model = compile(withParts([step("hook", { role: "webhook" }), log], "hook>log"), problem);
    expect(designFindings(model).filter(({ code }) => code === "component-off-every-path")).toEqual([]);
  });
});

describe("what a webhook tells an order store", () => {
  const operationOf = (canvas: Canvas, from: string): string | null => {
    const model = compile(canvas, problem);
    return model.edges.find((edge) => model.components[edge.from]!.id === from)!.operation;
  };
  const hook = step("hook", { role: "webhook" });

  it("is recorded there, where the connection does not say what it is for", () => {
    expect(operationOf(withParts([hook], "hook>orders"), "hook")).toBe("record");
    expect(operationOf(withParts([hook], arrow("hook>orders", { operation: "confirm" })), "hook")).toBe("confirm");
  });

  it("is recorded there also behind a queue", () => {
    const inbox = channel("inbox", mode("queue"));
    expect(operationOf(withParts([hook, inbox], "hook>inbox", "inbox>orders"), "hook")).toBe("record");
  });

  it.each([
    ["the worker, which charges", ["hook>worker"]],
    ["a fork", ["hook>fork", "fork>orders", "fork>worker"]],
    ["a circle", ["hook>fork", "fork>loop", "loop>fork"]],
  ])("is not what it hands to %s", (_, lines) => {
    const more = [hook, step("fork"), step("loop")];
    expect(operationOf(withParts(more, ...lines), "hook")).toBeNull();
  });

  it("is known to be an operation of an order store: nothing is without effect", () => {
    const canvas = withParts([hook], arrow("hook>orders", { operation: "record" }));
    expect(compile(canvas, problem).findings).toEqual([]);
    expect(find(compile(canvas, problem), "hook").role).toBe("webhook");
  });
});
