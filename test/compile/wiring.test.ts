import { describe, expect, it } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
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

const buyer = person("buyer");
const api = step("api");
const orders = storage("orders");
const psp = tool("psp");

describe("the order in which an active component takes its edges", () => {
  it("asks the guard before the branch that reaches the provider, whatever the drawing says, and notes it", () => {
    const canvas = draw([buyer, api, psp, orders], ["buyer>api", "api>psp", arrow("api>orders", { id: "claim" })]);
    const model = compile(canvas, shop);
    expect(edgesOf(model, "api")).toEqual(["api>orders", "api>psp"]);
    expect(model.assumptions).toContainEqual({
      component: "api",
      field: "connection claim",
      value: "taken first",
      because: "orders is asked before the provider's branch",
    });
  });

  it("is the canvas's where the guard comes first already, and for what is no guard", () => {
    const log = storage("log");
    const canvas = draw([buyer, api, orders, psp, log], ["buyer>api", "api>orders", "api>psp", "api>log"]);
    const model = compile(canvas, shop);
    expect(edgesOf(model, "api")).toEqual(["api>orders", "api>psp", "api>log"]);
    expect(model.assumptions.filter(({ value }) => value === "taken first")).toEqual([]);
  });

  it("moves the guard in front of the provider's branch only, behind what stands before that", () => {
    const log = storage("log", { role: "order-store" });
    const check = step("check");
    const canvas = draw([buyer, api, check, psp, log], ["buyer>api", "api>check", "api>psp", "api>log"]);
    expect(edgesOf(compile(canvas, shop), "api")).toEqual(["api>check", "api>log", "api>psp"]);
  });

  it("leaves a store without a key where it is: it guards nothing", () => {
    const open = storage("orders", { role: "order-store", idempotency: { key: "none" } });
    expect(
      edgesOf(compile(draw([buyer, api, psp, open], ["buyer>api", "api>psp", "api>orders"]), shop), "api"),
    ).toEqual(["api>psp", "api>orders"]);
  });

  it("leaves a passive component's copies alone: they go out side by side", () => {
    const topic = channel("topic");
    const canvas = draw([buyer, topic, psp, orders], ["buyer>topic", "topic>psp", "topic>orders"]);
    expect(edgesOf(compile(canvas, shop), "topic")).toEqual(["topic>psp", "topic>orders"]);
  });
});

describe("a behaviour mode on the provider", () => {
  const guarded = tool("psp", { label: "Stripe", ...mode("circuitbreaker", { openMs: 1234 }) });
  const canvas = draw(
    [buyer, api, guarded, storage("ledger"), step("cash")],
    ["buyer>api", "api>psp", "psp>ledger", arrow("psp>cash", { on: "failure" })],
  );

  it("becomes a wrapper on the client's side, without slots or service time; the station keeps id and role", () => {
    const model = compile(canvas, shop);
    expect(model.components.map(({ id }) => id)).toEqual(["buyer", "api", "psp", "ledger", "cash", "psp (client)"]);
    expect(find(model, "psp (client)")).toMatchObject({
      mode: "circuitbreaker",
      wraps: "psp",
      role: null,
      external: false,
      slots: Number.POSITIVE_INFINITY,
      meanServiceMs: 0,
    });
    expect(find(model, "psp (client)").parameters.openMs).toBe(1234);
    expect(find(model, "psp")).toMatchObject({
      mode: "passthrough",
      parameters: {},
      role: "payment-provider",
      external: true,
      slots: 18,
      wraps: null,
    });
    expect(boundTo(model, "payment-provider")).toEqual(["psp"]);
  });

  it("takes the calls and owns what follows failure; what follows success leaves from the station", () => {
    const model = compile(canvas, shop);
    expect(edgesOf(model, "api")).toEqual(["api>psp (client)"]);
    expect(edgesOf(model, "psp (client)")).toEqual(["psp (client)>cash", "psp (client)>psp"]);
    expect(edgesOf(model, "psp")).toEqual(["psp>ledger"]);
    expect(model.edges.map(({ index }) => index)).toEqual(model.edges.map((_, position) => position));
  });

  it("that is a queue makes the wrapper the boundary, not the provider", () => {
    const model = compile(draw([buyer, tool("psp", mode("queue"))], ["buyer>psp"]), shop);
    expect(find(model, "psp (client)")).toMatchObject({ asynchronous: true });
    expect(find(model, "psp (client)").parameters.releaseRps).toBe(45);
    expect(find(model, "psp").asynchronous).toBe(false);
  });

  it("that does nothing makes no wrapper, and neither does one on a component that is not external", () => {
    for (const name of ["passthrough", "transform"]) {
      expect(compile(draw([buyer, tool("psp", mode(name))], ["buyer>psp"]), shop).components).toHaveLength(2);
    }
    const own = compile(draw([buyer, step("x", mode("circuitbreaker"))], ["buyer>x"]), shop);
    expect(own.components).toHaveLength(2);
  });
});

describe("entries", () => {
  const names = (model: ReturnType<typeof compile>): readonly string[] =>
    model.entries.map((index) => model.components[index]!.id);

  it("are the persons alone, when there is one", () => {
    const parts = [step("job"), person("b"), person("a"), api, psp];
    expect(names(compile(draw(parts, ["job>psp", "b>api", "a>api", "api>psp"]), shop))).toEqual(["b", "a"]);
  });

  it("do not include a person whom a connection with `on` leads to", () => {
    const parts = [buyer, api, psp, person("clerk")];
    const canvas = draw(parts, ["buyer>api", "api>psp", arrow("api>clerk", { on: "success" })]);
    expect(names(compile(canvas, shop))).toEqual(["buyer"]);
  });

  it("include a person to whom a response arrow leads back", () => {
    expect(names(compile(draw([buyer, api, psp], ["buyer>api", "api>psp", "psp>buyer"]), shop))).toEqual(["buyer"]);
  });

  it("without persons are the sources that reach the goal", () => {
    const parts = [step("job"), api, storage("db"), psp];
    expect(names(compile(draw(parts, ["job>db", "api>psp"]), shop))).toEqual(["api"]);
  });

  it("without a goal are all sources with a way onward", () => {
    const problem = { ...shop, goal: undefined };
    const parts = [step("job"), api, storage("db"), psp, step("alone")];
    expect(names(compile(draw(parts, ["job>db", "api>psp"]), problem))).toEqual(["job", "api"]);
  });

  it("are the station itself where a canvas has but one", () => {
    expect(names(compile(draw([step("alone")], []), { ...shop, goal: undefined }))).toEqual(["alone"]);
  });

  it("do not include a person who leads nowhere", () => {
    const parts = [person("legend"), buyer, api, psp];
    expect(names(compile(draw(parts, ["buyer>api", "api>psp"]), shop))).toEqual(["buyer"]);
  });

  it("never include a schedule", () => {
    const sweeper = trigger("sweeper", mode("passthrough", { everyMs: 15_000 }));
    expect(names(compile(draw([sweeper, api, psp], ["sweeper>psp", "api>psp"]), shop))).toEqual(["api"]);
  });

  it("are none on a canvas that is one cycle of explicit connections", () => {
    const on = "success";
    expect(names(compile(draw([api, psp], [arrow("api>psp", { on }), arrow("psp>api", { on })]), shop))).toEqual([]);
  });
});

describe("what this version does not simulate", () => {
  const star = ["buyer>api", "api>psp"];
  const findingsOf = (canvas: Canvas): readonly string[] =>
    compile(canvas, shop).findings.map(({ code, component, connection }) => `${code} ${component ?? connection}`);

  it.each(["open", "change"] as const)(
    "a connection on %s from what has none: said aloud, and it carries no calls",
    (on) => {
      const canvas = draw([buyer, api, psp, orders], [...star, arrow("api>orders", { id: "x", on })]);
      expect(findingsOf(canvas)).toEqual(["without-effect x"]);
      expect(boundTo(compile(canvas, shop), "order-store")).toEqual([]);
    },
  );

  it("openFor without an open connection, and a breaker's second one", () => {
    const breaker = step("breaker", mode("circuitbreaker"));
    const parts = [buyer, breaker, psp, step("x"), step("y")];
    const open = { on: "open", openFor: "any" } as const;
    const drawn = ["buyer>breaker", "breaker>psp", arrow("breaker>x", open), arrow("breaker>y", { id: "y", ...open })];
    expect(findingsOf(draw(parts, drawn))).toEqual(["without-effect y"]);
    expect(
      findingsOf(draw(parts.slice(0, 3), ["buyer>breaker", arrow("breaker>psp", { id: "z", openFor: "any" })])),
    ).toEqual(["without-effect z"]);
  });

  it("an operation that the target's role does not have, or whose target has no role", () => {
    const parts = [buyer, api, psp, step("mail")];
    expect(findingsOf(draw(parts, ["buyer>api", arrow("api>psp", { id: "x", operation: "rebate" })]))).toEqual([
      "without-effect x",
    ]);
    expect(findingsOf(draw(parts, [...star, arrow("api>mail", { id: "y", operation: "charge" })]))).toEqual([
      "without-effect y",
    ]);
    expect(findingsOf(draw(parts, ["buyer>api", arrow("api>psp", { operation: "query" })]))).toEqual([]);
  });

  it("saga without undo, undo where nothing is taken in sequence, and a schedule that leads nowhere", () => {
    const saga = step("saga", { saga: { resumeMs: 0 } });
    const sweeper = trigger("sweeper", mode("passthrough", { everyMs: 15_000 }));
    expect(findingsOf(draw([buyer, saga, psp, sweeper], ["buyer>saga", "saga>psp"]))).toEqual([
      "without-effect saga",
      "without-effect sweeper",
    ]);
    const undo = arrow("saga>psp", { id: "u", undo: "void" });
    const split = step("saga", mode("split"));
    expect(findingsOf(draw([buyer, split, psp], ["buyer>saga", undo]))).toEqual(["without-effect u"]);
    expect(findingsOf(draw([buyer, saga, psp], ["buyer>saga", undo]))).toEqual([]);
    expect(findingsOf(draw([buyer, saga, psp], ["buyer>saga", { ...undo, undo: "refuse" }]))).toEqual([
      "without-effect u",
    ]);
    expect(findingsOf(draw([buyer, saga, psp], ["buyer>saga", { ...undo, undo: "none" }]))).toEqual([]);
  });
});
