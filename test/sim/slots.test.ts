import { describe, expect, it } from "vitest";
import { measure, type Network, person, script, service, step, storage, tool } from "../components/network.js";

/** 100 calls a second at a component with 10 slots of 10 ms, which calls something that takes 490 ms. */
function slowCallee(caller: "step" | "storage"): Network {
  const front = { service: service(10, 10) };
  return {
    components: [
      person("crowd"),
      caller === "step" ? step("front", front) : storage("front", front),
      storage("slow", { service: service(490, 1_000) }),
    ],
    connections: ["crowd→front", "front→slow"],
    workload: { ratePerS: 100, durationMs: 20_000 },
  };
}

describe("slots of a component that calls a slow one", () => {
  it("an active component keeps them: throughput is slots ÷ hold", () => {
    const run = measure(slowCallee("step"));
    // 10 slots ÷ (10 + 490 ms) = 20 a second of the 100 that come.
    for (const delivered of run.timeline.delivered.slice(1, 20)) expect(delivered).toBe(20);
    expect(run.of("front").meanHoldMs).toBe(500);
  });

  it("a passive component frees them after its service: all 100 pass", () => {
    const run = measure(slowCallee("storage"));
    for (const delivered of run.timeline.delivered.slice(1, 19)) expect(delivered).toBe(100);
    expect(run.of("front").meanHoldMs).toBe(10);
    expect(run.of("front").waitMs.mean).toBe(0);
  });

  it.each(["decision", "trigger"] as const)("a %s is active too", (type) => {
    const network = slowCallee("step");
    const components = network.components.map((component) =>
      component.id === "front" ? { ...component, type } : component,
    );
    expect(measure({ ...network, components }).timeline.delivered[5]).toBe(20);
  });

  it.each(["tool", "channel"] as const)("a %s is passive too", (type) => {
    const network = slowCallee("step");
    const components = network.components.map((component) =>
      component.id === "front" ? { ...component, type } : component,
    );
    expect(measure({ ...network, components }).timeline.delivered[5]).toBe(100);
  });

  it("an active component keeps its slot during a retry's backoff", () => {
    const run = script(
      {
        components: [
          person("crowd"),
          step("worker", {
            service: service(0, 1),
            behavior: { mode: "retry", maxAttempts: 2, backoffMs: 700, jitter: "none", timeoutMs: 5_000 },
          }),
          storage("shelf"),
        ],
        connections: ["crowd→worker", "worker→shelf"],
        workload: { ratePerS: 10, durationMs: 250 },
      },
      { answers: { shelf: (visit) => (visit === 0 ? 5 : 0) } },
    );
    // The first call fails at 100 ms and is tried again at 800; the second one waits for the only slot till then.
    expect(run.visits("shelf").map(({ atMs, serial }) => [atMs, serial])).toEqual([
      [100, 0],
      [800, 0],
      [800, 1],
    ]);
  });
});

/**
 * A checkout with a provider that loses every reply from 5.01 s on; each order waits in a step with ten slots.
 * 99 orders have been answered by then, and the one of 5 s is in service: it takes effect and its reply is lost.
 */
function lostReplies(behavior: { readonly mode: string }, client: { readonly timeoutMs?: number }): Network {
  return {
    components: [
      person("shopper"),
      step("api", { service: service(0, 10, 0) }),
      step("worker", { service: service(0, 1_000, 0), behavior }),
      tool("psp", { role: "payment-provider" }),
    ],
    connections: ["shopper→api", "api→worker", "worker→psp"],
    workload: { ratePerS: 20, durationMs: 30_000, client },
    roles: { "payment-provider": { ratePerS: 1000, timeMs: 50 } },
    goal: { role: "payment-provider", operation: "charge" },
    scenario: { id: "dead", kind: "outage", target: "payment-provider", mode: "blackhole", startMs: 5_010 },
  };
}

describe("slots whose answer never comes", () => {
  it("are freed when the innermost frame's timeout expires", () => {
    const behavior = { mode: "retry", maxAttempts: 1, timeoutMs: 2_000 };
    const run = measure(lostReplies(behavior, { timeoutMs: 60_000 }));
    // Ten slots held for 2 s each let 5 calls a second in; the other 15 find no slot and no room.
    const { arrivals, failures } = run.of("api");
    const after = failures.full / (arrivals - 99);
    expect(Math.abs(after - 0.75)).toBeLessThan(0.03);
    expect(run.of("worker").failures.timeout).toBe(run.of("worker").arrivals - 99);
    expect(run.of("api").inside).toBe(0);
  });

  it("are freed when only the client has a timeout, and it passes", () => {
    const run = measure(lostReplies({ mode: "passthrough" }, { timeoutMs: 2_000 }));
    const { arrivals, failures } = run.of("api");
    expect(Math.abs(failures.full / (arrivals - 99) - 0.75)).toBeLessThan(0.03);
    expect([run.of("api").inside, run.of("worker").inside]).toEqual([0, 0]);
    expect(run.of("worker").lost).toBe(run.of("worker").arrivals - 99);
  });

  it("are freed at once when no frame above has a timeout: the wait would never end", () => {
    const run = measure(lostReplies({ mode: "passthrough" }, {}));
    expect(run.of("api").failures.full).toBe(0);
    expect([run.of("api").lost, run.of("psp").lost]).toEqual([500, 499]);
    expect([run.of("psp").completed, run.metrics.delivered]).toEqual([100, 99]);
    expect(run.of("api").inside).toBe(0);
  });

  it("take their share of the outer frame's time, not of the inner one's, where the outer one is shorter", () => {
    const network = lostReplies({ mode: "retry", maxAttempts: 1, timeoutMs: 60_000 } as never, { timeoutMs: 120_000 });
    const components = network.components.map((component) =>
      component.id === "api"
        ? { ...component, behavior: { mode: "retry", maxAttempts: 1, timeoutMs: 2_000 } }
        : component,
    );
    const run = measure({ ...network, components });
    expect(run.of("api").failures.timeout).toBe(run.of("api").arrivals - run.of("api").failures.full - 99);
    // The worker's slots were only waiting below the frame that gave up.
    expect(run.of("worker").meanHoldMs! * run.of("worker").arrivals).toBeCloseTo(
      99 * 50 + 2_000 * (run.of("worker").arrivals - 99),
      3,
    );
    expect(run.of("worker").inside).toBe(0);
  });
});
