import { describe, expect, it } from "vitest";
import { designFindings, designScore } from "../../src/scoring/design.js";
import { buildModel, type ComponentSketch, checkoutSketch, type ModelSketch, retryParameters } from "./fixtures.js";

function judged(sketch: ModelSketch) {
  const findings = designFindings(buildModel(sketch));
  return {
    codes: findings.map(({ code }) => code),
    messages: findings.map(({ message }) => message),
    score: designScore(findings),
  };
}

/** The checkout with further components and connections. */
function extended(components: readonly ComponentSketch[], edges: readonly string[]): ModelSketch {
  const sketch = checkoutSketch();
  return { ...sketch, components: [...sketch.components, ...components], edges: [...(sketch.edges ?? []), ...edges] };
}

function rewired(edges: readonly string[], changes: Parameters<typeof checkoutSketch>[0] = {}): ModelSketch {
  return { ...checkoutSketch(changes), edges };
}

describe("design checks", () => {
  it("find nothing in queue → worker → breaker → provider", () => {
    expect(judged(checkoutSketch())).toEqual({ codes: [], messages: [], score: 100 });
  });

  it("find nothing in a second provider that only an open breaker leads to", () => {
    const psp2 = { ...checkoutSketch().components.at(-1)!, id: "psp2" };
    expect(judged(extended([psp2], ["breaker>psp2:open"]))).toEqual({ codes: [], messages: [], score: 100 });
    expect(judged(extended([psp2], [])).codes).toEqual(["component-off-every-path"]);
    const around = judged(extended([psp2], ["worker>psp2:open"]));
    expect(around.codes).toEqual(["external-call-without-breaker"]);
  });

  it("no entry costs everything", () => {
    const found = judged({ components: [{ id: "a" }, { id: "b" }], edges: ["a>b", "b>a"] });
    expect(found.codes).toContain("no-entry");
    expect(found.codes).not.toContain("no-reachable-sink");
    expect(found.score).toBe(0);
  });

  it("no reachable sink costs 30", () => {
    const sketch = {
      components: [{ id: "user", type: "person" }, { id: "a" }, { id: "q", mode: "queue" }],
      edges: ["user>a", "a>q", "q>a"],
    } as const;
    expect(judged(sketch)).toMatchObject({ codes: ["no-reachable-sink"], score: 70 });
    expect(judged({ components: [{ id: "user", type: "person" }] }).codes).toEqual(["no-reachable-sink"]);
  });

  it("no queue before a slow external costs 20 and names the way and the time", () => {
    const found = judged(
      rewired(["shopper>api", "api>orders", "api>queue", "api>worker", "worker>breaker", "breaker>psp"]),
    );
    expect(found.codes).toContain("no-queue-before-slow-external");
    expect(found.messages).toContain("no queue before psp (mean 314 ms, 60/s): shopper → api → worker → breaker → psp");
  });

  it("an external of less than 100 ms needs no queue", () => {
    const edges = ["shopper>api", "api>orders", "api>queue", "api>worker", "worker>breaker", "breaker>psp"];
    expect(judged(rewired(edges, { psp: { meanServiceMs: 99 } })).codes).not.toContain("no-queue-before-slow-external");
  });

  it.each(["attempt", "none", undefined] as const)("a retry before a provider with key %s costs 20", (key) => {
    const found = judged(checkoutSketch({ psp: { idempotency: key === undefined ? {} : { key } } }));
    expect(found).toMatchObject({ codes: ["retry-without-idempotent-target"], score: 80 });
    expect(found.messages[0]).toBe(`worker repeats calls to psp, whose idempotency key is ${key ?? "none"}`);
  });

  it.each(["item", "request", "intent"] as const)("a retry before a provider with key %s is fine", (key) => {
    expect(judged(checkoutSketch({ psp: { idempotency: { key } } })).score).toBe(100);
  });

  it("each unbound role costs 20", () => {
    const found = judged({ ...checkoutSketch(), unbound: ["webhook", "lock"] });
    expect(found).toMatchObject({ codes: ["unbound-role", "unbound-role"], score: 60 });
  });

  it("an external call without a breaker costs 15, also on one of two ways", () => {
    const found = judged(extended([], ["worker>psp"]));
    expect(found).toMatchObject({ codes: ["external-call-without-breaker"], score: 85 });
    expect(found.messages[0]).toBe("no circuitbreaker before psp: shopper → api → queue → worker → psp");
  });

  it("an external call without a retry costs 15", () => {
    expect(judged(checkoutSketch({ worker: { mode: "passthrough", parameters: {} } }))).toMatchObject({
      codes: ["external-call-without-retry"],
      score: 85,
    });
  });

  it("nested retries cost 10 and say how the attempts multiply", () => {
    const found = judged(
      checkoutSketch({ breaker: { mode: "retry", parameters: { ...retryParameters, timeoutMs: 100 } } }),
    );
    expect(found.codes).toContain("nested-retries");
    expect(found.messages).toContain("worker → breaker: up to 4 × 4 = 16 calls for one item");
  });

  it("retries with a queue in between are not nested", () => {
    const changes = { api: { mode: "retry", parameters: { ...retryParameters, maxAttempts: 1, timeoutMs: 1000 } } };
    expect(judged(checkoutSketch(changes)).codes).toEqual([]);
  });

  it("a cycle without a queue costs 10; through a queue it is fine", () => {
    const around = judged(extended([{ id: "audit" }], ["worker>audit", "audit>worker"]));
    expect(around).toMatchObject({ codes: ["cycle-without-queue"], score: 90 });
    expect(around.messages[0]).toBe("worker → audit → worker: a circle without a queue or batch");
    expect(judged(extended([], ["worker>queue:failure"])).score).toBe(100);
  });

  it("each component off every path costs 5", () => {
    const found = judged(extended([{ id: "cache" }, { id: "wiki", type: "storage" }], ["cache>wiki"]));
    expect(found).toMatchObject({ codes: ["component-off-every-path", "component-off-every-path"], score: 90 });
  });

  it("what only polls reach is on a path, and no sink of the workload", () => {
    const polled = [{ id: "status-api" }, { id: "view", type: "storage" }] as const;
    expect(judged(extended(polled, ["shopper>status-api:poll", "status-api>view"]))).toMatchObject({
      codes: [],
      score: 100,
    });
    const circle = {
      components: [{ id: "user", type: "person" }, { id: "a" }, { id: "q", mode: "queue" }, { id: "view" }],
      edges: ["user>a", "a>q", "q>a", "user>view:poll"],
    } as const;
    expect(judged(circle).codes).toEqual(["no-reachable-sink"]);
    const sink = { ...circle, edges: ["user>a", "a>q", "q>view", "view>a:poll"] };
    expect(judged(sink).codes).toEqual([]);
  });

  it("what a schedule or a provider's event reaches is on a path", () => {
    const schedule = extended(
      [{ id: "reconciler", type: "trigger", role: "reconciler" }, { id: "report" }],
      ["reconciler>report"],
    );
    const events = extended([{ id: "hook", role: "webhook" }, { id: "log" }], ["hook>log"]);
    expect(judged(schedule).score).toBe(100);
    expect(judged(events).score).toBe(100);
  });

  it("a retry that may outlast its queue's visibility costs 5: 4 × 20 s + 1.4 s > 60 s", () => {
    const found = judged(checkoutSketch({ worker: { parameters: { ...retryParameters, timeoutMs: 20_000 } } }));
    expect(found).toMatchObject({ codes: ["inner-timeout-too-long"], score: 95 });
    expect(found.messages[0]).toBe("worker may take 81.4 s (4 × 20 s + 1.4 s backoff); queue waits 60 s");
  });

  it("a retry that the client waits for must end before the client's timeout", () => {
    const found = judged(
      rewired(["shopper>api", "api>orders", "api>queue", "api>worker", "worker>breaker", "breaker>psp"]),
    );
    expect(found.messages).toContain("worker may take 17.4 s (4 × 4 s + 1.4 s backoff); the client waits 10 s");
  });

  it("bounds the backoff by maxBackoffMs: 10 × 1 s + 9 × 500 ms", () => {
    const parameters = { maxAttempts: 10, timeoutMs: 1000, backoffMs: 500, backoffFactor: 3, maxBackoffMs: 500 };
    const found = judged(checkoutSketch({ worker: { parameters }, queue: { parameters: { visibilityMs: 14_499 } } }));
    expect(found.messages[0]).toContain("worker may take 14.5 s (10 × 1 s + 4.5 s backoff)");
    const enough = checkoutSketch({ worker: { parameters }, queue: { parameters: { visibilityMs: 14_500 } } });
    expect(judged(enough).score).toBe(100);
  });

  it("the score does not fall below 0, and findings of other codes cost nothing", () => {
    const message = "x";
    const many = Array.from({ length: 30 }, () => ({ code: "unbound-role", severity: "error" as const, message }));
    expect(designScore(many)).toBe(0);
    expect(designScore([{ code: "condition-not-simulated", severity: "warning", message }])).toBe(100);
  });
});
