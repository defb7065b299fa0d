import { describe, expect, it } from "vitest";
import type { Canvas } from "../../src/canvas/canvas.js";
import { compile, InferenceError } from "../../src/compile/compile.js";
import { arrow, channel, draw, mode, person, shop, step, storage, tool } from "./drawing.js";

/** As a language model writes it: modes and nothing else. */
const plain = draw(
  [
    person("buyer", mode("passthrough")),
    step("api", mode("ratelimit")),
    storage("orders", mode("passthrough")),
    channel("mail", mode("queue")),
    step("worker", mode("retry")),
    tool("psp", mode("passthrough")),
  ],
  ["buyer>api", "api>orders", "orders>mail", "mail>worker", "worker>psp", "psp>buyer"],
);

const service = { timeMs: 10, concurrency: 3, queueLimit: 5 };

/** Everything that can be written down is. */
const explicit = draw(
  [
    person("buyer", mode("passthrough")),
    step("api", { ...mode("ratelimit", { rps: 100, burst: 10 }), service }),
    storage("orders", { ...mode("passthrough"), service, role: "order-store", idempotency: { key: "request" } }),
    tool("psp", { ...mode("passthrough"), role: "payment-provider", idempotency: { key: "item" } }),
  ],
  ["buyer>api", "api>orders", "api>psp"],
);

const listed = (canvas: Canvas): readonly string[] =>
  compile(canvas, shop).assumptions.map(({ component, field, value }) => `${component} ${field} = ${value}`);

describe("assumptions", () => {
  it("list what autoscaling leaves open, and no number of slots then", () => {
    const scaled = draw(
      [step("api", { ...mode("passthrough"), service: { timeMs: 1, queueLimit: 1, autoscale: { min: 2, max: 4 } } })],
      [],
    );
    expect(listed(scaled).filter((line) => line.startsWith("api"))).toEqual([
      "api service.autoscale.targetUtilization = 0.6",
      "api service.autoscale.everyMs = 15000",
    ]);
  });

  it("list every meaning read into a plain canvas, and then every default, each once", () => {
    const time = "service.timeMs = lognormal, median 5 ms, σ 0.3";
    expect(listed(plain)).toEqual([
      "psp connection psp→buyer = response arrow",
      "psp role = payment-provider",
      "orders role = order-store",
      "orders idempotency.key = request",
      `api ${time}`,
      "api service.concurrency = 4",
      "api service.queueLimit = 160",
      "api behavior.rps = 120",
      "api behavior.burst = 240",
      `orders ${time}`,
      "orders service.concurrency = 2",
      "orders service.queueLimit = 160",
      `mail ${time}`,
      "mail service.concurrency = 2",
      "mail service.queueLimit = 160",
      "mail behavior.capacity = 20000",
      "mail behavior.overflow = reject",
      "mail behavior.concurrency = 120",
      "mail behavior.releaseRps = 45",
      "mail behavior.visibilityMs = 60000",
      "mail behavior.maxDeliveries = 10",
      "mail behavior.redeliverMs = 5000",
      "mail behavior.pauseWhenOpen = true",
      `worker ${time}`,
      "worker service.concurrency = 50",
      "worker service.queueLimit = 160",
      "worker behavior.maxAttempts = 4",
      "worker behavior.backoffMs = 200",
      "worker behavior.backoffFactor = 2",
      "worker behavior.maxBackoffMs = 30000",
      "worker behavior.jitter = full",
      "worker behavior.timeoutMs = 5000",
      "worker behavior.onUnknown = same-key",
      "psp idempotency.key = item",
    ]);
  });

  it("each have a reason", () => {
    const { assumptions } = compile(plain, shop);
    expect(assumptions.filter(({ because }) => because.trim() === "")).toEqual([]);
    const because = (component: string, field: string): string | undefined =>
      assumptions.find((assumption) => assumption.component === component && assumption.field === field)?.because;
    expect(because("mail", "behavior.releaseRps")).toContain("60/s");
    expect(because("worker", "service.concurrency")).toContain("305.2 ms");
  });

  it("are none where everything is written down", () => {
    expect(listed(explicit)).toEqual([]);
  });

  it("say so when a component has no behaviour at all", () => {
    expect(listed(draw([person("p"), tool("psp")], ["p>psp"]))).toContain("psp behavior.mode = passthrough");
  });

  it("explain slots from a stated throughput", () => {
    const api = step("api", { ...mode("passthrough", { throughput: 50 }), service: { timeMs: 100 } });
    const model = compile(draw([person("p"), api], ["p>api"]), shop);
    expect(model.assumptions).toContainEqual({
      component: "api",
      field: "service.concurrency",
      value: 5,
      because: "throughput 50/s × 100 ms",
    });
  });
});

describe("--strict", () => {
  it("refuses a canvas with inferences and lists every one of them", () => {
    const { components, connections } = plain;
    const dlq = arrow("worker>dead", { label: "dead letter" });
    const canvas = { components: [...components, storage("dead")], connections: [...connections, dlq] };
    let caught: unknown;
    try {
      compile(canvas, shop, { strict: true });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(InferenceError);
    const { name, inferences, message } = caught as InferenceError;
    expect(name).toBe("InferenceError");
    expect(inferences.map(({ component, value }) => `${component}: ${value}`)).toEqual([
      "psp: response arrow",
      "worker: dead-letter",
      "psp: payment-provider",
      "orders: order-store",
      "orders: request",
    ]);
    expect(message.split("\n")).toHaveLength(5);
    for (const { component, field, because } of inferences) {
      expect(message).toContain(`${component}: ${field}`);
      expect(message).toContain(because);
    }
  });

  it("takes a canvas that leaves only numbers open", () => {
    const bare = explicit.components.map(({ service: _, ...rest }) => rest);
    const model = compile({ ...explicit, components: bare }, shop, { strict: true });
    expect(model.assumptions.map(({ field }) => field)).toContain("service.concurrency");
    expect(model.assumptions).toEqual(compile({ ...explicit, components: bare }, shop).assumptions);
  });

  it("counts an edge moved before the provider as an inference", () => {
    const swapped = draw(explicit.components, ["buyer>api", "api>psp", "api>orders"]);
    expect(() => compile(swapped, shop, { strict: true })).toThrow(InferenceError);
    expect(() => compile(swapped, shop)).not.toThrow();
  });
});
