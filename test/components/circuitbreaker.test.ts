import { describe, expect, it } from "vitest";
import { Outcome, Reply } from "../../src/sim/outcome.js";
import { type Answer, modelOf, type Network, person, script, service, step, storage, tool } from "./network.js";

type Parameters = Readonly<Record<string, number>>;

/** A call each 100 ms through a breaker to a scripted shelf; small windows, and open for good unless asked otherwise. */
function guarded(parameters: Parameters, calls: number, rest: Partial<Network> = {}): Network {
  const behavior = { mode: "circuitbreaker", window: 4, minCalls: 4, openMs: 1_000_000, ...parameters };
  return {
    components: [person("crowd"), step("breaker", { behavior }), storage("shelf")],
    connections: ["crowd→breaker", "breaker→shelf"],
    workload: { ratePerS: 10, durationMs: 100 * calls + 50 },
    ...rest,
  };
}

/** F: error, o: ok, other letters as given. */
function pattern(letters: string, answers: Readonly<Record<string, Answer>> = {}): (visit: number) => Answer {
  const all: Readonly<Record<string, Answer>> = { F: Outcome.error, o: Outcome.ok, ...answers };
  return (visit) => all[letters[visit] ?? "o"]!;
}

/** How many calls reach the shelf before the breaker opens; null when it stays closed. */
function callsUntilOpen(parameters: Parameters, letters: string, answers: Readonly<Record<string, Answer>> = {}) {
  const run = script(guarded(parameters, letters.length), { answers: { shelf: pattern(letters, answers) } });
  return run.breakerOpens("breaker") === 0 ? null : run.visits("shelf").length;
}

describe("circuitbreaker: when it opens", () => {
  it("opens at the threshold, not only above it", () => {
    expect(callsUntilOpen({ failureThreshold: 0.5 }, "FoFo")).toBe(4);
    expect(callsUntilOpen({ failureThreshold: 0.51 }, "FoFo")).toBeNull();
    expect(callsUntilOpen({ failureThreshold: 1 }, "FFFF")).toBe(4);
    expect(callsUntilOpen({ failureThreshold: 1 }, "FFFo")).toBeNull();
  });

  it("opens no sooner than minCalls are recorded, and then at once", () => {
    expect(callsUntilOpen({ window: 10, minCalls: 6 }, "FFFFF")).toBeNull();
    expect(callsUntilOpen({ window: 10, minCalls: 6 }, "FFFFFF")).toBe(6);
    expect(callsUntilOpen({ window: 10, minCalls: 1 }, "F")).toBe(1);
  });

  it("needs no more calls than its window holds", () => {
    expect(callsUntilOpen({ window: 3, minCalls: 100 }, "FFF")).toBe(3);
  });

  it("forgets what has left its window", () => {
    // 2 of 4, 2 of 4, 2 of 4, and then 3 of the last 4: over all seven calls it would be 5/7 < 0.75.
    expect(callsUntilOpen({ failureThreshold: 0.75 }, "FFooFFF")).toBe(7);
    // Three failures, but never two in the same window of four.
    expect(callsUntilOpen({ failureThreshold: 0.5 }, "FoooFoooF")).toBeNull();
    // The ring goes round more than once.
    expect(callsUntilOpen({ failureThreshold: 0.75 }, "FooFooFooFooFFF")).toBe(15);
  });

  it.each(["full", "unavailable", "error"] as const)("counts %s as a failure", (name) => {
    expect(callsUntilOpen({}, "xxxx", { x: Outcome[name] })).toBe(4);
  });

  it.each(["rejected", "open", "conflict", "declined"] as const)("counts %s neither way", (name) => {
    const answers = { x: Outcome[name] };
    expect(callsUntilOpen({}, "xxxxxxxx", answers)).toBeNull();
    // With them between, it still takes four that count, and the share is of these alone.
    expect(callsUntilOpen({}, "FxxFxoxF", answers)).toBe(8);
    expect(callsUntilOpen({ failureThreshold: 0.75 }, "FxxFxoxF", answers)).toBe(8);
    expect(callsUntilOpen({ failureThreshold: 0.76 }, "FxxFxoxF", answers)).toBeNull();
  });

  it("counts a stored error that is replayed neither way: it does not flap", () => {
    const replayed = { outcome: Outcome.error, afterMs: 30, reply: Reply.replayed };
    expect(callsUntilOpen({}, "rrrrrrrr", { r: replayed })).toBeNull();
    expect(callsUntilOpen({}, "FFrrrFrF", { r: replayed })).toBe(8);
  });

  it.each([
    [199, null],
    [200, 4],
    [201, 4],
  ])("with slowCallMs 200 takes answers after %s ms for failures from the limit on", (serviceMs, opensAfter) => {
    const network = guarded({ slowCallMs: 200 }, 12);
    const components = network.components.map((component) =>
      component.id === "shelf" ? storage("shelf", { service: service(serviceMs, 10) }) : component,
    );
    const run = script({ ...network, components });
    expect(run.breakerOpens("breaker")).toBe(opensAfter === null ? 0 : 1);
    // The fourth call's answer comes at 600 or 601 ms: the call of 600 is the first that is refused, or the one of 700.
    if (opensAfter !== null) expect(run.noted("breaker", "open")[0]).toBe(serviceMs === 200 ? 600 : 700);
  });

  it("takes a slow failure for one failure", () => {
    const slowError = { outcome: Outcome.error, afterMs: 50 };
    expect(callsUntilOpen({ slowCallMs: 10, failureThreshold: 0.75 }, "xxoo", { x: slowError })).toBeNull();
  });

  it("has the defaults of the design", () => {
    const components = [person("crowd"), step("breaker", { behavior: { mode: "circuitbreaker" } }), storage("shelf")];
    expect(modelOf({ ...guarded({}, 1), components }).components[1]!.parameters).toEqual({
      window: 20,
      minCalls: 10,
      failureThreshold: 0.5,
      slowCallMs: Number.POSITIVE_INFINITY,
      openMs: 5_000,
      halfOpenCalls: 3,
      halfOpenLeaseMs: 15_000,
    });
  });

  it("refuses with open while it is open, and its failure edge is the fallback", () => {
    const run = script(guarded({}, 8), { answers: { shelf: pattern("FFFF") } });
    expect([run.told("error"), run.told("open")]).toEqual([4, 4]);
    expect(run.station("breaker").failures[Outcome.open]).toBe(4);
    const network = guarded({}, 8);
    const spare = script(
      {
        ...network,
        components: [...network.components, storage("spare")],
        connections: [...network.connections, { from: "breaker", to: "spare", on: "failure" }],
      },
      { answers: { shelf: pattern("FFFF") } },
    );
    expect([spare.told("ok"), spare.visits("spare").length]).toEqual([8, 8]);
  });
});

describe("circuitbreaker: callers that give up", () => {
  /** Calls each 100 ms under a retry of one attempt, to a shelf that takes `serviceMs`. */
  function impatient(serviceMs: number, parameters: Parameters, calls: number): Network {
    const network = guarded(parameters, calls);
    return {
      ...network,
      components: [
        person("crowd"),
        step("worker", { behavior: { mode: "retry", maxAttempts: 1, timeoutMs: 250 } }),
        network.components[1]!,
        storage("shelf", { service: service(serviceMs, 100) }),
      ],
      connections: ["crowd→worker", "worker→breaker", "breaker→shelf"],
    };
  }

  it("records a timeout when the frame above expires, and ignores the late answer", () => {
    const run = script(impatient(10_000, {}, 12));
    // Calls at 100 to 400 expire at 350 to 650; the calls at 500 and 600 were admitted before the fourth expiry.
    expect(run.visits("shelf").map(({ atMs }) => Math.round(atMs))).toEqual([100, 200, 300, 400, 500, 600]);
    expect(run.breakerOpens("breaker")).toBe(1);
    expect(run.station("shelf").completed).toBe(6);
  });

  it("does not let late oks close it again", () => {
    // Every answer comes 10 ms too late: an ok for each timeout would keep the share at one half of twice as many.
    const run = script(impatient(260, { failureThreshold: 0.8 }, 12));
    expect(run.breakerOpens("breaker")).toBe(1);
  });

  it("records a lost call as a timeout at the moment when the frame above expires", () => {
    const run = script(impatient(0, { window: 1, minCalls: 1 }, 6), {
      answers: { shelf: (visit) => (visit === 0 ? "lost" : Outcome.ok) },
    });
    // Lost at 100, known at 350: calls at 200 and 300 still pass, and their oks leave the window of one as it was.
    expect(run.noted("breaker", "open")).toEqual([400, 500, 600]);
  });

  it("waits for the true outcome when only the client has gone", () => {
    const network = guarded({ window: 2, minCalls: 2 }, 12);
    const components = network.components.map((component) =>
      component.id === "shelf" ? storage("shelf", { service: service(260, 100) }) : component,
    );
    const workload = { ...network.workload, client: { timeoutMs: 50 } };
    expect(script({ ...network, components, workload }).breakerOpens("breaker")).toBe(0);
  });

  it("records a timeout at once when a lost call has nobody above who waits by the clock", () => {
    const run = script(guarded({ window: 2, minCalls: 2 }, 5), { answers: { shelf: () => "lost" } });
    expect([run.breakerOpens("breaker"), run.visits("shelf").length]).toEqual([1, 2]);
  });
});

describe("circuitbreaker: effects", () => {
  it("does not flap on stored errors of a provider, and their intents stay unresolved", () => {
    const network: Network = {
      components: [
        person("shopper"),
        step("worker", {
          behavior: { mode: "retry", maxAttempts: 10, backoffMs: 50, backoffFactor: 1, jitter: "none" },
        }),
        step("breaker", { behavior: { mode: "circuitbreaker", window: 10, minCalls: 5, failureThreshold: 0.5 } }),
        tool("psp", { role: "payment-provider" }),
      ],
      connections: ["shopper→worker", "worker→breaker", "breaker→psp"],
      workload: { ratePerS: 10, durationMs: 450 },
      roles: { "payment-provider": { ratePerS: 1_000, timeMs: 20, errorRate: 1 } },
      goal: { role: "payment-provider", operation: "charge" },
    };
    const run = script(network);
    // Four orders: four first errors count, and 36 replays of them do not.
    expect([run.breakerOpens("breaker"), run.station("psp").failures[Outcome.error]]).toEqual([0, 40]);
    expect(run.noted("psp", "the stored error again").length).toBe(36);
    expect(run.run.recorder.counts.delivered).toBe(0);
  });
});
