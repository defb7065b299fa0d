import { describe, expect, it } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { compile } from "../../src/compile/compile.js";
import type { ClientSpec, Problem } from "../../src/problem/problem.js";
import { arrow, boundTo, draw, edgesOf, find, flowOf, person, shop, step, storage, tool } from "./drawing.js";

const buyer = person("buyer");
const api = step("api");
const psp = tool("psp");
const poll = { on: "poll" } as const;
const view = storage("view");
const star = ["buyer>api", "api>psp"];

function polling(client: ClientSpec): Problem {
  return { ...shop, workload: { ...shop.workload, client } };
}

function names(canvas: Canvas): readonly string[] {
  const model = compile(canvas, shop);
  return model.entries.map((index) => model.components[index]!.id);
}

describe("a poll connection", () => {
  const status = step("status-api");
  const ways = [...star, arrow("buyer>status-api", poll), "status-api>view"];
  const drawn = draw([buyer, api, psp, status, view], ways);

  it("has an effect, and makes its target neither an entry nor a store before the provider", () => {
    const model = compile(drawn, shop);
    expect(model.findings).toEqual([]);
    expect(names(drawn)).toEqual(["buyer"]);
    expect(boundTo(model, "order-store")).toEqual([]);
  });

  it("changes no hold time: nobody's order waits for a poll", () => {
    const without = draw([buyer, api, psp], star);
    expect(find(compile(drawn, shop), "api").slots).toBe(find(compile(without, shop), "api").slots);
    const polls = draw([buyer, api, psp, view], [...star, arrow("api>view", poll)]);
    expect(find(compile(polls, shop), "api").slots).toBe(find(compile(without, shop), "api").slots);
    expect(edgesOf(compile(polls, shop), "api")).toEqual(["api>psp", "api>view"]);
  });

  it("does not decide which of two opposite arrows is the response, wherever it stands in the file", () => {
    const orders = storage("orders");
    const parts = [buyer, api, orders, view];
    const onward = ["buyer>api", "api>orders", "orders>view", "view>orders"];
    const expected = ["buyer>api", "api>orders", "orders>view"];
    expect(flowOf(draw(parts, onward))).toEqual(expected);
    expect(flowOf(draw(parts, [arrow("buyer>view", poll), ...onward]))).toEqual(["buyer>view (poll)", ...expected]);
  });

  it("begins the way of what only polls reach: a response there is one", () => {
    const parts = [buyer, api, view, status];
    const back = ["buyer>api", "view>status-api", "status-api>view", arrow("buyer>status-api", poll)];
    expect(flowOf(draw(parts, back))).toEqual(["buyer>api", "status-api>view", "buyer>status-api (poll)"]);
  });

  it("makes no entry of a person who does nothing but poll", () => {
    const support = person("support");
    expect(names(draw([support, buyer, api, psp, view], [...star, arrow("support>view", poll)]))).toEqual(["buyer"]);
  });
});

describe("clients that would poll", () => {
  const findings = (canvas: Canvas, problem: Problem): readonly string[] =>
    compile(canvas, problem).findings.map(({ code, component, severity }) => `${severity} ${code} ${component}`);
  const without = draw([buyer, person("other"), api, psp, view], [...star, "other>api", arrow("buyer>view", poll)]);

  it("say so where no poll connection leaves their entry", () => {
    expect(findings(without, polling({ poll: { everyMs: 2000 } }))).toEqual(["note no-poll-connection other"]);
    expect(compile(without, polling({ poll: { everyMs: 2000 } })).findings[0]!.message).toBe(
      'other: clients would ask for the status every 2 s, but no connection from here has on "poll", so they do not ' +
        "poll; draw one to the component that shows the status",
    );
    const scenarios = [{ id: "a", kind: "baseline", workload: { client: { poll: { everyMs: 500 } } } }];
    expect(findings(without, { ...shop, scenarios })).toEqual(["note no-poll-connection other"]);
  });

  it("are silent where clients do not poll", () => {
    expect(findings(without, polling({}))).toEqual([]);
  });
});
